"""The whole book as one data package in one file, `data/databook.zip`."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from databook.observations import Context

PATH = "data/databook.zip"
# Zip has no time zone and no year before 1980; any fixed moment keeps the bytes the same.
MOMENT = (1980, 1, 1, 0, 0, 0)
README = """{title}
Edition {edition} of {date}, published by {publisher}. {notice}

datapackage.json describes every table in this archive; each table holds the figures of one
indicator, in the folder of that name, or of one measure, under programmes.
Licence: {licence}, {licence_url}
Newest edition, definitions and explanations: {address}
"""


def bundle(context: Context, files: Mapping[str, bytes]) -> bytes:
    """Pack the tables, given by their paths in the site, and describe them together.

    Stored, not compressed: compressors of different machines give different bytes, and a book
    is to be the same bytes everywhere. Most hosts compress on the way.
    """
    inside: dict[str, bytes] = {}
    resources = []
    for path in sorted(files):
        if not path.endswith("/datapackage.json"):
            continue
        folder = path.removesuffix("datapackage.json")
        name = folder.removeprefix("indicators/").strip("/")
        described = json.loads(files[path])
        for resource in described["resources"]:
            data = files[folder + resource["path"]]
            inside[f"{name}/{resource['path']}"] = data
            resources.append(
                {
                    **resource,
                    "name": name.replace("/", ".")
                    if len(described["resources"]) == 1
                    else resource["name"],
                    "title": described["title"],
                    "description": described["description"],
                    "path": f"{name}/{resource['path']}",
                    "sources": described["sources"],
                }
            )
    inside["datapackage.json"] = _describe(context, resources)
    inside["README.txt"] = _readme(context)
    return _pack(inside)


def _describe(context: Context, resources: Sequence[Mapping[str, Any]]) -> bytes:
    settings = context.settings
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "databook",
        "title": settings.title,
        "description": settings.summary,
        "homepage": settings.address,
        "version": settings.edition.id,
        "licenses": [{"title": settings.licence, "path": settings.licence_url}],
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
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, MOMENT)
            entry.create_system = 3  # else it tells whether Windows or another made it
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[path])
    return whole.getvalue()
