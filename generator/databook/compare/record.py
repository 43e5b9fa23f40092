"""What an edition writes down of itself, so that later editions can tell what it said.

Only what was shown is written: cards have been through `protect`. An indicator is written as it
is declared, in the form of its YAML file, and so can be read for as long as those can.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Hashable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

import polars as pl

from databook.compare.subject import judged
from databook.findings import Finding, Forecast
from databook.model import (
    STRICT,
    Area,
    Framework,
    Indicator,
    Measurable,
    Neighbour,
    Settings,
    Vintage,
    VintagePoint,
    unspoken,
)
from databook.observations import SCHEMA, Context, Observations, ProtectedCard
from databook.past import Said, Told, digest_of
from databook.performance import ProtectedMeasure
from databook.periods import parse
from databook.programmes import Measure
from databook.words import Status, headline

FORMAT = 1
NUMBERS = ("value", "numerator", "denominator", "lower", "upper")


class Unreadable(ValueError):  # noqa: N818 - a state of affairs
    """The file of an earlier edition is not in a form that is known here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSaid:
    """What an edition was, as a whole.

    `pages` are titles and digests by path; `knew` are the earlier editions that it knew of;
    `summary` says what changed in it, and `outcomes` the same for each outcome that it touched.
    """

    id: str
    date: date
    context: Context = field(repr=False)
    pages: Mapping[str, tuple[str, str]] = field(repr=False)
    knew: tuple[tuple[str, int], ...] = ()
    summary: str = ""
    outcomes: Mapping[str, str] = field(default_factory=dict)


def said(card: ProtectedCard | ProtectedMeasure, finding: Finding) -> Said:
    """What this edition says of an indicator or a measure."""
    return Said(
        indicator=card.indicator,
        headline=headline(finding, card.indicator),
        judgements=judged(finding, card.indicator),
        own=tuple(
            Told(period=p.period.code, value=p.value, markers=p.markers) for p in finding.own.points
        ),
        vintages=card.vintages,
        forecast=_vintage(finding.baseline) if finding.baseline else None,
        story=digest_of(card.story_html),
    )


def _vintage(forecast: Forecast) -> Vintage:
    return Vintage(
        made_on=forecast.made_on, origin=forecast.origin.code, method=forecast.method,
        author=forecast.author, assumptions=forecast.assumptions, reconstructed=False, scenario="",
        points=tuple(
            VintagePoint(
                period=p.period.code, value=p.value, lower_80=p.lower_80, upper_80=p.upper_80,
                lower_95=p.lower_95, upper_95=p.upper_95,
            )
            for p in forecast.points
        ),
    )  # fmt: skip


# --- one indicator -----------------------------------------------------------------------------


def said_as_json(what: Said) -> bytes:
    """What was said of an indicator, as a file beside its page."""
    return _json(
        {
            "format": FORMAT,
            **_declared(what.indicator),
            "headline": what.headline,
            "judgements": {about: asdict(status) for about, status in what.judgements.items()},
            "own": [[told.period, told.value, " ".join(told.markers)] for told in what.own],
            "forecast": _plain(what.forecast, Vintage) if what.forecast else None,
            "vintages": [_plain(vintage, Vintage) for vintage in what.vintages],
            "story": what.story,
        }
    )


def _declared(indicator: Measurable) -> dict[str, Any]:
    kind = Measure if isinstance(indicator, Measure) else Indicator
    return {kind.__name__.lower(): _plain(indicator, kind)}


def _declaration(read: Mapping[str, Any]) -> Indicator | Measure:
    found: Indicator | Measure = (
        _value(read["measure"], Measure)
        if "measure" in read
        else _value(read["indicator"], Indicator)
    )
    return found


def said_from_json(data: bytes) -> Said:
    """What was said, again. Raises Unreadable."""
    try:
        read = _read(data)
        return Said(
            indicator=_declaration(read),
            headline=tuple(read["headline"]),
            judgements={about: Status(**status) for about, status in read["judgements"].items()},
            own=tuple(
                Told(period=period, value=value, markers=tuple(markers.split()))
                for period, value, markers in read["own"]
            ),
            vintages=tuple(_value(vintage, Vintage) for vintage in read["vintages"]),
            forecast=_value(read["forecast"], Vintage) if read["forecast"] else None,
            story=read["story"],
        )
    except (ValueError, KeyError, TypeError) as wrong:
        raise Unreadable(str(wrong)) from wrong


def figures_from_csv(data: bytes, indicator: Indicator | Measure, place: str = "") -> Observations:
    """The figures of a downloaded data.csv, without marks of revision that are about the past.

    A measure's table that names no areas is about its programme, which stands for the `place`.
    """
    rows = list(csv.DictReader(io.StringIO(data.decode())))
    if rows and "area" not in rows[0]:
        rows = [{**row, "area": place} for row in rows]
    totals = {breakdown.column: breakdown.total for breakdown in indicator.breakdowns}
    columns = {name: [row[name] or None for row in rows] for name in rows[0]} if rows else {}
    texts = ("period", "area", "marker", "note", *totals)
    try:
        frame = pl.DataFrame(
            {
                "line": pl.Series(range(2, len(rows) + 2), dtype=pl.Int32),
                **{name: pl.Series(columns.get(name, []), dtype=pl.String) for name in texts},
                **{
                    name: pl.Series([_number(text) for text in columns.get(name, [])], dtype=kind)
                    for name, kind in SCHEMA.items()
                    if name in NUMBERS
                },
                "step": pl.Series(
                    [parse(t or "", indicator.periods).step for t in columns.get("period", [])],
                    dtype=pl.Int32,
                ),
            }
        ).with_columns(code=pl.col("period"))
    except (ValueError, KeyError, TypeError, pl.exceptions.PolarsError) as wrong:
        raise Unreadable(str(wrong)) from wrong
    return Observations(frame=frame, breakdowns=tuple(totals), totals=totals)


def _number(text: str | None) -> float | None:
    return float(text) if text else None


# --- the whole book ----------------------------------------------------------------------------


def book_as_json(what: BookSaid) -> bytes:
    """What an edition was, as a file."""
    context = what.context
    return _json(
        {
            "format": FORMAT,
            "id": what.id,
            "date": what.date.isoformat(),
            "summary": what.summary,
            "outcomes": dict(what.outcomes),
            "knew": [list(key) for key in what.knew],
            "settings": _plain(context.settings, Settings),
            "areas": [_plain(area, Area) for area in context.areas],
            "neighbours": [_plain(neighbour, Neighbour) for neighbour in context.neighbours],
            "frameworks": [_plain(framework, Framework) for framework in context.frameworks],
            "pages": {path: list(said_) for path, said_ in what.pages.items()},
        }
    )


def book_from_json(data: bytes) -> BookSaid:
    """What an edition was, again. Raises Unreadable."""
    try:
        read = _read(data)
        return BookSaid(
            id=read["id"],
            date=date.fromisoformat(read["date"]),
            context=Context(
                settings=_value(read["settings"], Settings),
                areas=tuple(_value(area, Area) for area in read["areas"]),
                neighbours=tuple(_value(each, Neighbour) for each in read["neighbours"]),
                frameworks=tuple(_value(each, Framework) for each in read["frameworks"]),
            ),
            pages={path: (title, digest) for path, (title, digest) in read["pages"].items()},
            knew=tuple((id_, number) for id_, number in read["knew"]),
            summary=read["summary"],
            outcomes=read["outcomes"],
        )
    except (ValueError, KeyError, TypeError) as wrong:
        raise Unreadable(str(wrong)) from wrong


# --- JSON --------------------------------------------------------------------------------------


@lru_cache(maxsize=16)
def _adapter(kind: Hashable) -> Any:
    from pydantic import TypeAdapter

    with unspoken(STRICT):
        return TypeAdapter(kind)  # type: ignore[arg-type]


def _plain(value: object, kind: Hashable) -> Any:
    return _adapter(kind).dump_python(value, mode="json", exclude_defaults=True)


def _value(data: object, kind: Hashable) -> Any:
    # As JSON, because a list of JSON may become a tuple, and a day stands there as text.
    return _adapter(kind).validate_json(json.dumps(data))


def _read(data: bytes) -> Any:
    read = json.loads(data)
    if read["format"] != FORMAT:
        raise Unreadable(f"format {read['format']!r} is not known here")
    return read


def _json(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
