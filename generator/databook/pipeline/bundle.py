"""All tables of the book together: described at the root of the site, and packed in one file."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from databook.observations import Context

ZIP, PACKAGE, AREAS = "data/databook.zip", "datapackage.json", "data/areas.csv"
PROFILES = "https://datapackage.org/profiles/2.0/"
# Zip has no time zone and no year before 1980; any fixed moment keeps the bytes the same.
MOMENT = (1980, 1, 1, 0, 0, 0)
README = """{title}
Edition {edition} of {date}, published by {publisher}. {notice}

datapackage.json describes every table in this archive; each table holds the figures of one
indicator, in the folder of that name, or of one measure, under programmes.
Licence: {licence}, {licence_url}
Newest edition, definitions and explanations: {address}
"""
AREA_FIELDS = ("code", "name", "level", "parent", "valid_from", "valid_to")
NEEDED = ("code", "name", "level")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One table: its description, where it stands in the site, and where in the archive."""

    described: Mapping[str, Any]
    site: str
    inside: str


def together(context: Context, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Describe and pack the tables, given with their packages by their paths in the site.

    A package's paths may not climb out of its folder, so the one of the book is at the root.
    """
    parts = [
        Part(described=_areas(), site=AREAS, inside="areas.csv"),
        *(
            _part(path.removesuffix("datapackage.json"), json.loads(files[path]))
            for path in sorted(files)
            if path.endswith("/datapackage.json")
        ),
    ]
    here = [{**part.described, "path": part.site} for part in parts]
    packed = [{**part.described, "path": part.inside} for part in parts]
    inside = {part.inside: files[part.site] for part in parts}
    inside["datapackage.json"] = _package(context, packed)
    inside["README.txt"] = _readme(context)
    return {PACKAGE: _package(context, here), ZIP: _pack(inside)}


def _part(folder: str, package: Mapping[str, Any]) -> Part:
    """The table of a package; its areas are those of the book."""
    name = folder.removeprefix("indicators/").strip("/")
    (table,) = (resource for resource in package["resources"] if "path" in resource)
    described = {
        **table,
        "name": name.replace("/", "."),
        "title": package["title"],
        "description": package["description"],
        "licenses": package["licenses"],
        "sources": package["sources"],
    }
    return Part(described=described, site=folder + table["path"], inside=f"{name}/{table['path']}")


def _areas() -> dict[str, Any]:
    return {
        "$schema": f"{PROFILES}dataresource.json",
        "name": "areas",
        "type": "table",
        "title": "Areas that figures may be about",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "$schema": f"{PROFILES}tableschema.json",
            "fields": [
                {"name": name, "type": "string"}
                | ({"constraints": {"required": True}} if name in NEEDED else {})
                for name in AREA_FIELDS
            ],
            "primaryKey": ["code"],
            "missingValues": [""],
        },
    }


def _package(context: Context, resources: list[dict[str, Any]]) -> bytes:
    settings, book = context.settings, context.cited
    package = {
        "$schema": f"{PROFILES}datapackage.json",
        "id": book.address(PACKAGE),
        "name": "databook",
        "title": settings.title,
        "description": settings.summary,
        "homepage": book.address(""),
        "version": settings.edition.id,
        "created": f"{settings.edition.date.isoformat()}T00:00:00Z",
        "licenses": [{"title": settings.licence, "path": settings.licence_url}],
        "contributors": [{"title": settings.publisher, "roles": ["publisher"]}],
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, allow_nan=False).encode()


def _readme(context: Context) -> bytes:
    settings = context.settings
    return README.format(
        title=settings.title,
        edition=settings.edition.id,
        date=settings.edition.date.isoformat(),
        publisher=settings.publisher,
        notice=settings.notice,
        licence=settings.licence,
        licence_url=settings.licence_url,
        address=settings.address,
    ).encode()


def _pack(files: Mapping[str, bytes]) -> bytes:
    """Stored, not compressed: compressors of different machines give different bytes, and a book
    is to be the same bytes everywhere. Most hosts compress on the way.
    """
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, MOMENT)
            entry.create_system = 3  # else it tells whether Windows or another made it
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[path])
    return whole.getvalue()
