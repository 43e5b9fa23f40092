"""Links of narrative pages and stories: each leads to a page of the book that is there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from databook.problems import Place, Problem, in_order
from databook.sources import Narrative
from databook.validate.faults import Fault, Rule, did_you_mean, error, run, warning
from databook.validate.site_pages import MADE, OWN, Addresses, address, is_made

# An inline link or picture in Markdown: "!" for a picture, its text, and its target.
_LINK = re.compile(r"(!?)\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]\(\s*<?([^)<>\s]*)")
_DEFINED = re.compile(r"^ {0,3}\[([^\[\]]+)\]:\s*<?([^\s<>]+)", re.MULTILINE)
_REFERENCE = re.compile(r"(?<![\]\\])\[([^\[\]]+)\]\[([^\[\]]*)\]")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.*?)\s*#*\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One narrative among the others, and the pages that the book makes itself."""

    narrative: Narrative
    others: Mapping[str, Narrative]
    addresses: Addresses = field(default_factory=dict)

    def targets(self) -> Iterator[tuple[int, str]]:
        """Offset and target of every link that leads somewhere in the book."""
        shown = _shown(self.narrative.text)
        found = [(m.start(3), m[3]) for m in _LINK.finditer(shown) if not m[1]]
        found += [(m.start(2), m[2]) for m in _DEFINED.finditer(shown)]
        for offset, target in sorted(found):
            if not _ELSEWHERE.match(target):
                yield offset, target


def content(
    narratives: Sequence[Narrative], addresses: Addresses | None = None
) -> tuple[Problem, ...]:
    """Links of the narrative pages that lead nowhere."""
    others = {n.path: n for n in narratives}
    problems: list[Problem] = []
    for narrative in narratives:
        text = Text(narrative=narrative, others=others, addresses=addresses or {})
        problems += run(RULES, text, placed(narrative))
    return in_order(problems)


def placed(narrative: Narrative) -> Callable[[Fault], Place]:
    """How the faults of one narrative say where they stand: `line` is an offset, less one."""

    def place(fault: Fault) -> Place:
        before = narrative.text[: max(fault.line - 1, 0)]
        return Place(
            path=narrative.path,
            line=before.count("\n") + 1,
            column=len(before) - (before.rfind("\n") + 1) + 1,
        )

    return place


def link_leads_somewhere(text: Text) -> Iterator[Fault]:
    """A link that leads nowhere wastes a reader's trust."""
    for offset, target in text.targets():
        bare = target.split("#")[0].split("?")[0]
        if found := _broken(text, target, bare):
            what, fix = found
            whole = posixpath.normpath(posixpath.join(address(text.narrative.path), bare))
            yield Fault(what=what, fix=fix, line=offset + 1, about=f"scorecards/{whole}")


def _broken(text: Text, target: str, bare: str) -> tuple[str, str] | None:
    """What is wrong with one target, and what to do; None where it leads to a page."""
    path = text.narrative.path
    nowhere = f"The link to “{target[:80]}” leads to no page."
    if not target:
        return "This link has no target.", "Write the address between the brackets."
    if bare.startswith("/"):
        what = f"The link to “{target[:80]}” begins with a slash, and would leave the book."
        return what, "Write the path from this file to the other, such as ../areas/."
    if not bare:
        return None
    folder = posixpath.dirname(path)
    if bare.endswith(".md"):
        there = posixpath.normpath(posixpath.join(folder, bare))
        if there in text.others:
            return None
        near = [posixpath.relpath(p, folder or ".") for p in text.others]
        fix = f"{did_you_mean(bare, near)}Write the path from this file to the other."
        return nowhere, fix
    return _no_address(text, bare, nowhere)


def _no_address(text: Text, bare: str, nowhere: str) -> tuple[str, str] | None:
    """A target that is no file is an address, counted from the address of this page."""
    whole = posixpath.normpath(posixpath.join(address(text.narrative.path), bare))
    if whole.startswith(".."):
        return nowhere, "It climbs out of the book; write fewer “../”."
    pages = {address(path) for path in text.others}
    if f"{whole}/" in pages or whole == ".":
        return None
    first, _, rest = whole.partition("/")
    known = text.addresses.get(first)
    if known is None:
        stem = posixpath.basename(bare.rstrip("/")).removesuffix(".html")
        near = [p for p in text.others if posixpath.basename(p) == f"{stem}.md"]
        # From a page, "indicators/x/" leads below that page; the site has no such folders there.
        below = f"{first}/" in pages and rest.partition("/")[0] in text.addresses
        if (
            not near
            and not below
            and (not pages or f"{first}/" in OWN or "." in posixpath.basename(bare))
        ):
            return None  # a page or file of the site itself
        own = posixpath.dirname(text.narrative.path)
        hint = f"Link to the file: {posixpath.relpath(near[0], own)}. " if near else ""
        rooted = bare.strip("/").partition("/")
        if below and rooted[2] in text.addresses.get(rooted[0], ()):
            up = "../" * (address(text.narrative.path).count("/"))
            return nowhere, f"Write {up}{bare}: this page lies in a folder of its own."
        return nowhere, f"{hint}Pages of this folder are linked to by file, such as about.md."
    if not rest or is_made(rest, known):
        return None
    return nowhere, f"{did_you_mean(rest, known)}See {first}/ for what there is."


def reference_defined(text: Text) -> Iterator[Fault]:
    """Without the line that says where it leads, readers see the brackets instead of a link."""
    shown = _shown(text.narrative.text)
    defined = {_label(m[1]) for m in _DEFINED.finditer(shown)}
    for found in _REFERENCE.finditer(shown):
        label = found[2] or found[1]
        if _label(label) not in defined:
            yield Fault(
                what=f"Nothing says where the link “{label[:60]}” leads.",
                fix=f"{did_you_mean(label, defined)}Add a line “[{label[:60]}]: address” below.",
                line=found.start() + 1,
            )


def anchor_there(text: Text) -> Iterator[Fault]:
    """A link to a heading that is not there opens the right page at the wrong place."""
    folder = posixpath.dirname(text.narrative.path)
    for offset, target in text.targets():
        bare, _, anchor = target.partition("#")
        path = posixpath.normpath(posixpath.join(folder, bare)) if bare else text.narrative.path
        page = text.others.get(path)
        if not anchor or page is None:
            continue
        known = anchors(page.text)
        if anchor not in known:
            yield Fault(
                what=f"There is no heading “#{anchor[:60]}” on that page.",
                fix=f"{did_you_mean(anchor, known)}Write the heading's words in small letters, "
                "with hyphens between.",
                line=offset + 1,
            )


def anchors(text: str) -> tuple[str, ...]:
    """The names of a page's headings in addresses, as Python-Markdown makes them."""
    found = []
    for heading in _HEADING.findall(_shown(text, keep_words=True)):
        words = re.sub(r"[`*]|\]\([^)]*\)|\[", "", heading)
        found.append(re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", words).strip().lower()))
    return tuple(found)


def page_once(text: Text) -> Iterator[Fault]:
    """Of two files that become one page, readers would see only one."""
    own = address(text.narrative.path)
    for path in text.others:
        if path < text.narrative.path and address(path) == own:
            yield Fault(
                what=f"This file and {path} would both become the page “{own}”.",
                fix="Rename or delete one.",
            )
    first, _, rest = own.rstrip("/").partition("/")
    known = text.addresses.get(first, frozenset())
    if text.addresses and (own in MADE or (known and not rest) or (rest and is_made(rest, known))):
        yield Fault(
            what=f"The book makes the page “{own}” itself.",
            fix="Give this file another name.",
        )


# A link whose brackets have changed places, and one without words to follow.
_REVERSED = re.compile(r"\([^()\n]+\)\[(?:https?:|\.\.?/|mailto:|[\w/-]+\.md)[^\]\n]*\](?!\()")
_WORDLESS = re.compile(r"(?<!!)\[\s*\]\([^()\s]+\)")
# A link that was torn: a space between its two brackets, or no bracket at its end.
_TORN = re.compile(
    r"\[[^\[\]\n]+\](?:( +)\((?:https?:|\.\.?/|[\w/-]+\.md|mailto:)[^)\s]*\)"
    r"|\((?:https?:|\.\.?/|mailto:)[^()\s]*(?=\s|$)(?! *\"))"
)


def link_whole(text: Text) -> Iterator[Fault]:
    """A link that is not written whole is shown with its brackets, and leads nowhere."""
    for found in _TORN.finditer(_shown(text.narrative.text)):
        spaced = bool(found[1])
        at = found.start(1) if spaced else found.end()
        yield Fault(
            what="There is a space inside this link." if spaced else "This link is not closed.",
            fix="Write [words](address) without a space between the brackets."
            if spaced
            else "Write ) after the address.",
            line=at + 1,
        )


def link_right_way(text: Text) -> Iterator[Fault]:
    """A link needs words to follow and an address, each between its own kind of brackets."""
    shown = _shown(text.narrative.text)
    for found in _REVERSED.finditer(shown):
        yield Fault(
            what="The brackets of this link have changed places.",
            fix="Write the words in square brackets and the address in round ones: "
            "[words](address).",
            line=found.start() + 1,
        )
    for found in _WORDLESS.finditer(shown):
        yield Fault(
            what="This link has no words, so nobody sees it.",
            fix="Say between the square brackets where it leads.",
            line=found.start() + 1,
        )


def story_links(text: Text) -> Iterator[Fault]:
    """A story stands on its indicator's page, from which files of the book cannot be reached."""
    for offset, target in text.targets():
        if re.search(r"\.[a-z]{2,4}([#?]|$)", target) or not target or target.startswith("/"):
            yield Fault(
                what=f"The link to “{target[:80]}” leads to no page.",
                fix="Write a web address, or that of a page of the book from this one, such as "
                "../../areas/.",
                line=offset + 1,
            )


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


def _shown(text: str, *, keep_words: bool = False) -> str:
    """The text with code blanked out, so that every offset stays: code is shown, not followed."""
    if keep_words:
        return re.sub(r"^(```|~~~).*?^\1", "", text, flags=re.DOTALL | re.MULTILINE)
    return _CODE.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


RULES: tuple[Rule[Text], ...] = (
    error("link-broken", link_leads_somewhere),
    error("link-undefined", reference_defined),
    warning("link-anchor", anchor_there),
    error("link-torn", link_whole),
    error("link-unsound", link_right_way),
    error("page-twice", page_once),
)
STORY_RULES: tuple[Rule[Text], ...] = (
    error("link-broken", story_links),
    error("link-undefined", reference_defined),
    error("link-torn", link_whole),
    error("link-unsound", link_right_way),
)
