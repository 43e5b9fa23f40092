"""Material's style sheet, less the parts for which our frame has no element.

Material dresses a whole application: its own header, search, drawer, tabs, annotations, icons.
Our frame uses its typography (`md-typeset` and plain elements), a sixth of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

# A selector with one of these finds nothing on our pages, or dresses what book.css dresses itself
# (lists, admonitions, what has the focus: Material hides the outline until a script says else).
ELSEWHERE = re.compile(
    r"\.md-(?!typeset\b)|\[data-md-(?!color-scheme)|\[dir=|\[data-preview|\[role=|#__|=__|:target"
    r"|\.(tabbed|katex|highlight|gist|giscus|task-list|emojione|critic|arithmatex|footnote"
    r"|headerlink|linenos|linenodiv|filename|grid|keys|mermaid|twemoji|gemoji|no-js|js|annotate"
    r"|lightbox|glightbox|abstract|success|question|failure|danger|bug|quote|note|info|tip|warning"
    r"|example|inline|focus-visible|middle|lg|xl|xxl|xxxl)|mjx|video|iframe|code-mirror"
    r"|admonition|details|summary|-mode|only-"
)
PROPERTY = re.compile(r"(--md-[\w-]+):")
USED = re.compile(r"var\((--md-[\w-]+)")
KEEP_WHOLE = ("@font-face", "@keyframes", "@-webkit-keyframes")


def style() -> str:
    """The part of the style sheet that our pages need."""
    import material

    folder = Path(material.__file__).parent / "templates/assets/stylesheets"
    (sheet,) = folder.glob("main.*.min.css")
    css = "".join(kept(re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.S)))
    while (lean := without_idle(css)) != css:
        css = lean
    return "/* From Material for MkDocs, MIT licence: see licences.txt */\n" + css


def kept(css: str) -> Iterator[str]:
    """The rules that can apply, in order."""
    for head, body in blocks(css):
        if head.startswith(KEEP_WHOLE):
            continue  # for animations of elements that we do not have
        if head.startswith("@"):
            inside = "".join(kept(body))
            if inside:
                yield f"{head}{{{inside}}}"
            continue
        selectors = [one for one in split(head, ",") if not ELSEWHERE.search(one)]
        if selectors:
            yield f"{','.join(selectors)}{{{body}}}\n"


def blocks(css: str) -> Iterator[tuple[str, str]]:
    """Each top-level block: what stands before its brace, and what is in it."""
    start = opened = depth = 0
    for at, mark in marks(css, "{};"):
        if mark == "{":
            depth += 1
            if depth == 1:
                opened = at
        elif mark == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened].strip(), css[opened + 1 : at]
                start = at + 1
        elif depth == 0:
            start = at + 1  # @charset and the like


def marks(css: str, wanted: str) -> Iterator[tuple[int, str]]:
    """Where these characters stand outside strings, brackets and escapes."""
    quote, round_, at = "", 0, 0
    while at < len(css):
        mark = css[at]
        if mark == "\\":
            at += 1
        elif quote:
            quote = "" if mark == quote else quote
        elif mark in "\"'":
            quote = mark
        elif mark in "([":
            round_ += 1
        elif mark in ")]":
            round_ -= 1
        elif round_ == 0 and mark in wanted:
            yield at, mark
        at += 1


def split(text: str, at: str) -> list[str]:
    """Parts of a list, as CSS separates them."""
    parts, start = [], 0
    for place, _ in marks(text, at):
        parts.append(text[start:place])
        start = place + 1
    return [*parts, text[start:]]


def without_idle(css: str) -> str:
    """The rules without custom properties that no rule asks for."""
    used = set(USED.findall(css))
    done = []
    for head, body in blocks(css):
        if head.startswith("@"):
            done.append(f"{head}{{{without_idle(body)}}}")
            continue
        lines = [
            line
            for line in split(body, ";")
            if not (found := PROPERTY.match(line)) or found[1] in used
        ]
        if any(line.strip() for line in lines):
            done.append(f"{head}{{{';'.join(lines)}}}\n")
    return "".join(done)
