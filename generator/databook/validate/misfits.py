"""The words for a value that does not fit its field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from databook import slips
from databook.problems import Level, Problem
from databook.sources import Document, Path
from databook.validate.faults import did_you_mean, listed, problem
from databook.validate.plain import bare

WHY: Mapping[str, str] = {
    "file-empty": "A file of this folder describes one thing in “key: value” lines, and databook "
    "found none.",
    "kind-misplaced": "Files are read by the folder they lie in, so this one would be taken for "
    "something else.",
    "key-unknown": "A key that databook does not know would never be published, and nobody would "
    "notice.",
    "key-missing": "The page cannot be made without it.",
    "value-empty": "A key with nothing after it promises something that readers will not find.",
    "choice-unknown": "Only the listed words have a meaning that pages and judgements can rest on.",
    "type-wrong": "The page would show something else than was meant, or nothing.",
    "number-wrong": "A number that can be read in two ways may be published wrong.",
    "date-wrong": "Dates are read in one way only, so that 03/04 can never mean two days.",
    "truth-wrong": "Yes, no, on and off are read differently by different programs.",
    "length-wrong": "Pages, tables and addresses are laid out for texts and lists of this length.",
    "letter-disguised": "A name that looks right and is spelt otherwise is found by no search and "
    "sorted to the wrong end.",
    "pattern-wrong": "Addresses, references and names work only when written in this form.",
}

# The patterns of model/scalars.py, in words.
PATTERNS: Mapping[str, str] = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "small letters, digits and single hyphens, such as "
    "“persistent-absence”",
    r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$": "framework/outcome, such as "
    "“every-child-matters/be-healthy”",
    r"^(https?://|mailto:)\S+$": "an address that starts with “https://” or “mailto:” and has no "
    "space in it",
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$": "the short tag of a language, such as “en-GB” or “cy”",
    r"^[a-z0-9][a-z0-9.-]*$": "small letters, digits, dots and hyphens, such as “2026-q4”",
    r"^\d{4}-\d{2}(-\d{2})?$": "a month or a day, such as “2025-11” or “2025-11-27”",
    r"^(\d{4}-\d{2}(-\d{2})?)?$": "a month or a day, such as “2025-11” or “2025-11-27”",
    r"^[a-z][a-z0-9_]*$": "small letters, digits and underscores, such as “school_meals”",
    r"^([0-9]{4}-Q[1-4])?$": "a quarter, such as “2026-Q1”",
    r"^[0-9]{4}-(0[1-9]|1[0-2])$": "a month, such as “2026-03”",
    r"^[A-Za-z0-9][A-Za-z0-9.()-]{0,11}$": "a number of at most twelve signs, such as “4.2” or "
    "“7(b)”",
    r"^[A-Z][0-9]{1,3}$": "a capital letter and a number, such as “A12”",
    r"^([a-z0-9][a-z0-9-]*/)+$": "the address of a page from the root of the book, with a slash at "
    "its end, such as “indicators/neet/”",
    r"^([a-z0-9][a-z0-9-]*/)*$": "the address of a page of this book, such as “areas/”",
    r"^([a-z0-9][a-z0-9-]*/)*(#[a-z][a-z0-9-]*)?$": "the address of a page of this book, such as "
    "“indicators/neet/”",
}

_SCALARS: Mapping[Any, tuple[str, str, str]] = {
    bool: ("truth-wrong", "“true” or “false”", "Write true or false."),
    int: ("number-wrong", "a whole number", "Write digits only, such as 10000."),
    Decimal: (
        "number-wrong",
        "a number",
        "Write digits with a point if need be, such as 1234.5: no commas, signs of percent or "
        "money, or words.",
    ),
    date: ("date-wrong", "a date", "Write year-month-day, such as 2026-03-31."),
}

# Truths as other programs write them.
TRUTHS: Mapping[str, str] = {
    **dict.fromkeys(("yes", "y", "on", "true", "1"), "true"),
    **dict.fromkeys(("no", "n", "off", "false", "0"), "false"),
}

# Values as other people call them.
CALLED: Mapping[str, str] = {
    **dict.fromkeys(("%", "pct", "per cent", "proportion"), "percent"),
    **dict.fromkeys(("number", "#", "no.", "n"), "count"),
    **dict.fromkeys(("£", "pounds", "gbp"), "money"),
    **dict.fromkeys(("up", "increase", "more", "maximise"), "higher"),
    **dict.fromkeys(("down", "decrease", "less", "fewer", "minimise"), "lower"),
    **dict.fromkeys(
        ("ongoing", "on-going", "underway", "under way", "started", "on track"), "in progress"
    ),
    **dict.fromkeys(("done", "complete", "completed", "finished"), "implemented"),
    **dict.fromkeys(("how much", "how much did we do", "quantity"), "effort-quantity"),
    **dict.fromkeys(("how well", "how well did we do it", "quality"), "effort-quality"),
    **dict.fromkeys(("approved", "agreed"), "signed off"),
    **dict.fromkeys(("not started", "planned", "to do"), "proposed"),
}
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")

Words = tuple[str, str, str]


def spoken(path: Path) -> str:
    """A path in words: "`title` of item 3 of `outcomes`"."""
    parts = [f"“{s}”" if isinstance(s, str) else f"item {s + 1}" for s in reversed(path)]
    return " of ".join(parts) if parts else "The file"


def no_mapping(document: Document) -> Problem:
    """The file has no keys at all."""
    return problem(
        "file-empty",
        Level.ERROR,
        document.place(),
        "The file holds no “key: value” lines.",
        WHY["file-empty"],
        "Start with “format: 1” and “kind:”, or delete the file.",
    )


def bad_slug(error: Mapping[str, Any]) -> Words:
    """The file or folder has a name that cannot be part of an address."""
    return (
        "pattern-wrong",
        f"The name “{error['input']}” of this file or folder cannot be an address.",
        "Rename it: small letters, digits and single hyphens, at most 60, such as "
        "“persistent-absence”.",
    )


def bad_value(name: str, kind: Any, error: Mapping[str, Any], about: str) -> Words:
    """A value of the wrong type, length, pattern or choice. `about` is the field's own help."""
    given, inner, context = error["input"], bare(kind), error.get("ctx", {})
    about = f" {about}" if about else ""
    if given is None:
        fix = "Fill it or delete it; put a text that begins with # in quotes."
        return ("value-empty", f"{name} has nothing after it.", f"{fix}{about}")
    if choices := _choices(inner):
        hint = did_you_mean(_usual(given, choices), choices) if isinstance(given, str) else ""
        said = f"“{given}”" if isinstance(given, str) else "a list or mapping"
        return (
            "choice-unknown",
            f"{name} is {said}, which is not one of its values.",
            f"{hint}Write {listed([c for c in choices if c], 20)}"
            f"{', or leave the key out' if '' in choices else ''}.",
        )
    if inner in _SCALARS and not error["type"].startswith(
        ("greater", "less", "decimal_max_places")
    ):
        code, wanted, fix = _SCALARS[inner]
        said = f"{name} is “{_cut(given)}”, which is not" if _is_text(given) else f"{name} is not"
        return (code, f"{said} {wanted}.", _meant(code, given) + fix + about)
    match error["type"]:
        case "string_pattern_mismatch":
            form = PATTERNS.get(context["pattern"], "in the form shown in the guide")
            odd = f"{letter} " if (letter := slips.stranger(str(given))) else ""
            plain = slips.slug(str(given))
            if context["pattern"].startswith("^[a-z0-9]+(-") and re.fullmatch(
                context["pattern"], plain
            ):
                odd = f"{odd}Did you mean “{plain}”? "
            what = f"{name} is “{_cut(given)}”, which is not written as it must be."
            if form.startswith("a month or a day"):
                what = f"{name} is “{_cut(given)}”, which is not a month or a day."
                days = [*slips.days(str(given)), *filter(_MONTH.fullmatch, slips.periods(given))]
                odd = f"Did you mean {listed(days)}? " if days else odd
            return ("pattern-wrong", what, f"{odd}Write {form}.{about}")
        case "string_too_short":
            return ("value-empty", f"{name} is empty.", f"Fill it.{about}")
        case "string_too_long":
            most = context["max_length"]
            what = f"{name} has {len(given)} characters; {most} is the most."
            return ("length-wrong", what, f"Shorten it by {len(given) - most} or more.{about}")
        case "too_short" | "too_long":
            what = f"{name} has {context.get('actual_length', 'too few or too many')} items."
            need = context.get("min_length", context.get("max_length"))
            bound = "at least" if error["type"] == "too_short" else "at most"
            return ("length-wrong", what, f"Write {bound} {need}.{about}")
        case "decimal_max_places":
            most = context.get("decimal_places", 0)
            what = f"{name} has more than {most} decimals."
            return ("number-wrong", what, f"Round it to {most} decimals.{about}")
        case "greater_than_equal" | "less_than_equal":
            bound = "at least" if "ge" in context else "at most"
            limit = context.get("ge", context.get("le"))
            return ("number-wrong", f"{name} is {given}.", f"Write {bound} {limit}.{about}")
    return _wrong_kind(name, inner, given, about)


def _wrong_kind(name: str, inner: Any, given: object, about: str) -> Words:
    is_list, is_map = get_origin(inner) is tuple, not (inner is str or get_origin(inner) is tuple)
    wanted = "a list" if is_list else "a group of “key: value” lines" if is_map else "a text"
    found = "a text"
    if isinstance(given, dict | list):
        found = "a list" if isinstance(given, list) else "a group of “key: value” lines"
    if is_list and isinstance(given, str) and given.startswith("-"):
        what = f"There is no space after the dash of the item of {name}."
        return ("type-wrong", what, f"Write “- ” before each item.{about}")
    fix = {
        "a list": "Write each item on its own line after “- ”.",
        "a text": 'Write one text; put it in "quotes" if it holds “: ” or starts with a sign.',
    }.get(wanted, "Write “key: value” lines below it, each two spaces further in.")
    return ("type-wrong", f"{name} should be {wanted} but is {found}.", fix + about)


def _usual(given: str, choices: Sequence[str]) -> str:
    """Our word for one that other people use, where it may stand here."""
    ours = CALLED.get(given.casefold().strip(), "")
    return ours if ours in choices else given


def _choices(inner: Any) -> list[str]:
    if isinstance(inner, type) and issubclass(inner, Enum):
        return [str(member.value) for member in inner]
    return [str(a) for a in get_args(inner)] if get_origin(inner) is Literal else []


def meant(code: str, given: str, kind: Any) -> str:
    """What should stand in place of a value, where nobody can doubt it."""
    inner = bare(kind)
    match code:
        case "choice-unknown":
            return slips.one_off(given, _choices(inner))
        case "truth-wrong":
            return TRUTHS.get(given.lower(), "")
        case "number-wrong" if slips.certain(given):
            number = slips.number(given)
            return number if inner is not int or number.lstrip("-").isdecimal() else ""
    return ""


def _is_text(given: object) -> bool:
    return isinstance(given, str)


def _meant(code: str, given: object) -> str:
    """What was surely meant by a number or a truth written in another way."""
    text = str(given) if isinstance(given, str) else ""
    meant = slips.number(text) if code == "number-wrong" else ""
    meant = TRUTHS.get(text.lower(), "") if code == "truth-wrong" else meant
    if code == "date-wrong" and (days := slips.days(text)):
        return f"Did you mean {listed(days)}? "
    return f"Did you mean “{meant}”? " if meant else ""


def _cut(text: object) -> str:
    shown = str(text)
    return shown if len(shown) <= 60 else shown[:57] + "..."
