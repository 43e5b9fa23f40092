"""The numbers behind each page, as files that stock tools read: CSV, data package, chart."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from defusedcsv import csv  # spreadsheets must not run text as a formula

from databook.charts import Charts
from databook.findings import Finding
from databook.model import Measurable
from databook.observations import Card, Context, ProtectedCard
from databook.performance import Performance, PerformanceFindings
from databook.programmes import Programme
from databook.render.packages import AFTER, BEFORE, package


def downloads(
    card: ProtectedCard, finding: Finding, charts: Charts, context: Context
) -> Mapping[str, bytes]:
    """Files beside an indicator's page, by path from the site's root."""
    del finding  # everything downloaded is a published figure or the chart's own specification
    return _files(card, charts, context, Home(folder=f"indicators/{card.indicator.slug}/"))


def measure_downloads(
    performance: Performance, findings: PerformanceFindings, context: Context
) -> Mapping[str, bytes]:
    """Files beside the pages of programmes' measures, by path from the site's root."""
    files: dict[str, bytes] = {}
    for programme in performance.programmes:
        for key, card in performance.figures.items():
            if key.startswith(f"{programme.slug}/") and key in findings.charts:
                home = Home(folder=f"programmes/{key}/", programme=programme)
                files |= _files(card, findings.charts[key], context, home)
    return files


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where files are put, and whose figures they hold: a place's, or else a programme's."""

    folder: str
    programme: Programme | None = None

    def before(self, card: Card[Measurable], context: Context) -> tuple[str, ...]:
        """The first columns. A programme's own figures are not those of the place it works in."""
        if self.programme is None:
            return BEFORE
        own = card.observations.frame["area"].unique().to_list() == [context.settings.place]
        return ("period", "programme") if own else ("period", "programme", *BEFORE[1:])

    @property
    def said(self) -> str:
        """What a description says first."""
        if self.programme is None:
            return ""
        shown = (
            "Invented figures, to show how a page looks. " if self.programme.illustrative else ""
        )
        return f"{shown}{self.programme.title}. "


def _files(
    card: Card[Measurable], charts: Charts, context: Context, home: Home
) -> dict[str, bytes]:
    folder = home.folder
    files = {
        f"{folder}data.csv": table(card, context, home),
        f"{folder}datapackage.json": _json(
            package(card, context, folder, home.said, home.before(card, context))
        ),
    }
    for chart in (charts.trend, charts.neighbours, *charts.groups):
        if chart is not None:
            files[f"{folder}{chart.name}.vl.json"] = _json(chart.spec)
    return files


def area_table(context: Context) -> bytes:
    """data/areas.csv: every area that figures may be about."""
    columns = ("code", "name", "level", "parent", "valid_from", "valid_to")
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([getattr(area, name) for name in columns] for area in context.areas)
    return text.getvalue().encode()


def table(card: Card[Measurable], context: Context, home: Home) -> bytes:
    """data.csv: every figure as published, one row each, in order of area, group and time."""
    names = {code: area.name for code, area in context.area.items()}
    columns = (*home.before(card, context), *card.observations.breakdowns, *AFTER)
    frame = card.observations.frame.with_columns(
        pl.col("code").alias("period"),
        pl.col("area").replace(names).alias("area_name"),
        pl.lit(home.programme.title if home.programme else "").alias("programme"),
        *(_as_written(column) for column in AFTER[:5]),
    ).select(columns)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(frame.fill_null("").iter_rows())
    return text.getvalue().encode()


def _as_written(column: str) -> pl.Expr:
    """A number as its shortest decimal text: 6, 24.06."""
    return pl.col(column).cast(pl.String).str.strip_suffix(".0")


def _json(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
