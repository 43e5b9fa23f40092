"""The whole way on one page: eight rows of data, stage by stage, to a page and its files.

Read it from top to bottom. Each test starts from the value that the one before ended with; what a
stage makes of the little book stands beside the call.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from inline_snapshot import snapshot

from databook import analyse, draw, load, problems, protect, render, validate, words
from databook.findings import Verdict

INDICATOR = """\
format: 1
kind: indicator
title: Young people who smoke
short: Young smokers
plain: The share of fifteen-year-olds who smoke every week.
reads_as: "{value} of fifteen-year-olds in {place} smoked every week"
population: Fifteen-year-olds living in the town
unit: percent
unit_label: "% of fifteen-year-olds"
better: lower
standing: secondary
outcomes: [town/healthy]
periods: calendar-year
definition: Answered "every week" to the yearly school survey, over all who answered.
topic: Health
source: {publisher: Town survey, title: School survey, url: "https://example.org/survey", released: 2025-06}
target: {period: 2026, value: 8, set_by: An example, illustrative: true}
"""
DATA = """\
period,area,value,numerator,denominator,marker
2021,T1,12.0,240,2000,
2022,T1,11.5,230,2000,
2023,T1,,,,x
2024,T1,9.0,180,2000,p
2021,C1,12.5,25000,200000,
2022,C1,12.1,24200,200000,
2023,C1,11.9,23800,200000,
2024,C1,11.6,23200,200000,
"""
BOOK = {
    "databook.yaml": """\
format: 1
kind: databook
title: A town's data book
short_title: Town data book
summary: How young people in the town are doing.
publisher: The town
place: T1
population: young people
contact: nobody
address: https://example.org/town/
edition: {id: 2025-q3, date: 2025-09-01}
comparisons: {country: C1}
""",
    "areas/datapackage.yaml": """\
name: areas
resources:
- {name: areas, path: areas.csv, format: csv, encoding: utf-8, schema: {fields: [{name: code, type: string}, {name: name, type: string}, {name: level, type: string}, {name: parent, type: string}, {name: valid_from, type: string}, {name: valid_to, type: string}]}}
- {name: neighbours, path: neighbours.csv, format: csv, encoding: utf-8, schema: {fields: [{name: area, type: string}, {name: neighbour, type: string}, {name: rank, type: integer}, {name: closeness, type: string}]}}
""",
    "areas/areas.csv": "code,name,level,parent,valid_from,valid_to\nT1,Town,local-authority,C1,,\nC1,Country,country,,,\n",
    "areas/neighbours.csv": "area,neighbour,rank,closeness\n",
    "frameworks/town.yaml": """\
format: 1
kind: framework
title: The town's outcomes
summary: What the town wants for its young people.
population: young people
source: The town
outcomes:
- {slug: healthy, title: Healthy, statement: Young people in the town are healthy.}
""",
    "indicators/smoking/indicator.yaml": INDICATOR,
    "indicators/smoking/data.csv": DATA,
    "indicators/smoking/datapackage.yaml": """\
name: smoking
resources:
- {name: data, path: data.csv, format: csv, encoding: utf-8, schema: {fields: [{name: period, type: string}, {name: area, type: string}, {name: value, type: number}, {name: numerator, type: number}, {name: denominator, type: number}, {name: marker, type: string}], missingValues: [""]}}
""",
}


def write(files: dict[str, str]) -> Path:
    """Put a little book on disk."""
    root = Path(mkdtemp())
    for name, text in files.items():
        file = root / "scorecards" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


# --- each stage, from the one before ---------------------------------------------------------


@cache
def sources():
    return load.book(write(BOOK))


@cache
def context():
    return validate.context(sources().value).value


@cache
def card():
    return validate.card(sources().value.indicators["smoking"], context()).value


@cache
def safe():
    return protect.card(card(), context()).value


@cache
def finding():
    return analyse.card(safe(), context())


@cache
def charts():
    return draw.charts(finding(), card().indicator)


@cache
def page():
    return render.indicator_page(safe(), finding(), charts(), context())


def test_load_reads_text_and_remembers_where_each_piece_stands():
    document = sources().value.indicators["smoking"].document
    assert document.data["target"]["value"] == snapshot("8")
    place = document.place(("target", "value"))
    assert (place.path, place.line, place.column) == snapshot(
        ("scorecards/indicators/smoking/indicator.yaml", 17, 31)
    )


def test_validate_makes_typed_values_of_the_text():
    assert card().indicator.better == snapshot("lower")
    frame = card().observations.frame.filter(area="T1")
    assert frame.select("code", "step", "value", "marker").rows() == snapshot(
        [
            ("2021", 2021, 12.0, None),
            ("2022", 2022, 11.5, None),
            ("2023", 2023, None, "x"),
            ("2024", 2024, 9.0, "p"),
        ]
    )


def test_protect_hands_on_only_what_may_be_published():
    assert safe().observations.frame["numerator"].drop_nulls().min() == snapshot(180.0)


def test_analyse_finds_what_the_figures_can_carry_and_no_more():
    found = finding()
    assert found.comparisons[0].verdict is Verdict.BETTER
    assert [
        round(n, 2) for n in (found.own.latest.interval.lower, found.own.latest.interval.upper)
    ] == snapshot([7.82, 10.33])
    assert (found.rating.word, round(found.rating.share_of_target, 4)) == snapshot(("red", 0.875))
    assert found.turn.reason == snapshot(
        "No forecast has been made and kept yet to judge the figure by."
    )
    assert found.trend.reason == snapshot("It needs 5 yearly figures in a row, and there are 3.")


def test_words_say_it_in_a_sentence():
    assert words.headline(finding(), card().indicator) == snapshot(
        (
            "In 2024, 9.0% of fifteen-year-olds in Town smoked every week (provisional): better than Country (11.6%).",
            "That is an improvement: it has fallen from 11.5% in 2022.",
        )
    )


def test_draw_leaves_the_gap_open_and_marks_what_is_provisional():
    svg = charts().trend.wide
    assert svg.startswith("<svg")
    assert "Town" in svg
    assert charts().trend.description == snapshot(
        "Town fell from 12.0% in 2021 to 9.0% in 2024 (provisional); Country had 11.6%. No figure for 2023: not published."
    )


def test_render_answers_before_it_shows():
    assert page().path == snapshot("indicators/smoking/")
    content = page().content
    assert content.index("db-finding") < content.index("<svg") < content.index("<table")
    assert sorted(render.downloads(safe(), finding(), charts(), context())) == snapshot(
        [
            "indicators/smoking/data.csv",
            "indicators/smoking/datapackage.json",
            "indicators/smoking/trend.vl.json",
        ]
    )
    leaving = render.indicator_shared(safe(), finding(), charts(), context(), {})
    assert sorted(leaving) == snapshot(
        ["indicators/smoking/embed/index.html", "indicators/smoking/trend.svg"]
    )


def test_four_mistakes_are_told_all_at_once_with_their_places():
    wrong = BOOK | {
        "indicators/smoking/indicator.yaml": INDICATOR.replace("better: lower", "beter: lower")
        .replace("town/healthy", "town/helthy")
        .replace("percent\n", "percentage\n"),
        "indicators/smoking/data.csv": DATA.replace("2024,T1,9.0", "2024,T1,9.O"),
    }
    read = load.book(write(wrong))
    around = validate.context(read.value)
    checked = validate.card(read.value.indicators["smoking"], around.value)
    found = problems.in_order([*read.problems, *around.problems, *checked.problems])
    assert "\n".join(problems.as_text(p) for p in found) == snapshot("""\
scorecards/indicators/smoking/data.csv:5:9: error table-number “9.O” in column “value” is not a plain number.
    why: Every figure and word in a book must have one meaning, whichever program reads it.
    mend: Write “9.0”: digits with a point if need be, and nothing else.

scorecards/indicators/smoking/indicator.yaml:8:7: error choice-unknown “unit” is “percentage”, which is not one of its values.
    why: Only the listed words have a meaning that pages and judgements can rest on.
    mend: Did you mean “percent”? Write “percent”, “rate”, “count”, “score”, “ratio”, “money” or “days”.

scorecards/indicators/smoking/indicator.yaml:10:1: error key-unknown “beter” is not a key that databook knows here.
    why: A key that databook does not know would never be published, and nobody would notice.
    mend: Did you mean “better”?

scorecards/indicators/smoking/indicator.yaml:12:12: error outcome-unknown There is no outcome “town/helthy”.
    why: An indicator counts only as far as it says something of an outcome that the book has.
    mend: Did you mean “town/healthy”? Write “town/healthy”.
""")


def test_the_day_is_the_editions_and_not_the_clocks():
    assert context().settings.edition.date == date(2025, 9, 1)
    assert finding().age_days == snapshot(244)
