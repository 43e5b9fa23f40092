"""What pages and the catalogue tell other programs of the data: Google's rules, and DCAT."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, Graph, Literal, URIRef

from books import contents
from databook.site.policy import POLICY

# Of "Dataset (Dataset, DataCatalog, DataDownload) structured data" in Google Search's guide.
REQUIRED = ("name", "description")
RECOMMENDED = (
    "creator", "citation", "identifier", "isAccessibleForFree", "keywords", "license",
    "spatialCoverage", "temporalCoverage", "variableMeasured", "version", "url",
    "includedInDataCatalog", "distribution",
)  # fmt: skip
ELEMENT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def told(page: Path) -> dict[str, Any]:
    """The JSON-LD of a page."""
    (text,) = ELEMENT.findall(page.read_text(encoding="utf-8"))
    found: dict[str, Any] = json.loads(text)
    return found


def check_dataset(found: dict[str, Any]) -> None:
    for name in REQUIRED:
        assert isinstance(found[name], str)
        assert found[name]
    assert 50 <= len(found["description"]) <= 5000
    for address in ("url", "license", "identifier"):
        assert found[address].startswith("https://")
    assert found["creator"]["@type"] == "Organization"
    assert found["creator"]["name"]
    for download in found["distribution"]:
        assert download["@type"] == "DataDownload"
        assert download["contentUrl"].startswith("https://")
        assert "/" in download["encodingFormat"]


def test_every_indicators_page_is_a_dataset_by_googles_rules(demonstration: Path) -> None:
    pages = sorted(demonstration.glob("indicators/*/index.html"))
    assert len(pages) > 30
    files = contents(demonstration)
    for page in pages:
        found = told(page)
        assert found["@context"] == "https://schema.org/"
        assert found["@type"] == "Dataset"
        check_dataset(found)
        for name in RECOMMENDED:
            assert found.get(name) not in (None, "", [], {}), (page, name)
        first, last = map(date.fromisoformat, found["temporalCoverage"].split("/"))
        assert first < last
        (canonical,) = re.findall(r'rel="canonical" href="(.*?)"', page.read_text("utf-8"))
        assert found["url"] == unescape(canonical), "a draft is told of at its one address"
        home = canonical.removesuffix(page.parent.relative_to(demonstration).as_posix() + "/")
        for download in found["distribution"]:
            assert download["contentUrl"].removeprefix(home) in files


def test_the_page_of_downloads_is_a_catalogue_and_a_dataset(demonstration: Path) -> None:
    found = told(demonstration / "data/index.html")
    assert found["@type"] == "DataCatalog"
    check_dataset(found["dataset"])
    assert len(found["dataset"]["distribution"]) >= 4


def test_json_ld_is_data_that_no_policy_needs_to_allow(demonstration: Path) -> None:
    """Such an element is never run; nothing else may stand inline, and the policy stays strict."""
    assert "unsafe-inline" not in POLICY
    page = (demonstration / "indicators/school-absence/index.html").read_text(encoding="utf-8")
    inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", page)
    assert inline == [' type="application/ld+json"']


@pytest.fixture(scope="module")
def graph(demonstration: Path) -> Graph:
    return Graph().parse(demonstration / "data/catalog.jsonld", format="json-ld")


def test_the_catalogue_is_dcat_with_every_indicator(graph: Graph, demonstration: Path) -> None:
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    for need in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.license):
        assert graph.value(catalogue, need)
    # As those want it who check a catalogue against the shapes of DCAT-AP, and infer nothing.
    assert isinstance(graph.value(catalogue, DCTERMS.language), URIRef)
    for told in (DCTERMS.publisher, DCTERMS.creator):
        for agent in graph.objects(None, told):
            assert (agent, RDF.type, FOAF.Agent) in graph
    datasets = set(graph.objects(catalogue, DCAT.dataset))
    assert datasets == set(graph.subjects(RDF.type, DCAT.Dataset))
    index = json.loads((demonstration / "api/v1/indicators.json").read_bytes())
    assert len(datasets) == len(index["indicators"]) + 1
    for dataset in datasets:
        assert graph.value(dataset, DCTERMS.title)
        publisher = graph.value(dataset, DCTERMS.publisher)
        assert graph.value(publisher, FOAF.name)
        issued = graph.value(dataset, DCTERMS.issued)
        assert isinstance(issued, Literal)
        assert issued.datatype == XSD.date
        assert isinstance(issued.toPython(), date)


def test_everything_the_catalogue_offers_is_there(graph: Graph, demonstration: Path) -> None:
    files = contents(demonstration)
    home = json.loads((demonstration / "api/v1/index.json").read_bytes())["edition"]["newest"]
    offered = 0
    for distribution in graph.subjects(RDF.type, DCAT.Distribution):
        address = graph.value(distribution, DCAT.downloadURL)
        assert isinstance(address, URIRef)
        assert address.removeprefix(home) in files
        assert str(graph.value(distribution, DCAT.mediaType)).startswith("https://www.iana.org/")
        assert graph.value(distribution, DCTERMS.license)
        offered += 1
    assert offered > 60
