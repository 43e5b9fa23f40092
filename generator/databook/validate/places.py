"""Places: the tables of areas and of statistical neighbours, as values of the model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from databook import areas, slips, words
from databook.model import Area, Neighbour
from databook.problems import Level, Problem
from databook.sources import Package, Table
from databook.validate import cells, figures
from databook.validate.faults import Fault, Rule, did_you_mean, error, nearest_code, problem, run

_AREA = ("code", "name", "level")
_AREA_OPTIONAL = ("parent", "valid_from", "valid_to")
_NEIGHBOUR = ("area", "neighbour", "rank")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """The rows of both tables, as text with their lines."""

    areas: tuple[dict[str, str], ...]
    neighbours: tuple[dict[str, str], ...]
    typed: bool = False  # the data package says that a rank is a number


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """What the two tables say."""

    areas: tuple[Area, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    problems: tuple[Problem, ...] = ()


def places(package: Package | None) -> Places:
    """Read both tables. Areas that could not be read are none, and rules then ask for none."""
    areas, neighbours = cells.table_of(package, "areas"), cells.table_of(package, "neighbours")
    neighbours = None if neighbours is areas else neighbours
    problems: list[Problem] = []
    known, own = _rows(areas, _AREA, problems), _rows(neighbours, _NEIGHBOUR, problems)
    numeric: frozenset[str] = frozenset()
    if package is not None and neighbours is not None:
        numeric, _ = figures.promised(package, neighbours)
    gazetteer = Gazetteer(areas=known, neighbours=own, typed="rank" in numeric)
    if areas is not None:
        problems += run(AREA_RULES, gazetteer, lambda f: cells.place_in(areas, f))
    if neighbours is not None:
        problems += run(NEIGHBOUR_RULES, gazetteer, lambda f: cells.place_in(neighbours, f))
    codes = {row["code"] for row in known}
    return Places(
        areas=tuple(
            Area(**{k: row[k] for k in (*_AREA, *_AREA_OPTIONAL)} | {"name": _name(row, known)})
            for row in {r["code"]: r for r in reversed(known)}.values()
        )[::-1],
        neighbours=tuple(
            Neighbour(
                area=row["area"],
                neighbour=row["neighbour"],
                rank=int(row["rank"]),
                closeness=row["closeness"],
            )
            for row in own
            if row["rank"].isdecimal() and row["neighbour"] in codes
        ),
        problems=tuple(problems),
    )


def _name(row: Mapping[str, str], rows: Sequence[Mapping[str, str]]) -> str:
    """A place's name; where a later one bears it too, with the day on which it ended."""
    last = areas.day_of(row["valid_to"])
    later = any(
        (other["name"], other["level"]) == (row["name"], row["level"]) and _ends_before(row, other)
        for other in rows
    )
    return f"{row['name']} (until {words.month(f'{last:%Y-%m}')})" if later else row["name"]


def _rows(
    table: Table | None, needed: tuple[str, ...], problems: list[Problem]
) -> tuple[dict[str, str], ...]:
    if table is None:
        return ()
    frame = cells.tidy(table)
    missing = [c for c in needed if c not in frame.columns]
    problems += [
        problem(
            "column-missing",
            Level.ERROR,
            table.columns.get(frame.columns[-1]) or cells.place_in(table, Fault(what="", fix="")),
            f"The table has no column “{name}”.",
            "Each place needs a code and a name, and each neighbour a rank.",
            f"{did_you_mean(name, [c for c in frame.columns if c != 'line'])}Add the column.",
        )
        for name in missing
    ]
    if missing:
        return ()
    blank = dict.fromkeys((*_AREA_OPTIONAL, "closeness"), "")
    return tuple(
        {**blank, **{k: "" if v is None else str(v) for k, v in row.items()}}
        for row in frame.iter_rows(named=True)
    )


def area_whole(places: Gazetteer) -> Iterator[Fault]:
    """Figures find their place by its code, and readers by its name."""
    for row in places.areas:
        for column in _AREA:
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
    return _ends_before(one, other) or _ends_before(other, one)


def _ends_before(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
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
    for row in places.areas:
        if row["parent"] and row["parent"] not in codes:
            yield Fault(
                what=f"The parent “{row['parent']}” of {row['name']} is not in this table.",
                fix=f"{nearest_code(row['parent'], codes)}Add a row for it, or leave it empty.",
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
