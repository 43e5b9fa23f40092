"""What the tables of areas and of statistical neighbours must mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from databook import areas, slips
from databook.validate.faults import Fault, Rule, error, nearest_code

AREA = ("code", "name", "level")  # columns that every place fills


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """The rows of both tables, as text with their lines."""

    areas: tuple[dict[str, str], ...]
    neighbours: tuple[dict[str, str], ...]
    typed: bool = False  # the data package says that a rank is a number


def area_whole(places: Gazetteer) -> Iterator[Fault]:
    """Figures find their place by its code, and readers by its name."""
    for row in places.areas:
        for column in AREA:
            if not row[column]:
                yield Fault(
                    what=f"“{column}” is empty.",
                    fix="Fill it in.",
                    line=int(row["line"]),
                    column=column,
                )


def area_once(places: Gazetteer) -> Iterator[Fault]:
    """With two rows for one code nobody knows which name is meant."""
    seen: dict[str, str] = {}
    for row in places.areas:
        if row["code"] in seen:
            yield Fault(
                what=f"The code “{row['code']}” stands on line {seen[row['code']]} already.",
                fix="Keep one of the two rows.",
                line=int(row["line"]),
                column="code",
            )
        seen.setdefault(row["code"], row["line"])


def area_told_apart(places: Gazetteer) -> Iterator[Fault]:
    """Readers know a place by its name, so two of one kind cannot look the same."""
    seen: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in places.areas:
        before = seen.setdefault((row["level"], slips.latin(row["name"]).casefold()), [])
        first = next((one for one in before if not _followed(one, row)), None)
        before.append(row)
        if not row["name"] or first is None or first["code"] == row["code"]:
            continue
        odd = slips.stranger(row["name"]) or slips.stranger(first["name"])
        yield Fault(
            what=f"“{row['name']}” looks like the name on line {first['line']}.",
            fix=f"{odd} Mend the name, or say in it what sets the two apart.".strip(),
            line=int(row["line"]),
            column="name",
        )


def _followed(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether one of two places ended before the other began: a council with new bounds."""
    return ends_before(one, other) or ends_before(other, one)


def ends_before(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether a place was no more when another began."""
    last, first = areas.day_of(one["valid_to"]), areas.day_of(other["valid_from"])
    return last is not None and first is not None and last < first


def parent_above(places: Gazetteer) -> Iterator[Fault]:
    """A place cannot lie in itself, however many others are in between."""
    parents = {row["code"]: row["parent"] for row in places.areas}
    for row in places.areas:
        code, passed = row["parent"], set()
        while code and code not in passed and code != row["code"]:
            passed.add(code)
            code = parents.get(code, "")
        if code and code == row["code"]:
            yield Fault(
                what=f"Following the parents of {row['name']} leads back to it.",
                fix="Mend “parent”; a country has none.",
                line=int(row["line"]),
                column="parent",
            )
            return  # the others of the ring are in it for the same reason


def parent_known(places: Gazetteer) -> Iterator[Fault]:
    """A place is compared with what it lies in, so that must be in the book too."""
    codes = [row["code"] for row in places.areas]
    named = {row["name"].casefold(): row["code"] for row in places.areas}
    for row in places.areas:
        code = named.get(row["parent"].casefold())
        hint = f"Write its code, “{code}”. " if code else nearest_code(row["parent"], codes)
        if row["parent"] and row["parent"] not in codes:
            yield Fault(
                what=f"The parent “{row['parent']}” of {row['name']} is not in this table.",
                fix=hint if code else f"{hint}Add a row for it, or leave it empty.",
                line=int(row["line"]),
                column="parent",
                about=f"area {row['parent']}",
            )


_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", re.ASCII)


def area_dated(places: Gazetteer) -> Iterator[Fault]:
    """From when to when a place was there is read in one way only."""
    for row in places.areas:
        wrong = [c for c in ("valid_from", "valid_to") if row[c] and not _day(row[c])]
        for column in wrong:
            yield Fault(
                what=f"“{column}” is “{row[column]}”, which is not a date.",
                fix="Write year-month-day, such as 2023-04-01, or the year alone.",
                line=int(row["line"]),
                column=column,
            )
        if not wrong and row["valid_from"] > row["valid_to"] > "":
            yield Fault(
                what=f"{row['name']} ended ({row['valid_to']}) before it began "
                f"({row['valid_from']}).",
                fix="Swap the two, or mend the year.",
                line=int(row["line"]),
                column="valid_to",
            )


def _day(text: str) -> bool:
    try:
        date.fromisoformat(f"{text}-01-01"[:10] if len(text) < 10 else text)
    except ValueError:
        return False
    return bool(_DATE.fullmatch(text))


def level_spelt_alike(places: Gazetteer) -> Iterator[Fault]:
    """Places are compared with others of their level, and a level spelt otherwise is another."""
    counted = Counter(row["level"] for row in places.areas)
    for row in places.areas:
        alike = [
            other
            for other, count in counted.items()
            if count > counted[row["level"]] and _bare(other) == _bare(row["level"])
        ]
        if alike and alike[0] != row["level"]:
            yield Fault(
                what=f"The level “{row['level']}” is written “{alike[0]}” in other rows.",
                fix=f"Write “{alike[0]}”.",
                line=int(row["line"]),
                column="level",
                meant=alike[0],
            )


def _bare(level: str) -> str:
    return re.sub(r"[^a-z0-9]", "", slips.latin(level).casefold()).removesuffix("s")


def neighbour_known(places: Gazetteer) -> Iterator[Fault]:
    """A neighbour that is not in the table of areas has no name to show."""
    codes = [row["code"] for row in places.areas]
    for row in places.neighbours:
        for column in ("area", "neighbour"):
            if codes and row[column] not in codes:
                yield Fault(
                    what=f"“{row[column]}” is not in the table of areas.",
                    fix=f"{nearest_code(row[column], codes)}Add it there, or mend the code.",
                    line=int(row["line"]),
                    column=column,
                    about=f"area {row[column]}",
                )
        if row["area"] and row["area"] == row["neighbour"]:
            yield Fault(
                what=f"“{row['area']}” is said to be a neighbour of its own.",
                fix="Delete the row, or mend the code.",
                line=int(row["line"]),
                column="neighbour",
            )


def rank_counted(places: Gazetteer) -> Iterator[Fault]:
    """Neighbours are told in order of likeness, closest first, each with a rank of its own."""
    seen: dict[tuple[str, str], str] = {}
    for row in places.neighbours:
        line = int(row["line"])
        # What is no number at all the data package refuses as a rule, and load has said so.
        number = row["rank"].isascii() and row["rank"].isdecimal()
        if (not number and not places.typed) or (number and not int(row["rank"])):
            yield Fault(
                what=f"The rank “{row['rank']}” is no rank.",
                fix="Count from 1.",
                line=line,
                column="rank",
            )
        for column in ("rank", "neighbour"):
            key = (row["area"], column + row[column])
            if key in seen:
                yield Fault(
                    what=f"The {column} “{row[column]}” of “{row['area']}” stands on line "
                    f"{seen[key]} already.",
                    fix="Give each neighbour one row and a rank of its own.",
                    line=line,
                    column=column,
                )
            seen.setdefault(key, row["line"])


AREA_RULES: tuple[Rule[Gazetteer], ...] = (
    error("area-incomplete", area_whole),
    error("area-duplicate", area_once),
    error("area-alike", area_told_apart),
    error("area-in-itself", parent_above),
    error("area-parent-unknown", parent_known),
    error("area-date", area_dated),
    error("area-level-alike", level_spelt_alike),
)
NEIGHBOUR_RULES: tuple[Rule[Gazetteer], ...] = (
    error("neighbour-unknown", neighbour_known),
    error("neighbour-rank", rank_counted),
)
