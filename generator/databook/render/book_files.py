"""Files about the whole book for machines: the index, the catalogue, and how to cite its pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from databook import words
from databook.findings import Finding
from databook.model import Framework, Indicator
from databook.observations import Context
from databook.performance import Performance, PerformanceFindings
from databook.render import catalogue
from databook.render.entries import Entry
from databook.render.json_lists import listing, plain_json
from databook.render.programmes import programme_index
from databook.render.references import references


def book_downloads(
    context: Context,
    entries: Sequence[Entry],
    performance: Performance = Performance(),  # noqa: B008 - frozen
    findings: PerformanceFindings = PerformanceFindings(),  # noqa: B008 - frozen
) -> Mapping[str, bytes]:
    """Machine-readable files about the whole book: data/index.json and the catalogue."""
    settings = context.settings
    index = {
        "title": settings.title,
        "edition": settings.edition.id,
        "date": settings.edition.date.isoformat(),
        "publisher": settings.publisher,
        "notice": settings.notice,
        "licence": settings.licence,
        "place": {"code": context.place.code, "name": context.place.name},
        "frameworks": [_framework_index(framework) for framework in context.frameworks],
        "programmes": programme_index(performance, findings),
        "indicators": [],
    }
    return {
        "data/index.json": listing(index, [entry.lines.indexed for entry in entries]),
        catalogue.PATH: catalogue.catalogue(context, entries),
        **references(context, entries, performance),
    }


def _framework_index(framework: Framework) -> dict[str, Any]:
    return {
        "slug": framework.slug,
        "title": framework.title,
        "url": f"frameworks/{framework.slug}/",
        "outcomes": [
            {
                "slug": f"{framework.slug}/{outcome.slug}",
                "title": outcome.title,
                "url": f"frameworks/{framework.slug}/{outcome.slug}/",
                "speaks_to": list(outcome.speaks_to),
            }
            for outcome in framework.outcomes
        ],
    }


def indexed(finding: Finding, indicator: Indicator) -> bytes:
    """What the index says of one indicator."""
    latest, url = finding.latest, f"indicators/{indicator.slug}/"
    return plain_json(
        {
            "slug": indicator.slug,
            "title": indicator.title,
            "url": url,
            "csv": f"{url}data.csv",
            "package": f"{url}datapackage.json",
            "outcomes": list(indicator.outcomes),
            "unit": str(indicator.unit),
            "unit_label": indicator.unit_label,
            "better": str(indicator.better),
            "standing": str(indicator.standing),
            "latest": {
                "period": latest.period.code if latest else None,
                "value": latest.value if latest else None,
                "markers": list(latest.markers) if latest else [],
                "rating": str(finding.rating.word),
                "turn": str(finding.turn.word),
            },
            "change": str(finding.previous.told) if finding.previous else None,
            "comparisons": {
                str(c.benchmark): {"name": c.name, "value": c.value, "verdict": str(c.verdict)}
                for c in finding.comparisons
            },
            "summary": words.headline(finding, indicator)[0],
        }
    )
