"""The book and its indicators as data sets: schema.org for search engines, DCAT for catalogues."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from databook.citing import citation
from databook.findings import Finding
from databook.model import Indicator
from databook.observations import Context
from databook.periods import PeriodType
from databook.render.api.one_indicator import files
from databook.render.entries import Entry
from databook.render.json_lists import listing, plain_json

PATH = "data/catalog.jsonld"
MEDIA = "https://www.iana.org/assignments/media-types/"
FREQUENCIES = "http://publications.europa.eu/resource/authority/frequency/"
LANGUAGES = "http://id.loc.gov/vocabulary/"
# Google asks for descriptions of 50 to 5,000 characters.
LEAST, MOST = 50, 4_900
CONTEXT: Mapping[str, Any] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "Day": "xsd:date",
}
_FREQUENCY = {PeriodType.MONTH: "MONTHLY", PeriodType.QUARTER: "QUARTERLY"}


def dataset(indicator: Indicator, finding: Finding, context: Context) -> str:
    """The element for an indicator's page that tells search engines of its figures.

    It is data and never run, so the page's security policy has nothing to say of it.
    """
    settings, book, source = context.settings, context.cited, indicator.source
    page = f"indicators/{indicator.slug}/"
    here, known = book.address(page), finding.own.known
    beside = files(page, indicator.slug)
    data = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": f"{here}#dataset",
        "name": indicator.title,
        "description": described(indicator.plain, indicator.definition, context),
        "url": here,
        "identifier": here,
        "version": book.edition,
        "license": settings.licence_url,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": source.publisher, "url": source.url},
        "publisher": {"@type": "Organization", "name": settings.publisher, "url": book.home},
        "datePublished": settings.edition.date.isoformat(),
        "dateModified": source.released,
        "citation": citation(book, indicator.title, page, f"{source.publisher}, {source.title}"),
        "isBasedOn": source.url,
        "spatialCoverage": {"@type": "Place", "name": context.place.name},
        **(
            {"temporalCoverage": f"{known[0].period.start}/{known[-1].period.end}"} if known else {}
        ),
        "keywords": [*indicator.synonyms, indicator.topic],
        "variableMeasured": {
            "@type": "PropertyValue",
            "name": indicator.title,
            "unitText": indicator.unit_label,
        },
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": settings.title,
            "url": book.address("data/"),
        },
        "distribution": [
            _download("text/csv", book.address(beside.csv), "CSV"),
            _download("application/json", book.address(beside.observations), "JSON"),
        ],
    }
    return embedded(data)


def catalogue_element(context: Context, entries: Sequence[Entry]) -> str:
    """The element for the page of downloads: the book as one data set in a catalogue of them."""
    settings, book = context.settings, context.cited
    spans = [p.period for e in entries for p in e.finding.own.known]
    data = {
        "@context": "https://schema.org/",
        "@type": "DataCatalog",
        "name": settings.title,
        "description": described(settings.summary, "", context),
        "url": book.address("data/"),
        "license": settings.licence_url,
        "publisher": {"@type": "Organization", "name": settings.publisher, "url": book.home},
        "dataset": {
            "@type": "Dataset",
            "@id": f"{book.address('data/')}#dataset",
            "name": f"{settings.title}: all figures",
            "description": described(settings.summary, "", context),
            "url": book.address("data/"),
            "identifier": book.address("data/"),
            "version": book.edition,
            "license": settings.licence_url,
            "isAccessibleForFree": True,
            "creator": {"@type": "Organization", "name": settings.publisher, "url": book.home},
            "datePublished": settings.edition.date.isoformat(),
            "citation": citation(book, settings.title, "data/"),
            "spatialCoverage": {"@type": "Place", "name": context.place.name},
            **(
                {"temporalCoverage": f"{min(p.start for p in spans)}/{max(p.end for p in spans)}"}
                if spans
                else {}
            ),
            "keywords": sorted({entry.indicator.topic for entry in entries}),
            "distribution": [
                _download(kind, book.address(path), name) for name, kind, path in BOOK_FILES
            ],
        },
    }
    link = '<link rel="alternate" type="application/ld+json" href="catalog.jsonld">'
    return f"{embedded(data)}\n{link}"


BOOK_FILES = (
    ("Parquet", "application/vnd.apache.parquet", "data/observations.parquet"),
    (
        "Spreadsheet",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "data/databook.xlsx",
    ),
    ("Data Package (zip)", "application/zip", "data/databook.zip"),
    ("JSON", "application/json", "api/v1/index.json"),
)


def described(plain: str, definition: str, context: Context) -> str:
    """A description of the length that search engines take."""
    text = f"{plain} {definition}".strip()
    if len(text) < LEAST:
        text = f"{text} Published by {context.settings.publisher} in {context.settings.title}."
    return text if len(text) <= MOST else f"{text[:MOST]}…"


def embedded(data: Mapping[str, Any]) -> str:
    """JSON-LD for the head of a page. "<" alone could end the element early."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'


def _download(kind: str, address: str, name: str) -> dict[str, str]:
    return {
        "@type": "DataDownload",
        "name": name,
        "encodingFormat": kind,
        "contentUrl": address,
    }


# --- DCAT ------------------------------------------------------------------------------------


def catalogue(context: Context, entries: Sequence[Entry]) -> bytes:
    """data/catalog.jsonld: a DCAT catalogue that can be read without fetching anything else."""
    settings, book = context.settings, context.cited
    page = book.address("data/")
    whole = {
        "@id": f"{page}#dataset",
        "@type": "dcat:Dataset",
        "dct:title": _said(f"{settings.title}: all figures", context),
        "dct:description": _said(settings.summary, context),
        "dct:identifier": page,
        "dct:publisher": _agent(settings.publisher),
        "dct:issued": _day(settings.edition.date.isoformat()),
        "dct:spatial": _place(context),
        "dcat:version": book.edition,
        "dcat:landingPage": {"@id": page},
        "dcat:distribution": [
            _distribution(name, kind, book.address(path), page, context)
            for name, kind, path in BOOK_FILES
        ],
    }
    catalogue = {
        "@context": CONTEXT,
        "@id": book.address(PATH),
        "@type": "dcat:Catalog",
        "dct:title": _said(settings.title, context),
        "dct:description": _said(settings.summary, context),
        "dct:publisher": _agent(settings.publisher),
        "dct:language": {"@id": _language(settings.language)},
        "dct:license": {"@id": settings.licence_url},
        "dct:issued": _day(settings.edition.date.isoformat()),
        "dcat:version": book.edition,
        "foaf:homepage": {"@id": book.address("")},
        "dct:spatial": _place(context),
        "dcat:dataset": [],
    }
    return listing(catalogue, [plain_json(whole), *(entry.lines.catalogued for entry in entries)])


def catalogued(finding: Finding, indicator: Indicator, context: Context) -> bytes:
    """What the catalogue says of one indicator."""
    book, url = context.cited, f"indicators/{indicator.slug}/"
    source, page = indicator.source, book.address(url)
    beside = files(url, indicator.slug)
    known = finding.own.known
    when = {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": _day(known[0].period.start.isoformat()),
        "dcat:endDate": _day(known[-1].period.end.isoformat()),
    } if known else None  # fmt: skip
    frequency = _FREQUENCY.get(indicator.periods, "ANNUAL")
    return plain_json(
        {
            "@id": f"{page}#dataset",
            "@type": "dcat:Dataset",
            "dct:title": _said(indicator.title, context),
            "dct:description": _said(indicator.plain, context),
            "dct:identifier": page,
            "dct:creator": _agent(source.publisher),
            "dct:publisher": _agent(context.settings.publisher),
            "dct:issued": _day(context.settings.edition.date.isoformat()),
            "dct:source": {"@id": source.url},
            "dct:spatial": _place(context),
            **({"dct:temporal": when} if when else {}),
            "dct:accrualPeriodicity": {"@id": f"{FREQUENCIES}{frequency}"},
            "dcat:keyword": [*indicator.synonyms, indicator.topic],
            "dcat:version": book.edition,
            "dcat:landingPage": {"@id": page},
            "dcat:distribution": [
                _distribution("CSV", "text/csv", book.address(beside.csv), page, context),
                _distribution(
                    "JSON", "application/json", book.address(beside.observations), page, context
                ),
            ],
        }
    )


def _distribution(
    name: str, kind: str, address: str, page: str, context: Context
) -> dict[str, Any]:
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": _said(name, context),
        "dcat:downloadURL": {"@id": address},
        "dcat:accessURL": {"@id": page},
        "dcat:mediaType": {"@id": f"{MEDIA}{kind}"},
        "dct:license": {"@id": context.settings.licence_url},
    }


def _agent(name: str) -> dict[str, Any]:
    # Both, since most who check a catalogue do not know that the one is a kind of the other.
    return {"@type": ["foaf:Agent", "foaf:Organization"], "foaf:name": name}


def _language(tag: str) -> str:
    """A language as DCAT wants it named (DCAT 3, 6.4.8): by the Library of Congress."""
    code = tag.partition("-")[0]
    return f"{LANGUAGES}iso639-{1 if len(code) == 2 else 2}/{code}"


def _place(context: Context) -> dict[str, str]:
    return {
        "@type": "dct:Location",
        "dct:identifier": context.place.code,
        "dct:title": context.place.name,
    }


def _said(text: str, context: Context) -> dict[str, str]:
    return {"@value": text, "@language": context.settings.language}


def _day(text: str) -> dict[str, str]:
    return {"@value": text, "@type": "xsd:date"}
