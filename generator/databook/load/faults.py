"""The faults that reading can find: one table of codes, each with the reason that it matters."""

from __future__ import annotations

from collections.abc import Mapping

from databook.problems import Level, Place, Problem

_SPREADSHEET = "Programs differ in how they read such a file, so readers could see another figure."
_ONE_MEANING = "Every figure and word in a book must have one meaning, whichever program reads it."
_OUTSIDE = "A book is built from its own files alone, so that anyone can check where it comes from."

# Why each code matters. `what` and `fix` are written where the fault is found.
WHY: Mapping[str, str] = {
    # files and folders
    "folder-missing": "The book cannot be read without it.",
    "folder-symlink": _OUTSIDE,
    "folder-not-a-file": "Only ordinary files can be read as part of a book.",
    "folder-unexpected": "A file under another name is never read, which is easily overlooked.",
    "folder-slug": "The folder's name becomes part of a web address that people keep.",
    "folder-collision": "On some computers the two would be one folder.",
    "folder-unreadable": "The computer would not hand over the file.",
    "folder-no-indicator": "Without indicator.yaml nobody knows what the figures are.",
    # text of any kind
    "text-too-big": "Files of this kind are small; a large one is usually a mistake.",
    "text-not-utf-8": "Letters such as é or £ would turn into others.",
    "text-byte-order-mark": "The mark is invisible, and some programs read it as part of a name.",
    "text-merge-conflict": "Two versions of these lines stand here, and only one can be meant.",
    "text-control-character": "What is hidden can make a text say something else than it shows.",
    # YAML and JSON
    "yaml-syntax": "The file cannot be read until this is mended.",
    "yaml-tab": "YAML counts spaces to see what belongs to what, and a tab has no fixed width.",
    "yaml-space": "YAML sees a letter there, and takes the name and its value for one word.",
    "yaml-stray-quote": "Readers would see the quote, which was meant to be closed or left out.",
    "yaml-curly-quotes": "Only straight quotes have a meaning in YAML; others are letters.",
    "yaml-cut-off": "A # after a space begins a comment, which readers never see.",
    "yaml-duplicate-key": "Only one of the two values can be meant.",
    "yaml-alias": "A value said once and used twice is easily changed in one place by mistake.",
    "yaml-tag": "A type written into the file could run a program, so none is accepted.",
    "yaml-directive": "The book's files need no special instructions to be read.",
    "yaml-several-documents": "Only the first part would be read.",
    "yaml-too-deep": "No file of a book needs so many levels.",
    "yaml-key": "A key is a name, and a name is one piece of text.",
    "yaml-empty": "An empty file says nothing.",
    "yaml-not-a-mapping": "The file has to say which value belongs to which name.",
    # mkdocs.yml
    "mkdocs-plugin": "Without it `mkdocs build` and `mkdocs serve` make a book without figures.",
    "mkdocs-folder": "MkDocs would find no pages, or others.",
    "mkdocs-nav": "A menu that leads nowhere wastes a reader's trust.",
    "mkdocs-hooks": "Whoever may change this file could run anything where the book is built.",
    # data packages
    "page-name": "Names of files become addresses of pages.",
    "page-empty": "An empty page looks like one that failed to load.",
    "text-fence": "All that follows would be shown as code.",
    "page-kind": "Only Markdown (.md), pictures, .pdf and .csv are published from content/.",
    "page-too-big": "Long pages are hard to read, and large pictures slow to load.",
    "text-table": "A table whose rows do not fit its headings is shown with gaps, or not at all.",
    "package-missing": "Figures are read by their description, so each data file needs one.",
    "package-file-missing": "The figures that are described would be missing from the book.",
    "package-two": "If the two ever differ, nobody can tell which one is meant.",
    "package-invalid": "Other programs could not read the data package.",
    "package-path": _OUTSIDE,
    "package-reference": _OUTSIDE,
    "package-compressed": "Readers and reviewers must be able to see the figures in the file.",
    "package-pattern": "Such a pattern can take hours to try on a single cell.",
    "package-encoding": "Letters such as é or £ would turn into others.",
    "package-dialect": _SPREADSHEET,
    "package-type": _ONE_MEANING,
    "package-resource": "A figure that is not in a described data file is never read.",
    "package-missing-values": "Other programs would take every empty cell for a mistake.",
    "package-key": "Other programs tell rows apart by these columns, and would refuse the table.",
    "package-no-schema": "Without it nobody can say whether a cell is right.",
    # tables
    "table-too-big": "A file of this size cannot be reviewed by eye.",
    "table-empty": "A data file without figures says nothing; leave it out instead.",
    "table-delimiter": _SPREADSHEET,
    "table-quote": _SPREADSHEET,
    "table-line-break": "Other tools count rows by lines; a cell over two lines breaks that.",
    "table-header": "A column is found by its name.",
    "table-blank-row": "It is unclear whether figures are missing there.",
    "table-row-length": "The cells no longer stand under their own headings.",
    "table-cell-too-long": "A cell holds one figure or one short note.",
    "table-spaces": "With a space in front or behind, two equal words count as different.",
    "table-formula": "Spreadsheets run such a cell as a formula when somebody opens the download.",
    "table-number": _ONE_MEANING,
    "table-type": "The data package promises another kind of value in this column.",
    "table-constraint": "The data package promises that this does not happen.",
    "table-duplicate-row": "Two rows about the same thing cannot both be right.",
    "table-unknown-reference": "The row speaks of something that is nowhere described.",
    "table-invalid": "The data package promises something else.",
    # Markdown
    "text-html": "HTML of one's own could break the page, so it would not be shown.",
    "text-link": "Only web and mail addresses are safe to follow.",
    "text-front-matter": "Other settings could change how the page is built.",
    "text-title": "The title is shown on every page of the book.",
    "heading-order": "People who listen to a page find their way by its headings, level by level.",
    "heading-empty": "A heading without words leads nobody anywhere.",
    "link-file": "A link that leads nowhere wastes a reader's trust.",
    "picture-text": "Whoever cannot see a picture is told by these words what it shows.",
    "picture-missing": "Readers would see an empty frame.",
    "text-attributes": "Attributes could change how the page looks or works.",
    "text-snippet": "A page may not take in other files.",
    "text-too-nested": "Nobody can follow so many levels, and some computers stall on them.",
}  # fmt: skip


def fault(
    code: str,
    place: Place,
    what: str,
    fix: str,
    *,
    level: Level = Level.ERROR,
    meant: str = "",
) -> Problem:
    """Make a problem of one of the codes above; the table supplies the reason."""
    return Problem(
        code=code, level=level, place=place, what=what, why=WHY[code], fix=fix, meant=meant
    )
