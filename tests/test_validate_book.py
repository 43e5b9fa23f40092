"""The book around its indicators: settings, places, frameworks, all together, and its links."""

from __future__ import annotations

from dataclasses import replace

import pytest

import tiny
from databook import validate
from databook.observations import Card, Context
from databook.problems import Checked
from databook.sources import Narrative, Package

SETTINGS = (tiny.ROOT / "scorecards/databook.yaml").read_text("utf-8")
FRAMEWORK = (tiny.ROOT / "scorecards/frameworks/good-start.yaml").read_text("utf-8")
AREAS = (tiny.ROOT / "scorecards/areas/areas.csv").read_text("utf-8")
NEIGHBOURS = (tiny.ROOT / "scorecards/areas/neighbours.csv").read_text("utf-8")


def swapped(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


def around(
    settings: str = "", framework: str = "", areas: str = "", neighbours: str = ""
) -> Checked[Context]:
    sources = tiny.sources()
    if settings:
        document = tiny.document(settings, "scorecards/databook.yaml")
        sources = replace(sources, settings=document)
    if framework:
        document = tiny.document(framework, "scorecards/frameworks/good-start.yaml")
        sources = replace(sources, frameworks={"good-start": document})
    if areas or neighbours:
        assert sources.areas is not None
        tables = {
            "areas": tiny.table(areas or AREAS, "scorecards/areas/areas.csv"),
            "neighbours": tiny.table(neighbours or NEIGHBOURS, "scorecards/areas/neighbours.csv"),
        }
        package = Package(descriptor=sources.areas.descriptor, tables=tables)
        sources = replace(sources, areas=package)
    return validate.context(sources)


def test_the_tiny_book_says_where_it_is_and_who_its_neighbours_are() -> None:
    context = tiny.context()
    assert context.place.name == "Northwick"
    assert context.neighbour_codes == ("N2",)
    assert [a.code for a in context.areas] == ["N1", "N2", "R1", "C1"]
    assert [f.slug for f in context.frameworks] == ["good-start"]


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("place: N1", "place: N7", "place-unknown", 8),
        ("country: C1", "country: C2", "place-unknown", 16),
        ("org/tiny/", "org/tiny", "address-incomplete", 11),
        ("  id: 2026-q1", "  id: 2026 Q1", "pattern-wrong", 13),
        ("format: 1", "format: 2", "choice-unknown", 2),
        ("kind: databook", "kind: indicator", "choice-unknown", 3),
        (
            "contact: nobody",
            "rating_schemes: [{id: a, title: A, green: 80, amber: 90}]\ncontact: nobody",
            "scheme-unsound",
            10,
        ),
    ],
)
def test_settings_that_cannot_be_are_told(old: str, new: str, code: str, line: int) -> None:
    found = around(settings=swapped(SETTINGS, old, new))
    assert [(p.code, p.place.line) for p in found.problems] == [(code, line)]
    assert found.value is not None


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("slug: playing-outside", "slug: ready-to-learn", "outcome-duplicate", 12),
        (
            "    development:",
            "    speaks_to: [good-start/playing-in]\n    development:",
            "crosswalk-unknown",
            15,
        ),
        (
            "    development:",
            "    speaks_to: [good-start/ready-to-learn]\n    development:",
            "crosswalk-unknown",
            15,
        ),
        ("Children play outside", "The rate of playing outside is high", "outcome-data", 14),
        ("Children play outside", "90 % of children play", "outcome-data", 14),
        ("Children come to", "By reducing absence children come to", "outcome-change", 11),
    ],
)
def test_frameworks_that_cannot_be_are_told(old: str, new: str, code: str, line: int) -> None:
    found = around(framework=swapped(FRAMEWORK, old, new))
    assert [(p.code, p.place.line) for p in found.problems] == [(code, line)]


@pytest.mark.parametrize(
    "text",
    [
        "Young people stay out of trouble",
        "A community without graffiti",
        "Children generate ideas and operate together",
        "Babies have a good first year",
    ],
)
def test_a_plain_condition_is_an_outcome(text: str) -> None:
    assert around(framework=swapped(FRAMEWORK, "Children play outside", text)).problems == ()


@pytest.mark.parametrize(
    ("areas", "neighbours", "code"),
    [
        (AREAS + "N1,Northwick again,ward,,,\n", "", "area-duplicate"),
        (AREAS.replace("region,C1", "region,C9"), "", "area-parent-unknown"),
        (AREAS.replace("N2,Southwick", "N2,"), "", "area-incomplete"),
        ("", NEIGHBOURS + "N1,N8,2,far\n", "neighbour-unknown"),
        ("", NEIGHBOURS + "N1,R1,1,far\n", "neighbour-rank"),
        ("", NEIGHBOURS + "N1,R1,0,far\n", "neighbour-rank"),
        (AREAS.replace("code,", "id,"), "", "column-missing"),
    ],
)
def test_places_that_cannot_be_are_told(areas: str, neighbours: str, code: str) -> None:
    codes = tiny.codes(around(areas=areas, neighbours=neighbours).problems)
    assert code in codes


def test_unreadable_areas_do_not_make_every_code_unknown() -> None:
    sources = replace(tiny.sources(), areas=None)
    found = validate.context(sources)
    assert found.problems == ()
    assert found.value is not None
    assert validate.card(sources.indicators["reading"], found.value).problems == ()


def test_without_settings_the_rest_is_checked_all_the_same() -> None:
    found = validate.context(replace(tiny.sources(), settings=None))
    assert found.problems == ()  # `load` has said that they cannot be read
    assert found.value is not None
    assert validate.card(tiny.sources().indicators["reading"], found.value).problems == ()


def cards(count: int, **changes: object) -> list[Card]:
    card = tiny.card().value
    assert card is not None
    made = []
    for number in range(count):
        own = {"slug": f"n{number}", "title": f"T{number}", "short": f"S{number}", **changes}
        made.append(replace(card, indicator=replace(card.indicator, **own)))
    return made


def test_two_indicators_under_one_title_are_told() -> None:
    found = validate.across(tiny.context(), cards(2, title="Same"))
    assert [(p.code, p.place.path) for p in found] == [
        ("title-duplicate", "scorecards/indicators/n1/indicator.yaml")
    ]


def test_more_than_five_headlines_are_doubted() -> None:
    assert validate.across(tiny.context(), cards(5, standing="headline")) == ()
    from databook.model import Standing

    six = cards(6, standing=Standing.HEADLINE)
    found = validate.across(tiny.context(), six, tiny.sources())
    assert [(p.code, p.place.line) for p in found] == [("headlines-many", 9)]
    assert validate.across(tiny.context(), six[:5], tiny.sources()) == ()


def test_an_outcome_without_measure_is_told_once_all_indicators_are_there() -> None:
    found = validate.across(tiny.context(), [], tiny.sources())
    assert [(p.code, p.place.line) for p in found] == [("outcome-unmeasured", 9)]
    named = frozenset({"good-start/redy-to-learn"})  # by an indicator with this very mistake
    assert validate.across(tiny.context(), [], tiny.sources(), claimed=named) == ()
    assert validate.across(tiny.context(), [], tiny.sources(), claimed=None) == ()


def narrative(path: str, text: str) -> Narrative:
    return Narrative(path=path, text=text, html="")


def test_a_link_that_leads_to_no_page_is_told_with_its_line() -> None:
    pages = [
        narrative(
            "content/index.md",
            "Hello\n\nSee [this](method/index.md#how-it-works) and [x](abuot.md).",
        ),
        narrative(
            "content/about.md", "[home](index.md), [web](https://example.org/x.md), [#](#a)\n\n## A"
        ),
        narrative(
            "content/method/index.md",
            "## How it *works*\n\n[up](../about.md)\n\n```\n[code](no.md)\n```\n",
        ),
    ]
    (problem,) = validate.content(pages)
    assert (problem.place.path, problem.place.line) == ("content/index.md", 3)
    assert "“about.md”" in problem.fix
    assert problem.place.column == 50


def test_a_name_may_pass_from_a_place_that_ended_to_one_that_began_later() -> None:
    rows = (
        "O1,Eastwick,local-authority,R1,,2019-03-31\nO2,Eastwick,local-authority,R1,2019-04-01,\n"
    )
    found = around(areas=AREAS + rows)
    assert not found.problems
    assert found.value is not None
    assert [found.value.area[code].name for code in ("O1", "O2")] == [
        "Eastwick (until March 2019)",
        "Eastwick",
    ]
    both = around(areas=AREAS + rows.replace("2019-03-31", "2019-04-01"))
    assert tiny.codes(both.problems) == ["area-alike"]
