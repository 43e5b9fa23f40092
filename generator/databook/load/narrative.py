"""Contributors' Markdown: safe HTML of it, and what it must not hold.

Text reaches a reader by one of two ways. A story is rendered here, and only elements and
addresses on the lists below come through. A page of `content/` is rendered by MkDocs, whose
extensions do more; there everything that could act is a problem, so that none of it is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path as FilePath

import nh3
from markdown_it.token import Token

from databook.load import document, folders, markdown_links, markdown_tables
from databook.load.faults import fault
from databook.load.markdown_text import Marked, markdown
from databook.load.text import MOST, decode, position
from databook.problems import Checked, Level, Place, Problem
from databook.sources import Document, Narrative, Plain

CAP = 64_000  # bytes
# Most of a sign in one paragraph. Readers of Markdown look for the end of each one that is open,
# which takes time with the square of their number; no paragraph of a book comes near.
SIGNS = {"[": 150, "<": 150, "`": 300, "*": 600, "_": 1_000, "!": 300, "&": 600, "(": 600}
NESTING = 12  # levels of lists and quotations that begin on one line
INDENT = 40  # spaces; deeper lists are deeper than anyone can follow
STORY_LEVEL = 3  # a story stands below the page's title and the section's heading

ELEMENTS = {
    "p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a",
    "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
FRONT_MATTER = ("title", "description")

_START = re.compile(r"(?:[ >*+-]|[0-9]{1,9}[.)])*")
_HTML = re.compile(r"<(?=[A-Za-z/!?])(?!https?://|mailto:)[^\n]{0,40}")
# attr_list takes {: …}, and braces after a heading or a span with . # or a name and an equals sign
_ATTRIBUTES = re.compile(r"\{ {0,3}[:.#]|\{[^{}\n]{0,200}=[^{}\n]{0,200}\}")
_FRONT = re.compile(r"---\s*\n\w+:")
_SNIPPET = re.compile(r"-{1,}8<-{1,}")


def story(root: FilePath, name: str) -> Checked[Narrative]:
    """Read the story of an indicator as HTML whose headings begin at the third level."""
    text = _text(root, name)
    if text.value is None:
        return Checked(value=None, problems=text.problems)
    if _FRONT.match(text.value):
        what = "A story has no settings at its head; readers would see them."
        told = fault("text-front-matter", Place(path=name, line=1), what, "Delete them.")
        return Checked(value=None, problems=(told,))
    marked = Marked(text=text.value, path=name)
    problems = (
        *_common(marked),
        *markdown_links.no_pictures(marked),
        *_headings(marked, top=0),
    )
    narrative = Narrative(path=name, text=text.value, html=_shown(marked, STORY_LEVEL))
    return Checked(value=narrative, problems=problems)


def page(root: FilePath, name: str) -> Checked[Narrative]:
    """Read a page of `content/`, and report all that MkDocs must not be given."""
    text = _text(root, name)
    if text.value is None:
        return Checked(value=None, problems=text.problems)
    head, body, before = _front_matter(text.value)
    if not before and _FRONT.match(text.value):
        what = "The settings at the head of the page are not closed."
        fix = "Write a line of three dashes below them."
        told = fault("text-front-matter", Place(path=name), what, fix)
        return Checked(value=None, problems=(told,))
    marked = Marked(text=body, path=name, before=before)
    problems = (
        *_meta(head, name),
        *_common(marked),
        *_acting(marked),
        *_headings(marked, top=2 if "title:" in head else 1),
        *markdown_links.pictures(root, marked),
        *markdown_links.files(root, marked),
    )
    narrative = Narrative(path=name, text=text.value, html=_shown(marked))
    return Checked(value=narrative, problems=problems)


def _common(marked: Marked) -> Iterator[Problem]:
    """What neither a story nor a page may hold."""
    yield from _html(marked)
    yield from markdown_links.unsafe(marked)
    yield from markdown_tables.uneven(marked.without_code, marked.path, marked.before)
    yield from _unclosed(marked)


def _shown(marked: Marked, top: int = 0) -> str:
    """Safe HTML of a text; with `top`, its headings begin at that level."""
    tokens = _shifted(marked.tokens, top) if top else marked.tokens
    return clean(markdown().renderer.render(tokens, markdown().options, {}))


def clean(html: str) -> str:
    """Only elements on the list, no attribute that acts, only addresses that are safe."""
    return nh3.clean(
        html,
        tags=ELEMENTS,
        attributes={"a": {"href", "title"}, "ol": {"start"}, "th": {"align"}, "td": {"align"}},
        attribute_filter=_attribute,
        url_schemes=set(markdown_links.SCHEMES),
        link_rel="noopener",
        strip_comments=True,
    )


def _attribute(element: str, attribute: str, value: str) -> str | None:
    """An attribute as it may be shown; nh3 knows no addresses that are disguised by escapes."""
    return (
        value
        if (element, attribute) != ("a", "href") or markdown_links.safe_address(value)
        else None
    )


def _text(root: FilePath, name: str) -> Checked[str]:
    """The text of a file that is neither large nor made to keep a reader of Markdown busy."""
    data = folders.read_bytes(root, name, cap=CAP)
    if data.value is None:
        return Checked(value=None, problems=data.problems)
    text = decode(data.value, name)
    if text.value is None:
        return text
    plain = text.value.replace("\r\n", "\n")  # as Windows ends its lines
    if (offset := _tangle(plain)) >= 0:
        line, column = position(plain, offset)
        what = "There are too many brackets or levels here."
        fix = "Write in plain paragraphs and lists of one or two levels."
        place = Place(path=name, line=line, column=column)
        return Checked(value=None, problems=(fault("text-too-nested", place, what, fix),))
    return replace(text, value=plain)


def _tangle(text: str) -> int:
    """Where a paragraph holds more signs, or a line begins with more levels, than anyone needs."""
    offset, counts = 0, dict.fromkeys(SIGNS, 0)
    for line in text.splitlines(keepends=True):
        if not line.strip():
            counts = dict.fromkeys(SIGNS, 0)
        for sign, most in SIGNS.items():
            counts[sign] += line.count(sign)
            if counts[sign] > most:
                return offset
        start = _START.match(line)
        lead = start[0] if start else ""
        if len(lead) > INDENT or sum(lead.count(sign) for sign in ">-*+.)") > NESTING:
            return offset
        offset += len(line)
    return -1


def _shifted(tokens: list[Token], top: int) -> list[Token]:
    """Headings moved down so that the highest stands at the level given, and none below h6."""
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    down = top - min(levels, default=top)

    def moved(token: Token) -> Token:
        if token.type not in ("heading_open", "heading_close"):
            return token
        return token.copy(tag=f"h{min(6, max(top, int(token.tag[1]) + down))}")

    return [moved(token) for token in tokens]


def _html(marked: Marked) -> Iterator[Problem]:
    """Tags that somebody wrote by hand; those in code are text, and a bare < is one too."""
    written = "\n".join(marked.without_code)
    for match in list(_HTML.finditer(written))[:MOST]:
        what = f"There is HTML here: “{match[0].strip()[:40]}”."
        fix = "Write it in Markdown; put a sign that is meant as text in backticks."
        if match[0].startswith("<!--"):
            fix = "Delete the comment: whoever reads the repository sees what git says of a change."
        yield fault("text-html", marked.place(*position(written, match.start())), what, fix)


def _unclosed(marked: Marked) -> Iterator[Problem]:
    """A block of code without an end takes in the rest of the page; a page may be empty, too."""
    for token in marked.tokens:
        if token.type != "fence" or not token.map:
            continue
        first, end = token.map
        if end - first < 2 or not marked.lines[end - 1].strip().startswith(token.markup):
            what, fix = "The block of code that begins here is not closed.", f"{token.markup}"
            place = marked.place(first + 1)
            yield fault("text-fence", place, what, f"Write {fix} on a line of its own below it.")
    if not marked.text.strip():
        what, fix = "Nothing stands in this file.", "Write it, or delete the file."
        yield fault("page-empty", marked.place(1), what, fix, level=Level.WARNING)


def _headings(marked: Marked, *, top: int) -> Iterator[Problem]:
    """Headings go down one level at a time from the page's one title, which is of level `top`.

    A title in the front matter may be said again by a heading; a story has none (0).
    """
    last = top - 1 if top else 0
    titles = 0
    for token, after in pairwise(marked.tokens):
        if token.type != "heading_open":
            continue
        place = marked.place(token.map[0] + 1 if token.map else 1)
        level = int(token.tag[1])
        titles += level == 1
        if not after.content.strip():
            fix = "Write its words, or delete it."
            yield fault("heading-empty", place, "This heading has no words.", fix)
        elif top and level == 1 and titles > 1:
            what = "The page has its title already."
            yield fault("heading-order", place, what, "Begin this heading with ## instead of #.")
        elif (last or top) and level > last + 1:
            want = "#" * (last + 1)
            what = f"This heading is of level {level}, but the one above is of level {last}."
            if not last:
                what = f"The page begins with a heading of level {level} instead of its title."
            yield fault("heading-order", place, what, f"Begin it with {want}.")
        last = level
    for number, line in enumerate(marked.without_code, 1):
        if re.match(r" {0,3}#{1,6}[A-Za-z]", line):
            place = marked.place(number, line.index("#") + 1)
            fix = "Put a space after the last #."
            yield fault("heading-order", place, "There is no space after the # of a heading.", fix)


def _front_matter(text: str) -> tuple[str, str, int]:
    """The settings between two lines of dashes, the text below, and how many lines came before."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return "", text, 0
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() in ("---", "..."):
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 1
    return "", text, 0


def _meta(head: str, path: str) -> Iterator[Problem]:
    if not head.strip():
        return
    read = document.parse(head.encode(), path)
    for problem in read.problems:
        yield replace(problem, place=replace(problem.place, line=problem.place.line + 1))
    for key, value in _items(read.value):
        place = read.value.place((key,), key=True) if read.value else Place(path=path)
        place = replace(place, line=place.line + 1)
        if key not in FRONT_MATTER:
            what = f"“{key}” is not a setting that a page may have."
            yield fault("text-front-matter", place, what, "Use title and description only.")
        elif not isinstance(value, str) or re.search(r'[<>"]', value):
            what = f"The {key} of the page is not plain text."
            fix = 'Write a few words without the signs < > and ".'
            yield fault("text-title", place, what, fix)


def _items(document: Document | None) -> list[tuple[str, Plain]]:
    data = document.data if document is not None else None
    return list(data.items()) if isinstance(data, dict) else []


def _acting(marked: Marked) -> Iterator[Problem]:
    """What MkDocs and its extensions would act on: attributes, other files, a title's signs."""
    for number, line in enumerate(marked.without_code, 1):
        if found := _ATTRIBUTES.search(line):
            what, fix = "Braces here would set attributes of the page.", "Take them out."
            place = marked.place(number, found.start() + 1)
            yield fault("text-attributes", place, what, fix)
    for number, line in enumerate(marked.lines, 1):
        # MkDocs takes in snippets before it looks for code, so code is searched as well.
        if found := _SNIPPET.search(line):
            what, fix = "This line would take in another file.", "Write the text itself."
            place = marked.place(number, found.start() + 1)
            yield fault("text-snippet", place, what, fix)
    for token, after in pairwise(marked.tokens):
        if token.type == "heading_open" and "<" in after.content:
            what, fix = "A heading holds the sign <.", "Write “less than”."
            place = marked.place(token.map[0] + 1 if token.map else 1)
            yield fault("text-title", place, what, fix)
