"""YAML's mistakes of form in plain words, with the way to mend the usual ones.

The parser says where it gave up and in which of its states; the line itself says what the
writer did. Newcomers make six mistakes over and over, and each is looked for in turn.
"""

from __future__ import annotations

import re
from itertools import pairwise

import yaml

from databook.load.faults import fault
from databook.problems import Place, Problem

_NO_SPACE = re.compile(r"\s*(?:- )?([A-Za-z_][\w-]*):(?=[^\s:/])")
_NO_SPACE_ITEM = re.compile(r"\s*-(?=[^\s-])")
_COLON_IN_VALUE = re.compile(r"\s*(?:- )?[\w-]+: +[^'\"\s\[{|>].*?(: |:$)")
_OPEN_QUOTE = re.compile(r"quoted scalar")
_QUOTE_INSIDE = re.compile(r"\s*(?:- )?[\w-]+: *(['\"]).*\1\s*\S")

_OPENS = re.compile(r"\s*(?:- +)?(?:[\w-]+: +)?(['\"])")
_NEXT = re.compile(r"\s*(?:- |[A-Za-z_][\w-]*:(?: |$))")
_EQUALS = re.compile(r"\s*(?:- )?[A-Za-z_]\w* ?= ?\S")
# A value that begins with a sign that YAML keeps for itself: a group, a reference, an anchor.
_BRACE_IN_FRONT = re.compile(r"\s*(?:- )?[\w-]+: +(\{[^{}:]*\})\s*[^\s#,\]}]")
_STAR_IN_FRONT = re.compile(r"\s*(?:- +)?(?:[\w-]+: +)?([&*])")
# What people put behind a closed quote from the habit of other formats.
_BEHIND = re.compile(r".*['\"](\s*[,;.])\s*$")

_MISFITS = (
    "did not find expected key",
    "mapping values are not allowed",
    "did not find expected '-' indicator",
    "expected <block end>",
)

# Words in the parser's own message, and what they come to. Order matters: first found wins.
_SAYINGS: tuple[tuple[str, str, str], ...] = (
    (
        "<document start>",
        "A line of three dots ended the file before this line.",
        "Delete the line of dots.",
    ),
    (
        "unknown escape character",
        "Between double quotes a backslash begins a code, and this is not one.",
        "Use single quotes, or write two backslashes.",
    ),
    *(
        (
            saying,
            "A code between double quotes stands for no character.",
            "Write the character itself, or use single quotes.",
        )
        for saying in ("invalid Unicode character escape code", "expected hexdecimal number")
    ),
    (
        "did not find expected ',' or ']'",
        "A list that begins with [ is not closed, or lacks a comma.",
        "Close it with ], or put quotes round a text that begins with [.",
    ),
    (
        "did not find expected ',' or '}'",
        "A group that begins with { is not closed, or lacks a comma.",
        "Close it with }, or put quotes round a text that begins with {.",
    ),
    (
        "block sequence entries are not allowed",
        "A dash stands where no list can begin.",
        "Begin the list on the next line, or put quotes round a text that begins with a dash.",
    ),
    (
        "expected alphabetic or numeric character",
        "The value begins with & or *, which have a meaning of their own in YAML.",
        "Put the value in quotes.",
    ),
    ("tag", "The value begins with an exclamation mark.", "Put the value in quotes."),
    (
        "cannot start any token",
        "The value begins with a sign that has a meaning of its own in YAML (such as @, ` or %).",
        "Put the value in quotes.",
    ),
    ("directive", "The line begins with %.", "Put the text in quotes."),
    ("block scalar", "The lines after | or > do not line up.", "Indent them all alike."),
)


def explain(error: yaml.YAMLError, text: str, path: str) -> Problem:
    """Say in plain words what the parser stumbled over, and where."""
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    said = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or error}"
    lines = text.split("\n")
    escaped = any(words in said for words in ("escape character", "escape code", "hexdecimal"))
    if "expected alphabetic or numeric character" in said and mark is not None:
        found = _STAR_IN_FRONT.match(lines[mark.line]) if mark.line < len(lines) else None
        if found is not None:
            what, fix = next((w, f) for words, w, f in _SAYINGS if words in said)
            return _at(path, mark.line + 1, found.start(1) + 1, what, fix)
    if mark is not None and (known := _braces(lines[: mark.line + 1], path)):
        return known
    if mark is not None and not escaped and (known := _left_open(lines[: mark.line + 1], path)):
        return known
    for candidate in () if escaped else (context, mark):
        if candidate is not None and (known := _known(candidate, said, lines, path)):
            return known
    # Only the second mark says where the lines no longer fit; the first is where they began.
    misfit = any(words in said for words in _MISFITS)
    if mark is not None and misfit and (known := _indentation(mark, lines, path)):
        return known
    where = _place(path, mark or context)
    if "flow" in said and context is not None and mark is not None and context.line < mark.line:
        where = _place(path, context)  # the bracket that was opened on an earlier line
    for words, what, fix in _SAYINGS:
        if words in said:
            return fault("yaml-syntax", where, what, fix)
    what = "This line does not fit in with the lines above it."
    fix = "See that names on one level begin in the same column and that each has a colon."
    return fault("yaml-syntax", where, what, fix)


def _braces(lines: list[str], path: str) -> Problem | None:
    """A sentence that begins with {value}: YAML takes the braces for a group of keys.

    The parser reads on into the lines below before it stumbles, so the last few are looked at.
    """
    for number in range(len(lines), max(0, len(lines) - 3), -1):
        if found := _BRACE_IN_FRONT.match(lines[number - 1]):
            what = f"A value that begins with “{found[1]}” must stand in quotes."
            return _at(path, number, found.start(1) + 1, what, 'Put " before and after the value.')
    return None


def _left_open(lines: list[str], path: str) -> Problem | None:
    """A quote that its line does not close, above a line that can only begin something else.

    The parser reads on to the next quote, wherever that is, and stumbles there.
    """
    for number, (line, after) in enumerate(pairwise(lines), 1):
        found = _OPENS.match(line)
        if found is None or not _NEXT.match(after) or _indent(after) > _indent(line):
            continue
        rest = line[found.end() :].replace("\\\\", "").replace('\\"', "").replace("''", "")
        if found[1] not in rest:
            what = "The quote that is opened here is not closed on this line."
            fix = f"Write {found[1]} at the end of the value."
            return _at(path, number, found.end(), what, fix)
    return None


def _known(mark: yaml.Mark, said: str, lines: list[str], path: str) -> Problem | None:
    """Look for the usual mistakes on one line."""
    line = lines[mark.line].rstrip("\r") if mark.line < len(lines) else ""
    number = mark.line + 1
    if found := _BEHIND.match(line):
        what = f"There is a “{found[1].strip()}” after the closing quote."
        return _at(path, number, found.end(1), what, "Delete it: in YAML a line ends a value.")
    if found := _QUOTE_INSIDE.match(line):
        what = "There is more text after the closing quote."
        fix = "Use the other kind of quote round the whole value."
        return _at(path, number, found.end(), what, fix)
    if _OPEN_QUOTE.search(said):
        what = f"A quote that is opened on line {number} is never closed."
        fix = "Close it, or write two single quotes for an apostrophe between single quotes."
        return fault("yaml-syntax", _place(path, mark), what, fix)
    for back in (0, 1):
        # The parser may go on to the next line before it sees that a colon is missing.
        above = lines[mark.line - back] if 0 <= mark.line - back < len(lines) else ""
        if found := _NO_SPACE.match(above if back else line):
            what = f"There is no space after the colon of “{found[1]}”."
            return _at(path, number - back, found.end() + 1, what, f"Write “{found[1]}: …”.")
    if found := _COLON_IN_VALUE.match(line):
        what = "There is a colon inside a value that has no quotes round it."
        return _at(path, number, found.start(1) + 1, what, "Put the whole value in quotes.")
    if "could not find expected ':'" in said and (found := _NO_SPACE_ITEM.match(line)):
        what = "There is no space after the dash."
        return _at(path, number, found.end() + 1, what, "Write “- ” before the item.")
    if "could not find expected ':'" in said and line.strip() and ":" not in line:
        shown = line.strip()
        shown = shown if len(shown) <= 40 else f"{shown[:39].rstrip()}…"
        what = f"“{shown}” is not a name with a colon."
        fix = "Add the colon; or, if the text belongs to the line above, indent it."
        if _EQUALS.match(line):
            fix = "Write a colon and a space in place of the equals sign."
        return _at(path, number, len(line) - len(line.lstrip()) + 1, what, fix)
    return None


def _indentation(mark: yaml.Mark, lines: list[str], path: str) -> Problem | None:
    """A line further in, or further out, than the lines that it belongs with."""
    line = lines[mark.line] if mark.line < len(lines) else ""
    indent = len(line) - len(line.lstrip())
    above = [n for n in lines[: mark.line] if n.strip() and not n.lstrip().startswith("#")]
    if not line.strip() or not above:
        return None
    before = len(above[-1]) - len(above[-1].lstrip())
    if indent == before:
        return None
    if (odd := _odd_one_out(mark.line, lines)) is not None:
        return _shifted(odd, indent, lines, path)
    way = "further in" if indent > before else "further out"
    far = abs(indent - before)
    what = f"This line begins {far} column{'s' * (far > 1)} {way} than the line above it."
    fix = "Begin it in the same column as the names that it belongs with."
    return _at(path, mark.line + 1, indent + 1, what, fix)


def _odd_one_out(at: int, lines: list[str]) -> int | None:
    """The line above, where it alone is out of step with those around it.

    A parser notices at the next line; but if the lines on both sides begin in one column, or if
    the rest of the group agrees with this line, it is the line between that was moved.
    """
    here, above = _indent(lines[at]), _indent(lines[at - 1]) if at else 0
    if at < 2 or not lines[at - 1].strip():
        return None
    if lines[at - 1].lstrip().startswith("#"):
        return _uneven(at, lines)
    earlier = next((n for n in range(at - 2, -1, -1) if lines[n].strip()), None)
    if earlier is None:
        return None
    between = above < here == _indent(lines[earlier])
    later = lines[at + 1] if at + 1 < len(lines) else ""
    first = above > here > _indent(lines[earlier]) and _indent(later) == here and later.strip()
    if between or first:
        return at - 1
    return _uneven(at, lines)


def _uneven(at: int, lines: list[str]) -> int | None:
    """The first line of the group, where it begins in an odd column and this one does not.

    Everybody indents by twos, so of two lines that should begin alike the odd one was moved.
    """
    here = _indent(lines[at])
    for number in range(at - 1, max(-1, at - 60), -1):
        line, indent = lines[number], _indent(lines[number])
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if indent < here - 1:
            return None
        if abs(indent - here) == 1:
            return number if indent % 2 and not here % 2 else None
    return None


def _shifted(at: int, wanted: int, lines: list[str], path: str) -> Problem:
    found = _indent(lines[at])
    way, far = ("further in" if found > wanted else "further out"), abs(found - wanted)
    what = f"This line begins {far} column{'s' * (far > 1)} {way} than the lines around it."
    fix = "Begin it in the same column as the names that it belongs with."
    return _at(path, at + 1, found + 1, what, fix)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _at(path: str, line: int, column: int, what: str, fix: str) -> Problem:
    return fault("yaml-syntax", Place(path=path, line=line, column=column), what, fix)


def _place(path: str, mark: yaml.Mark | None) -> Place:
    if mark is None:
        return Place(path=path)
    return Place(path=path, line=mark.line + 1, column=mark.column + 1)
