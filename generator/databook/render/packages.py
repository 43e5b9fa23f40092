"""What a table holds, by the Data Package standard, version 2: columns, areas, licence, sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from databook.model import Breakdown, Measurable
from databook.observations import Card, Context

PROFILES = "https://datapackage.org/profiles/2.0/"
PROFILE = f"{PROFILES}datapackage.json"
TABLE_PROFILE = f"{PROFILES}tableschema.json"
RESOURCE_PROFILE = f"{PROFILES}dataresource.json"
AREAS = "areas"  # the resource that codes of areas lead to

# Columns of a downloaded CSV around the breakdown columns; as in scorecards/, plus the name.
BEFORE = ("period", "area", "area_name")
AFTER = ("value", "numerator", "denominator", "lower", "upper", "marker", "note")

_FIELDS: Mapping[str, tuple[str, str]] = {
    "period": ("string", "Period the figure is for."),
    "programme": ("string", "The service whose customers are counted."),
    "area": ("string", "Code of the area (ONS GSS code)."),
    "area_name": ("string", "Name of the area."),
    "value": ("number", "The published figure. Empty where the marker says why there is none."),
    "numerator": ("number", "How many of them, where published."),
    "denominator": ("number", "Out of how many, where published."),
    "lower": ("number", "Lower limit of the 95 % interval, where published."),
    "upper": ("number", "Upper limit of the 95 % interval, where published."),
    "marker": ("string", "Shorthand of official statistics, such as p (provisional)."),
    "note": ("string", "What to know about this figure."),
}
_CONSTRAINTS: Mapping[str, Mapping[str, Any]] = {
    "period": {"required": True},
    "programme": {"required": True},
    "area": {"required": True},
    "denominator": {"minimum": 0},
    "marker": {"pattern": r"[\[\] a-z]*"},
}


def package(
    card: Card[Measurable], context: Context, folder: str, said: str, before: Sequence[str]
) -> dict[str, Any]:
    """datapackage.json beside a table. It can be read alone: the areas are in it."""
    indicator, settings = card.indicator, context.settings
    placed = "area" in before
    table = {
        "$schema": RESOURCE_PROFILE,
        "name": "data",
        "type": "table",
        "title": indicator.title,
        "path": "data.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": _schema(card, before, placed=placed),
    }
    return {
        "$schema": PROFILE,
        "id": f"{context.cited.address(folder)}datapackage.json",
        "name": indicator.slug,
        "title": indicator.title,
        "description": f"{said}{indicator.plain} {indicator.definition}".strip(),
        "homepage": context.cited.address(folder),
        "version": settings.edition.id,
        "created": f"{settings.edition.date.isoformat()}T00:00:00Z",
        "licenses": _licences(indicator, context),
        "contributors": _contributors(indicator, context),
        "sources": [
            {"title": f"{source.publisher}: {source.title}", "path": source.url}
            for source in (indicator.source,)
            if source is not None
        ],
        "resources": [table, _areas(card, context)] if placed else [table],
    }


def _schema(card: Card[Measurable], before: Sequence[str], *, placed: bool) -> dict[str, Any]:
    columns = card.observations.breakdowns
    groups = {b.column: b for b in card.indicator.breakdowns}
    schema = {
        "$schema": TABLE_PROFILE,
        "fieldsMatch": "exact",
        "fields": [
            _group(groups[name]) if name in groups else _field(name, card.indicator)
            for name in (*before, *columns, *AFTER)
        ],
        "primaryKey": [*(name for name in before if name != "area_name"), *columns],
        "missingValues": [""],
    }
    if placed:
        reference = {"resource": AREAS, "fields": ["code"]}
        schema["foreignKeys"] = [{"fields": ["area"], "reference": reference}]
    return schema


def _field(name: str, indicator: Measurable) -> dict[str, Any]:
    kind, description = _FIELDS[name]
    field: dict[str, Any] = {"name": name, "type": kind, "description": description}
    if name == "value":
        field["title"] = indicator.unit_label
    if name in _CONSTRAINTS:
        field["constraints"] = dict(_CONSTRAINTS[name])
    return field


def _group(breakdown: Breakdown) -> dict[str, Any]:
    allowed = list(dict.fromkeys((breakdown.total, *breakdown.groups)))
    return {
        "name": breakdown.column,
        "type": "string",
        "title": breakdown.title,
        "constraints": {"required": True, "enum": allowed},
    }


def _areas(card: Card[Measurable], context: Context) -> dict[str, Any]:
    """The areas that this table tells of."""
    told = set(card.observations.frame["area"].unique())
    rows = [[area.code, area.name] for area in context.areas if area.code in told]
    return {
        "$schema": RESOURCE_PROFILE,
        "name": AREAS,
        "type": "table",
        "title": "Areas",
        "data": [["code", "name"], *rows],
        "schema": {
            "$schema": TABLE_PROFILE,
            "fields": [
                {"name": "code", "type": "string", "constraints": {"required": True}},
                {"name": "name", "type": "string", "constraints": {"required": True}},
            ],
            "primaryKey": ["code"],
        },
    }


def _licences(indicator: Measurable, context: Context) -> list[dict[str, str]]:
    """The book's licence; or the source's own, at the publication where it is given."""
    settings, source = context.settings, indicator.source
    if source is None or source.licence in ("", settings.licence):
        return [{"title": settings.licence, "path": settings.licence_url}]
    return [{"title": source.licence, "path": source.url}]


def _contributors(indicator: Measurable, context: Context) -> list[dict[str, Any]]:
    made = [{"title": context.settings.publisher, "roles": ["publisher"]}]
    if indicator.source is not None:
        made.insert(0, {"title": indicator.source.publisher, "roles": ["creator"]})
    return made
