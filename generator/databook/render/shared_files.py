"""The files by which charts leave the book: embed pages, and pictures to download."""

from __future__ import annotations

from collections.abc import Mapping

from databook import words
from databook.charts import Charts
from databook.findings import Finding
from databook.model import Measurable
from databook.observations import Context, ProtectedCard
from databook.performance import Performance, PerformanceFindings
from databook.render import pictures
from databook.render.embed import embed_pages
from databook.render.sharing import SOCIAL, Shared, shared, shared_of_measure


def indicator_shared(
    card: ProtectedCard,
    finding: Finding,
    charts: Charts,
    context: Context,
    stamped: Mapping[str, str],
) -> dict[str, bytes]:
    """What leaves an indicator's page, by path from the site's root."""
    folder = f"indicators/{card.indicator.slug}/"
    items = shared(charts, finding, card.indicator, context, folder)
    files = _files(items, context, stamped)
    if context.settings.pictures == "png":
        files[folder + SOCIAL] = _card(card.indicator, finding, charts, context)
    return files


def measures_shared(
    performance: Performance,
    findings: PerformanceFindings,
    context: Context,
    stamped: Mapping[str, str],
) -> dict[str, bytes]:
    """What leaves the pages of programmes' measures."""
    files: dict[str, bytes] = {}
    for programme in performance.programmes:
        for measure in programme.measures:
            key = f"{programme.slug}/{measure.slug}"
            if key in findings.charts:
                items = shared_of_measure(
                    findings.charts[key], findings.measures[key], measure, context,
                    f"programmes/{key}/", invented=programme.illustrative,
                )  # fmt: skip
                files |= _files(items, context, stamped)
    return files


def book_card(context: Context) -> dict[str, bytes]:
    """The preview of every page that has none of its own: the book's name, and no figure."""
    settings = context.settings
    picture = pictures.card(settings)
    return {SOCIAL: pictures.png(picture, f"{settings.title}. {settings.summary}", scale=1)}


def _files(
    items: tuple[Shared, ...], context: Context, stamped: Mapping[str, str]
) -> dict[str, bytes]:
    files = embed_pages(items, context.settings, stamped)
    for item in items:
        picture = pictures.svg(item)
        files[f"{item.folder}{item.chart.name}.svg"] = picture.encode()
        if item.png:
            made = pictures.png(picture, f"{item.answer} {item.alternative}")
            files[f"{item.folder}{item.chart.name}.png"] = made
    return files


def _card(indicator: Measurable, finding: Finding, charts: Charts, context: Context) -> bytes:
    answer = words.headline(finding, indicator)[0]
    picture = pictures.card(context.settings, indicator.title, answer, charts.sparkline)
    return pictures.png(picture, f"{indicator.title}. {answer}", scale=1)
