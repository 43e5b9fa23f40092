"""Contributors' Markdown: safe HTML of it, and what it must not hold.

Text reaches a reader by one of two ways. A story is rendered here, and only elements and
addresses on the lists below come through. A page of `content/` is rendered by MkDocs, whose
extensions do more; there everything that could act is a problem, so that none of it is built.
"""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path as FilePath
from urllib.parse import unquote

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from databook.load import document, folders, markdown_tables
from databook.load.faults import fault
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
SCHEMES = ("https", "http", "mailto")
FRONT_MATTER = ("title", "description")

_START = re.compile(r"(?:[ >*+-]|[0-9]{1,9}[.)])*")
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_REFUSED = re.compile(r"(?<![a-z])(?:javascript|vbscript|data|file):[^\s)]", re.IGNORECASE)
_HTML = re.compile(r"<(?=[A-Za-z/!?])(?!https?://|mailto:)[^\n]{0,40}")
# attr_list takes {: …}, and braces after a heading or a span with . # or a name and an equals sign
_ATTRIBUTES = re.compile(r"\{ {0,3}[:.#]|\{[^{}\n]{0,200}=[^{}\n]{0,200}\}")
_FRONT = re.compile(r"---\s*\n\w+:")
_SNIPPET = re.compile(r"-{1,}8<-{1,}")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def story(root: FilePath, name: str) -> Checked[Narrative]:
    """Read the story of an indicator as HTML whose headings begin at the third level."""
    text = _text(root, name)
    if text.value is None:
        return Checked(value=None, problems=text.problems)
    tokens = _markdown().parse(text.value)
    order = tuple(_headings(text.value, tokens, name, top=0))
    _shift(tokens, STORY_LEVEL)
    html = clean(_markdown().renderer.render(tokens, _markdown().options, {}))
    problems = (
        *_html(text.value, tokens, name),
        *_links(text.value, tokens, name),
        *_disguised(text.value, tokens, name),
        *_pictures(text.value, tokens, name),
        *markdown_tables.uneven(_without_code(text.value, tokens), name),
        *_unclosed(text.value, tokens, name),
        *order,
    )
    return Checked(value=Narrative(path=name, text=text.value, html=html), problems=problems)


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
    tokens = _markdown().parse(body)
    problems = [
        *_meta(head, name),
        *_html(body, tokens, name, before),
        *_links(body, tokens, name, before),
        *_disguised(body, tokens, name, before),
        *_acting(body, tokens, name, before),
        *markdown_tables.uneven(_without_code(body, tokens), name, before),
        *_unclosed(body, tokens, name, before),
        *_headings(body, tokens, name, before, top=2 if "title:" in head else 1),
        *_shown_pictures(root, text.value, tokens, name, before),
        *_files(root, text.value, tokens, name, before),
    ]
    html = clean(_markdown().renderer.render(tokens, _markdown().options, {}))
    narrative = Narrative(path=name, text=text.value, html=html)
    return Checked(value=narrative, problems=tuple(problems))


def clean(html: str) -> str:
    """Only elements on the list, no attribute that acts, only addresses that are safe."""
    return nh3.clean(
        html,
        tags=ELEMENTS,
        attributes={"a": {"href", "title"}, "ol": {"start"}, "th": {"align"}, "td": {"align"}},
        attribute_filter=_shown,
        url_schemes=set(SCHEMES),
        link_rel="noopener",
        strip_comments=True,
    )


def _shown(element: str, attribute: str, value: str) -> str | None:
    """An attribute as it may be shown; nh3 knows no addresses that are disguised by escapes."""
    return value if (element, attribute) != ("a", "href") or safe_address(value) else None


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "maxNesting": 40}).enable("table")


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


def _shift(tokens: list[Token], top: int) -> None:
    """Move headings down so that the highest stands at the level given, and none below h6."""
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    if not levels:
        return
    down = top - min(levels)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, max(top, int(token.tag[1]) + down))}"


def _inline(tokens: list[Token]) -> Iterator[tuple[Token, int]]:
    """Every piece of text with the number of its line, from 1."""
    for token in tokens:
        line = token.map[0] + 1 if token.map else 1
        for child in token.children or ():
            yield child, line
            line += child.type in ("softbreak", "hardbreak")


def _html(text: str, tokens: list[Token], path: str, before: int = 0) -> Iterator[Problem]:
    """Tags that somebody wrote by hand; those in code are text, and a bare < is one too."""
    written = "\n".join(_without_code(text, tokens))
    for match in list(_HTML.finditer(written))[:MOST]:
        line, column = position(written, match.start())
        what = f"There is HTML here: “{match[0].strip()[:40]}”."
        fix = "Write it in Markdown; put a sign that is meant as text in backticks."
        if match[0].startswith("<!--"):
            fix = "Delete the comment: whoever reads the repository sees what git says of a change."
        place = Place(path=path, line=line + before, column=column)
        yield fault("text-html", place, what, fix)


def _unclosed(text: str, tokens: list[Token], path: str, before: int = 0) -> Iterator[Problem]:
    """A block of code without an end takes in the rest of the page; a page may be empty, too."""
    lines = text.split("\n")
    for token in tokens:
        if token.type != "fence" or not token.map:
            continue
        first, end = token.map
        if end - first < 2 or not lines[end - 1].strip().startswith(token.markup):
            what, fix = "The block of code that begins here is not closed.", f"{token.markup}"
            place = Place(path=path, line=first + before + 1)
            yield fault("text-fence", place, what, f"Write {fix} on a line of its own below it.")
    if not text.strip():
        what, fix = "Nothing stands in this file.", "Write it, or delete the file."
        place = Place(path=path, line=before + 1)
        yield fault("page-empty", place, what, fix, level=Level.WARNING)


def _without_code(text: str, tokens: list[Token]) -> list[str]:
    """The lines of a text, with code blanked out so that columns stay where they are."""
    lines = text.split("\n")
    for token in tokens:
        if token.type in ("fence", "code_block") and token.map:
            lines[token.map[0] : token.map[1]] = [""] * (token.map[1] - token.map[0])
    return [_CODE.sub(lambda found: " " * len(found[0]), line) for line in lines]


def _spot(text: str, line: int, sign: str) -> int:
    """The column of a sign on a line of a text, or the first."""
    lines = text.split("\n")
    return max(lines[line - 1].find(sign), 0) + 1 if 0 < line <= len(lines) else 1


def _links(text: str, tokens: list[Token], path: str, before: int = 0) -> Iterator[Problem]:
    """Links and pictures whose address would do more than show something of this book."""
    for token, line in _inline(tokens):
        sign = "![" if token.type == "image" else str(token.attrs.get("href"))
        place = Place(path=path, line=line + before, column=_spot(text, line, sign))
        if token.type == "image":
            address = str(token.attrs.get("src"))
            if _SCHEME.match(address) or address.startswith("//"):
                what, fix = "A picture is fetched from elsewhere.", "Put it beside this page."
                yield fault("text-link", place, what, fix)
        elif token.type == "link_open" and not safe_address(str(token.attrs.get("href"))):
            yield _unsafe(place, str(token.attrs.get("href")))


def _pictures(text: str, tokens: list[Token], path: str) -> Iterator[Problem]:
    """A story's pictures are the charts; another would not be shown."""
    for token, line in _inline(tokens):
        if token.type == "image":
            what, fix = "There is a picture here, which would not be shown.", "Say it in words."
            place = Place(path=path, line=line, column=_spot(text, line, "!["))
            yield fault("text-link", place, what, fix)


def _shown_pictures(
    root: FilePath, text: str, tokens: list[Token], path: str, before: int
) -> Iterator[Problem]:
    """Pictures of a page: there, and said in words for those who cannot see them."""
    lines = text.split("\n")
    for token, line in _inline(tokens):
        address = str(token.attrs.get("src", "")) if token.type == "image" else ""
        if not address or _SCHEME.match(address) or address.startswith("//"):
            continue
        column = max(lines[line + before - 1].find("!["), 0) + 1
        place = Place(path=path, line=line + before, column=column)
        words = token.content.strip()
        if not words or words.casefold() == posixpath.basename(unquote(address)).casefold():
            what = "The picture has no words for those who cannot see it."
            what = (
                f"“{words}” says nothing of the picture to those who cannot see it."
                if words
                else what
            )
            fix = "Say between the square brackets what it shows: ![what it shows](file.png)."
            yield fault("picture-text", place, what, fix)
        file = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(address)))
        if not file.startswith(f"{path.split('/')[0]}/") or not folders.exists(root, file):
            said = unquote(address)
            what = f"The picture “{said[:80]}” is not there."
            near = _near(root, posixpath.dirname(file), posixpath.basename(file))
            fix = f"{near}Put it beside this page."
            if "\\" in said:
                fix = "Write / between folders, not \\."
            yield fault("picture-missing", place, what, fix)


def _files(
    root: FilePath, text: str, tokens: list[Token], path: str, before: int
) -> Iterator[Problem]:
    """Files that a page offers; pages are for `validate`, figures are put there by the site."""
    lines = text.split("\n")
    for token, line in _inline(tokens):
        address = str(token.attrs.get("href", "")) if token.type == "link_open" else ""
        bare = re.split(r"[#?]", address)[0]
        if not re.search(r"\.[a-z0-9]{2,4}$", bare) or not safe_address(address):
            continue
        if _SCHEME.match(bare) or bare.endswith((".md", ".csv", ".json", ".zip", ".xml")):
            continue
        file = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(bare)))
        if file.startswith(f"{path.split('/')[0]}/") and folders.exists(root, file):
            continue
        column = max(lines[line + before - 1].find(address), 0) + 1
        stem = posixpath.basename(file).removesuffix(".html") + ".md"
        name = stem if bare.endswith(".html") else posixpath.basename(file)
        near = "" if file.startswith("..") else _near(root, posixpath.dirname(file), name)
        what = f"The link to “{address[:80]}” leads to no file of this folder."
        fix = f"{near}Link to a page by its file, such as about.md."
        if address.startswith("www."):
            fix = f"Write https://{address[:80]}."
        elif re.fullmatch(r"[^@/]+@[^@/]+", address):
            fix = f"Write mailto:{address[:80]}."
        yield fault("link-file", Place(path=path, line=line + before, column=column), what, fix)


def _near(root: FilePath, folder: str, name: str) -> str:
    entries = folders.listing(root, folder).value or ()
    near = difflib.get_close_matches(name, [entry.name for entry in entries], n=1)
    return f"Did you mean {near[0]}? " if near else ""


def _headings(
    text: str, tokens: list[Token], path: str, before: int = 0, *, top: int
) -> Iterator[Problem]:
    """Headings go down one level at a time from the page's one title, which is of level `top`.

    A title in the front matter may be said again by a heading; a story has none (0).
    """
    last = top - 1 if top else 0
    titles = 0
    for token, after in pairwise(tokens):
        if token.type != "heading_open":
            continue
        place = Place(path=path, line=(token.map[0] if token.map else 0) + before + 1)
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
    for number, line in enumerate(_without_code(text, tokens), 1 + before):
        if re.match(r" {0,3}#{1,6}[A-Za-z]", line):
            place = Place(path=path, line=number, column=line.index("#") + 1)
            fix = "Put a space after the last #."
            yield fault("heading-order", place, "There is no space after the # of a heading.", fix)


def _disguised(text: str, tokens: list[Token], path: str, before: int = 0) -> Iterator[Problem]:
    """Addresses that run something, however spelt; readers of Markdown differ, so the raw text."""
    for number, line in enumerate(_without_code(text, tokens), 1 + before):
        if found := _REFUSED.search(unescape(line).replace("\t", "")):
            column = min(found.start(), max(len(line) - 1, 0)) + 1
            yield _unsafe(Place(path=path, line=number, column=column), found[0])


def safe_address(address: str) -> bool:
    """Whether an address is relative or of a scheme that only shows something."""
    bare = "".join(unquote(address).split()).lower()
    scheme = _SCHEME.match(bare)
    if bare.startswith(("//", "\\")):
        return False
    return scheme is None or scheme[0].rstrip(":") in SCHEMES


def _unsafe(place: Place, address: str) -> Problem:
    what = f"The link “{address[:60]}” leads to an address that is not accepted."
    fix = "Link to https://, http:// or mailto: addresses, or to a page of the book."
    return fault("text-link", place, what, fix)


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


def _acting(text: str, tokens: list[Token], path: str, before: int) -> Iterator[Problem]:
    """What MkDocs and its extensions would act on: attributes, other files, a title's signs."""
    for number, line in enumerate(_without_code(text, tokens), 1 + before):
        if found := _ATTRIBUTES.search(line):
            what, fix = "Braces here would set attributes of the page.", "Take them out."
            place = Place(path=path, line=number, column=found.start() + 1)
            yield fault("text-attributes", place, what, fix)
    for number, line in enumerate(text.split("\n"), 1 + before):
        # MkDocs takes in snippets before it looks for code, so code is searched as well.
        if found := _SNIPPET.search(line):
            what, fix = "This line would take in another file.", "Write the text itself."
            place = Place(path=path, line=number, column=found.start() + 1)
            yield fault("text-snippet", place, what, fix)
    for token, after in pairwise(tokens):
        if token.type == "heading_open" and "<" in after.content:
            what, fix = "A heading holds the sign <.", "Write “less than”."
            at = token.map[0] + before + 1 if token.map else 1
            yield fault("text-title", Place(path=path, line=at), what, fix)
