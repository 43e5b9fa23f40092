"""Places: the tables of areas and of statistical neighbours, as values of the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from databook import areas, words
from databook.model import Area, Neighbour
from databook.problems import Level, Problem
from databook.sources import Package, Table
from databook.validate import cells, figures
from databook.validate.faults import Fault, did_you_mean, problem, run
from databook.validate.place_rules import AREA, AREA_RULES, NEIGHBOUR_RULES, Gazetteer, ends_before

_AREA_OPTIONAL = ("parent", "valid_from", "valid_to")
_NEIGHBOUR = ("area", "neighbour", "rank")


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
    known, own = _rows(areas, AREA, problems), _rows(neighbours, _NEIGHBOUR, problems)
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
            Area(**{k: row[k] for k in (*AREA, *_AREA_OPTIONAL)} | {"name": _name(row, known)})
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
        (other["name"], other["level"]) == (row["name"], row["level"]) and ends_before(row, other)
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
