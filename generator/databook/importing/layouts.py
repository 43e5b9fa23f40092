"""Layouts that large publishers use, made into the plain long table that the rest understands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from databook.importing import spans
from databook.importing.answers import Body, Line
from databook.periods import PeriodType

EES, FINGERTIPS, OPEN_SDG = "explore-education-statistics", "fingertips", "open-sdg"
NOMIS, SERIES = "nomis", "ons-time-series"
AREA_CODE, PERIOD = "Area code", "Period"
WHOLE = "(no code)"  # rows of Open SDG without a code are about the whole country

# Which column of Explore Education Statistics holds the code, for each level of place.
_LEVEL_CODE = {
    "national": ("country_code",),
    "regional": ("region_code",),
    "local authority": ("new_la_code", "la_code"),
    "local authority district": ("lad_code",),
}
_EES_OWN = re.compile(
    r"(country|region|lad?|new_la|old_la|la|lad|pcon|rsc_region|sponsor|school|institution)"
    r"_(code|name|urn|ukprn)|time_period|time_identifier|geographic_level|reg_(code|name)"
)


def recognised(body: Body) -> str:
    """The publisher's layout that the headings show, or nothing."""
    names = {name.casefold() for name in body.header}
    if {"time_period", "time_identifier", "geographic_level"} <= names:
        return EES
    if {"indicator id", "area code", "time period", "value"} <= names:
        return FINGERTIPS
    if {"obs_value", "date_name", "geography_code"} <= names:
        return NOMIS
    if {"year", "value"} <= names and names & {"units", "geocode", "series", "unit multiplier",
                                               "observation status"}:  # fmt: skip
        return OPEN_SDG
    return ""


def missing(body: Body, layout: str) -> tuple[str, ...]:
    """Headings that a layout must have and the sheet has not."""
    needed = {
        EES: ("time_period", "time_identifier", "geographic_level"),
        FINGERTIPS: ("Indicator ID", "Area Code", "Time period", "Value"),
        OPEN_SDG: ("Year", "Value"),
        NOMIS: ("DATE_NAME", "GEOGRAPHY_CODE", "OBS_VALUE"),
    }.get(layout, ())
    names = {name.casefold() for name in body.header}
    return tuple(name for name in needed if name.casefold() not in names)


def made_plain(body: Body, layout: str) -> Body:
    """The same figures as a plain long table."""
    make: Callable[[Body], Body] | None = {
        EES: _education, FINGERTIPS: _fingertips, OPEN_SDG: _open_sdg, NOMIS: _nomis,
    }.get(layout)  # fmt: skip
    return replace(make(body), layout=layout) if make else body


def _education(body: Body) -> Body:
    at = {name.casefold(): column for column, name in enumerate(body.header)}
    others = [c for c, name in enumerate(body.header) if not _EES_OWN.fullmatch(name.casefold())]
    lines = []
    for line in body.lines:
        period = f"{line.cells[at['time_identifier']]} {line.cells[at['time_period']]}"
        cells = (period, _education_code(line, at), *(line.cells[c] for c in others))
        lines.append(Line(number=line.number, cells=cells))
    header = (PERIOD, AREA_CODE, *(body.header[c] for c in others))
    return replace(body, header=header, lines=tuple(lines))


def _education_code(line: Line, at: Mapping[str, int]) -> str:
    """The code of the place that the row is about, or its level where the book has none such."""
    level = line.cells[at["geographic_level"]]
    columns = _LEVEL_CODE.get(level.casefold(), ())
    return next((line.cells[at[c]] for c in columns if c in at and line.cells[at[c]]), level)


def _fingertips(body: Body) -> Body:
    """Keep what says something of its own; rows about categories of places are not places."""
    dropped = re.compile(
        r"indicator id|parent (code|name)|area (name|type)|.*99\.8.*|compared to.*|recent trend|"
        r"time period (sortable|range)|.*goal|category type|new data|trend.*|category",
        re.IGNORECASE,
    )
    category = next((c for c, name in enumerate(body.header) if name.casefold() == "category"), -1)
    kept = [c for c, name in enumerate(body.header) if not dropped.fullmatch(name)]
    names = {"area code": AREA_CODE, "time period": PERIOD, "count": "Numerator",
             "value note": "Note"}  # fmt: skip
    lines = tuple(
        replace(line, cells=tuple(line.cells[c] for c in kept))
        for line in body.lines
        if category < 0 or not line.cells[category]
    )
    gone = len(body.lines) - len(lines)
    remark = (f"{gone} rows about categories of places, such as deprivation, were left out.",)
    body = replace(body, kind=_pooled(body))
    header = tuple(names.get(body.header[c].casefold(), body.header[c]) for c in kept)
    return replace(body, header=header, lines=lines, remarks=remark if gone else ())


def _pooled(body: Body) -> PeriodType | None:
    """The kind of period, where the sheet says that each is of several years.

    "2019 - 20" may be a financial year or two years together; the range says which.
    """
    names = [name.casefold() for name in body.header]
    if not {"time period", "time period range"} <= set(names):
        return None
    period, length = names.index("time period"), names.index("time period range")
    if not all(re.fullmatch(r"[2-9]y", line.cells[length]) for line in body.lines):
        return None
    fits = spans.kinds(line.cells[period] for line in body.lines)
    pooled = (PeriodType.POOLED_CALENDAR_YEARS, PeriodType.POOLED_FINANCIAL_YEARS)
    return next((kind for kind in pooled if kind in fits), None)


def _nomis(body: Body) -> Body:
    """The answer of Nomis to a query: keep the names of what it is split by, drop their codes."""
    names = {"date_name": PERIOD, "geography_code": AREA_CODE, "obs_value": "Value",
             "obs_status_name": "Note"}  # fmt: skip
    kept = [
        c for c, name in enumerate(body.header)
        if name.casefold() in names
        or (name.casefold().endswith("_name")
            and not name.casefold().startswith(("geography", "date", "obs_")))
    ]  # fmt: skip
    header = tuple(names.get(body.header[c].casefold(), body.header[c]) for c in kept)
    usual = header.index("Note") if "Note" in header else -1
    lines = []
    for line in body.lines:
        cells = [line.cells[c] for c in kept]
        if usual >= 0 and cells[usual].casefold() == "normal value":
            cells[usual] = ""
        lines.append(replace(line, cells=tuple(cells)))
    return replace(body, header=header, lines=tuple(lines))


def _open_sdg(body: Body) -> Body:
    dropped = {"observation status", "unit multiplier", "progress"}
    kept = [c for c, name in enumerate(body.header) if name.casefold() not in dropped]
    names = {"year": PERIOD, "geocode": AREA_CODE}
    header = tuple(names.get(body.header[c].casefold(), body.header[c]) for c in kept)
    places = [c for c in kept if body.header[c].casefold() == "geocode"]
    lines = tuple(
        replace(line, cells=tuple(line.cells[c] or (WHOLE if c in places else "") for c in kept))
        for line in body.lines
    )
    return replace(body, header=header, lines=lines, blank_is_all=True)
