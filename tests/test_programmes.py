"""Programmes: what the sources' sets hold, what the check finds, and what the pages say."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path

import pytest

import tiny
from databook import analyse, draw, protect, render, validate
from databook.observations import Context
from databook.pages import Page
from databook.performance import Performance, PerformanceFindings
from databook.pipeline.surroundings import surroundings
from databook.problems import Problem
from databook.programmes import Measure, Programme, Quadrant
from databook.render.measures import BY_IMPORTANCE, in_quadrant
from databook.sources import Folder, Package, Sources

ROOT = Path(__file__).parent.parent
AT = "scorecards/programmes/mentors/programme.yaml"
TEXT = """\
format: 1
kind: programme
title: Mentors of Tinytown
short: mentors
summary: Volunteers who help children to read.
service: Trains volunteers and matches them with children.
customers: Children who are matched with a mentor.
place: Tinytown
cited: Invented for the tests
measures:
  - slug: reading-better
    title: Children matched who read better
    short: Reading better (%)
    plain: The share of children matched with a mentor who read better.
    quadrant: effect-quality
    unit: percent
    unit_label: "% of children matched"
    decimals: 1
    better: higher
    customers: Children matched with a mentor
    pairs_with: reading-better-number
    contributes_to:
      - good-start/ready-to-learn
    contributes_to_indicators:
      - reading
    standing: headline
    periods: calendar-year
    definition: Children who read better, out of all matched.
    reads_as: "{value} of children matched by the {place} read better"
    source:
      publisher: Nobody
      title: Made-up figures
      url: https://example.org/
      released: 2026-01
    cited: Invented for the tests
  - slug: reading-better-number
    title: Children matched who read better (number)
    short: Reading better (#)
    plain: How many children matched with a mentor read better.
    quadrant: effect-quantity
    unit: count
    unit_label: children
    better: higher
    customers: Children matched with a mentor
    pairs_with: reading-better
    cited: Invented for the tests
  - slug: matches
    title: Children matched
    short: Matches
    plain: How many children were matched with a mentor.
    quadrant: effort-quantity
    unit: count
    unit_label: children
    better: neutral
    better_reason: More need is not better.
    customers: Children matched with a mentor
    cited: Invented for the tests
population_items:
  - title: Eleven-year-olds who read well
    kind: indicator
    contributes_to:
      - good-start/ready-to-learn
    indicator: reading
    cited: Invented for the tests
"""
ROWS = """\
measure,period,value,numerator,denominator
reading-better,2023,50.0,20,40
reading-better,2024,55.0,22,40
reading-better,2025,60.0,24,40
"""


def folder(text: str = TEXT, rows: str = ROWS) -> Folder:
    package = None
    if rows:
        path = "scorecards/programmes/mentors/data.csv"
        descriptor = tiny.document("name: mentors\n", "scorecards/programmes/mentors/d.yaml")
        package = Package(descriptor=descriptor, tables={"data": tiny.table(rows, path)})
    return Folder(
        slug="mentors", document=tiny.document(text, AT), package=package, story=None,
        forecasts=None,
    )  # fmt: skip


def checked(text: str = TEXT, rows: str = ROWS) -> tuple[Performance, list[Problem]]:
    """The programme through validate and protect, and all that is wrong with it."""
    empty = Sources(settings=None, areas=None, frameworks={}, indicators={})
    sources = replace(empty, programmes={"mentors": folder(text, rows)})
    found = validate.performance(sources, tiny.context(), frozenset({"reading"}))
    assert found.value is not None
    problems = [*found.problems]
    figures = {}
    if not found.errors:
        cards = validate.measured(sources, tiny.context(), found.value.programmes)
        problems += cards.problems
        for key, card in (cards.value or {}).items():
            safe = protect.measure(card, tiny.context())
            problems += safe.problems
            assert safe.value is not None
            figures[key] = safe.value
    return replace(found.value, figures=figures), problems


def changed(*pairs: tuple[str, str]) -> str:
    text = TEXT
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def found(performance: Performance, context: Context) -> PerformanceFindings:
    findings = analyse.performance(performance, context)
    charts = {
        key: draw.charts(finding, performance.figures[key].indicator)
        for key, finding in findings.measures.items()
    }
    return replace(findings, charts=charts)


@cache
def book() -> tuple[Context, Performance, PerformanceFindings]:
    """The demonstration book's other half."""
    around = surroundings(ROOT)
    assert around.context is not None
    return around.context, around.performance, found(around.performance, around.context)


@cache
def pages() -> dict[str, Page]:
    context, performance, findings = book()
    made = render.performance_pages(context, performance, findings, ())
    return {page.path: page for page in made}


def programme(slug: str) -> Programme:
    return next(p for p in book()[1].programmes if p.slug == slug)


def said(html: str) -> str:
    """What a reader reads, tags aside."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


# --- the sources' sets -----------------------------------------------------------------------

SLIDES = "Hutchinson, LSCB development day slides (2010), slide"
OTHER = "Hutchinson, Outcomes Focussed Practice slides (2007), slide"
# Measures in each quadrant, by importance, and population items kept apart.
SETS = {
    "proposed-national-indicators": (f"{SLIDES} 20", (1, 8, 0, 0), 2),
    "local-additions": (f"{SLIDES} 21", (3, 9, 2, 1), 2),
    "swale-kids": (f"{SLIDES} 27", (6, 5, 6, 5), 0),
    "mentoring-scheme": (f"{SLIDES} 28", (9, 9, 0, 6), 0),
    "board-effectiveness": (f"{SLIDES} 29", (4, 8, 0, 6), 3),
    "strengthening-families": (f"{SLIDES} 31", (6, 7, 0, 5), 1),
    "childrens-trusts": (f"{SLIDES} 32", (2, 10, 0, 7), 3),
    "self-harm-and-suicide": (f"{SLIDES} 33", (7, 7, 1, 6), 3),
    "hospital-care": (f"{SLIDES} 19", (1, 1, 1, 1), 0),
    "drug-and-alcohol-treatment": (f"{OTHER} 24", (2, 1, 2, 1), 0),
    "healthy-eating-and-exercise": (f"{SLIDES} 16", (0, 0, 0, 0), 2),
}


@pytest.mark.parametrize("slug", SETS)
def test_each_set_of_the_sources_is_carried_whole(slug: str) -> None:
    one = programme(slug)
    cited, counts, items = SETS[slug]
    assert one.cited == cited
    assert tuple(len(in_quadrant(one, q)) for q in BY_IMPORTANCE) == counts
    assert len(one.population_items) == items
    assert all(m.cited == cited for m in one.measures)


@pytest.mark.parametrize("slug", SETS)
def test_a_set_without_values_publishes_none_and_says_so(slug: str) -> None:
    one = programme(slug)
    assert not [key for key in book()[1].figures if key.startswith(f"{slug}/")]
    assert all(m.standing == "development" for m in one.measures)
    page = pages()[f"programmes/{slug}/"].content
    assert said(page).count("No data published") == len(one.measures)
    for measure in one.measures:
        assert said(page).count(measure.title) >= 2  # in its quadrant and on the agenda


def test_what_the_sources_print_stands_beside_what_is_declared() -> None:
    printed = [m for slug in SETS for m in programme(slug).measures]
    assert all(m.as_printed for m in printed)
    lost = next(m for m in printed if m.slug == "staff-trained")
    assert lost.as_printed == "of staff trained"
    assert any("# or %, is lost" in note for note in lost.notes)


def test_the_healthy_eating_project_names_its_fifteen_partners() -> None:
    assert len(programme("healthy-eating-and-exercise").partners) == 15


def test_only_the_invented_service_has_figures_and_says_that_it_is_invented() -> None:
    with_figures = {key.split("/")[0] for key in book()[1].figures}
    assert with_figures == {"example-mentoring"}
    assert programme("example-mentoring").illustrative
    assert "invented" in said(pages()["programmes/example-mentoring/"].content)


# --- what the check finds ---------------------------------------------------------------------


def test_a_sound_programme_has_no_problem() -> None:
    assert checked()[1] == []


MISTAKES = {
    "pair-unsound": ("pairs_with: reading-better-number", "pairs_with: reading-beter-number"),
    "contribution-unknown": ("good-start/ready-to-learn", "good-start/ready-to-lern"),
    "contribution-indicator-unknown": ("      - reading\n", "      - readng\n"),
    "measure-repeated": ("slug: matches", "slug: reading-better"),
    "quadrant-unit": ("quadrant: effort-quantity", "quadrant: effort-quality"),
    "percentage-of-what": ("    definition: Children who read better, out of all matched.\n", ""),
    "measure-is-change": ("title: Children matched\n", "title: Increase in matches\n"),
    "measure-untold": (
        '    reads_as: "{value} of children matched by the {place} read better"\n',
        "",
    ),
    "measure-sentence": ("by the {place} read", "by it read"),
    "measure-better-reason": ("    better_reason: More need is not better.\n", ""),
    "measure-rate-per": (
        "unit: count\n    unit_label: children\n    better: neutral",
        "unit: rate\n    unit_label: a rate\n    better: neutral",
    ),
    "measure-of-population": (
        "customers: Children matched with a mentor\n    pairs_with",
        "customers: All residents\n    pairs_with",
    ),
    "direction-differs": (
        "title: Children matched who read better\n",
        "title: Reduction in reading\n",
    ),
}


@pytest.mark.parametrize("code", MISTAKES)
def test_a_slip_is_found_by_its_code(code: str) -> None:
    _, problems = checked(changed(MISTAKES[code]))
    mine = [p for p in problems if p.code == code]
    assert mine, [p.code for p in problems]
    assert mine[0].place.path == AT
    assert mine[0].place.line > 1
    assert mine[0].why
    assert mine[0].fix


def test_a_misspelt_outcome_is_offered_the_right_one() -> None:
    _, problems = checked(changed(("good-start/ready-to-learn", "good-start/ready-to-lern")))
    assert "Did you mean “good-start/ready-to-learn”?" in problems[0].fix


def test_a_number_better_off_without_its_percentage_is_doubted() -> None:
    alone = changed(
        ("    pairs_with: reading-better-number\n", ""), ("    pairs_with: reading-better\n", "")
    )
    assert [p.code for p in checked(alone)[1]] == ["effect-without-percentage"]


def test_an_increase_of_harm_as_something_to_wish_for_is_found_as_printed() -> None:
    printed = "as_printed: increase of children who have suffered injuries\n    cited: Invented"
    text = TEXT.replace("    cited: Invented for the tests\n", f"    {printed} for the tests\n")
    assert {p.code for p in checked(text)[1]} >= {"printed-wrong-way"}


def test_two_points_of_follow_up_in_one_pair_are_found_as_printed() -> None:
    text = TEXT.replace(
        "    pairs_with: reading-better-number\n",
        "    pairs_with: reading-better-number\n    as_printed: 12 months after exit\n",
    ).replace(
        "    pairs_with: reading-better\n",
        "    pairs_with: reading-better\n    as_printed: 12 months after discharge\n",
    )
    assert [p.code for p in checked(text)[1]] == ["follow-up-differs"]


def test_a_wish_among_the_population_figures_is_called_an_outcome() -> None:
    text = changed(
        ("title: Eleven-year-olds who read well", "title: Children are safer"),
        ("    indicator: reading\n", ""),
    )
    assert [p.code for p in checked(text)[1]] == ["item-uncountable"]


def test_a_figure_of_an_unknown_measure_is_found_at_its_cell() -> None:
    _, problems = checked(rows=ROWS.replace("reading-better,2025", "reading-beter,2025"))
    assert [p.code for p in problems] == ["measure-unknown"]
    assert (problems[0].place.line, problems[0].place.column) == (4, 1)
    assert "Did you mean “reading-better”?" in problems[0].fix


def test_a_table_that_does_not_say_whose_figures_it_holds_is_refused() -> None:
    _, problems = checked(rows="period,value\n2024,55.0\n")
    assert [p.code for p in problems] == ["measure-column-missing"]


def test_a_headline_without_figures_and_an_agenda_with_them_are_refused() -> None:
    assert [p.code for p in checked(rows="")[1]] == ["measure-without-figures"]
    agenda = changed(("standing: headline", "standing: development"))
    assert "measure-on-agenda" in [p.code for p in checked(agenda)[1]]


def test_a_small_count_of_customers_is_refused_and_never_said() -> None:
    performance, problems = checked(rows=ROWS.replace("60.0,24,40", "7.5,3,40"))
    assert [p.code for p in problems] == ["disclosure-small-count"]
    assert problems[0].place.line == 4
    frame = performance.figures["mentors/reading-better"].observations.frame
    assert frame["numerator"].to_list() == [20, 22, None]


def test_a_fault_of_the_figures_names_the_programmes_own_file() -> None:
    _, problems = checked(rows=ROWS.replace("60.0,24,40", "160.0,24,40"))
    assert "percent-out-of-range" in [p.code for p in problems]
    assert all("indicator.yaml" not in p.fix for p in problems)


# --- what the pages say -----------------------------------------------------------------------


def test_a_measure_is_judged_as_an_indicator_is() -> None:
    performance, _ = checked()
    finding = found(performance, tiny.context()).measures["mentors/reading-better"]
    assert finding.place == "mentors"
    assert finding.latest is not None
    assert finding.latest.value == 60.0
    assert finding.overall is not None
    assert finding.overall.verdict == "better"
    assert finding.comparisons == ()
    assert finding.ranking is None


def test_a_quarterly_report_tells_of_services_what_is_off_course_and_what_is_owed() -> None:
    now = said(pages()["boards/example-partnership/reports/2026-q4/"].content)
    assert "Young people who get on better with parents or carers (number)" in now
    assert ": Better with parents (%) Amber" in now.replace("■ ", "")
    assert "Actual numbers 26 of 47" in now
    assert re.search(r"school more \(percentage\).{,90}79 of 161 \S+ Turning", now)
    assert re.search(r"school more \(number\).{,90}79 79 \S+ No forecast kept", now)
    before = said(pages()["boards/example-partnership/reports/2026-q3/"].content)
    assert "Send a reminder before each session" in before
    assert "not published" not in now + before


def test_the_page_reads_in_order_of_importance() -> None:
    page = pages()["programmes/example-mentoring/"].content
    heads = re.findall(r"<(h[123])[^>]*>(.*?)(?:<span|</h)", page, re.DOTALL)
    assert [f"{tag} {said(text)}" for tag, text in heads] == [
        "h1 Example youth mentoring service (invented)",
        "h2 How well it works, in four quadrants",
        "h3 Is anyone better off? (percentage)",
        "h3 How well did we do it?",
        "h3 Is anyone better off? (number)",
        "h3 How much did we do?",
        "h2 What it contributes to",
        "h2 The story behind the figures",
        "h2 Who has a part to play",
        "h2 What works, or might",
        "h2 Is this OK?",
        "h2 What is being done",
        "h2 Data development agenda",
        "h2 About this programme",
        "h3 Is anyone better off? (percentage)",
        "h3 How well did we do it?",
        "h3 Is anyone better off? (number)",
        "h3 How much did we do?",
    ]


def test_a_measure_with_figures_shows_latest_baseline_target_and_rating_in_words() -> None:
    page = pages()["programmes/example-mentoring/"].content
    item = re.search(r'<li class="db-measure" id="measure-matched-in-30-days">.*?</li>', page, re.S)
    assert item
    assert said(re.sub(r"<svg.*?</svg>", "", item[0], flags=re.S)) == (
        "Young people matched within 30 days headline 80.2% Oct 2026 Baseline 61.1% in Nov 2024; "
        "target 80.0% by Dec 2026 illustrative ■ Down, not clearly ● Better than usual ● Green"
    )
    assert '<svg class="c-spark" role="img" aria-label=' in item[0]


def test_numbers_and_percentages_stand_in_one_order_on_both_sides() -> None:
    one = programme("swale-kids")
    number = [m.pairs_with for m in in_quadrant(one, Quadrant.EFFECT_QUANTITY)]
    assert number == [m.slug for m in in_quadrant(one, Quadrant.EFFECT_QUALITY)]


def test_population_figures_stand_apart_and_lead_to_the_books_own() -> None:
    page = said(pages()["programmes/proposed-national-indicators/"].content)
    quadrants, _, apart = page.partition("What it contributes to")
    assert "Injuries and preventable deaths" not in quadrants
    assert "Injuries and preventable deaths" in apart
    assert "Fewer is better here; the way is declared" in apart


def test_an_unanswered_question_stands_open_on_the_report() -> None:
    report = said(pages()["programmes/swale-kids/report/"].content)
    assert report.count("Still open") == 6
    for number in range(1, 8):
        assert f"{number}. " in report
    told = said(pages()["programmes/example-mentoring/report/"].content)
    assert "Still open" not in told
    assert told.index("no-cost") < told.index("low-cost") < told.index("funded")


def test_the_matrix_shows_gaps_and_says_that_it_is_our_own_reading() -> None:
    page = pages()["matrix/"].content
    assert 'class="db-gap" data-label="Playing safely">no measure</td>' in page
    assert "data-filterable" in page
    text = said(page)
    assert "this book’s own reading" in text
    assert "no programme names a measure for Growing up healthy and Playing safely" in text
    assert re.search(r"No measure for any of these outcomes:.*?Healthy Eating and Exercise", text)
    assert re.search(r"Matched in 30 days 80\.2% ● Green", text)


def test_every_programme_is_found_by_the_sources_words() -> None:
    record = pages()["programmes/swale-kids/"].search
    assert record is not None
    assert "who say the intervention a difference" in record.text
    assert record.filters["kind"] == ("Programme",)
    treatment = pages()["programmes/drug-and-alcohol-treatment/"].search
    assert treatment is not None
    assert "addiction" in treatment.synonyms


def test_the_index_lists_programmes_with_their_measures() -> None:
    from databook.render.programmes import programme_index

    _, performance, findings = book()
    listed = {p["slug"]: p for p in programme_index(performance, findings)}
    assert set(listed) == {*SETS, "example-mentoring"}
    measures = {m["slug"]: m for m in listed["example-mentoring"]["measures"]}
    assert measures["matched-in-30-days"]["latest"]["value"] == 80.2
    assert measures["confident-after-six-months"]["csv"] is None


def test_measures_and_indicators_ask_the_same_of_whoever_judges_them() -> None:
    measure = programme("swale-kids").measures[0]
    assert isinstance(measure, Measure)
    assert measure.breakdowns == ()
    assert measure.columns is None


def test_local_navigation_leads_only_to_what_the_book_has() -> None:
    performance, _ = checked()
    context = tiny.context()
    made = render.performance_pages(context, performance, found(performance, context), ())
    there = {page.path for page in made}
    nav = re.search(r'<nav class="db-local".*?</nav>', made[0].content, re.S)
    assert nav
    links = re.findall(r'href="root:([^"]*)"', nav[0])
    assert links[:2] == ["programmes/", "matrix/"]
    assert set(links) <= there


FORECASTS = """\
measure,made_on,origin,scenario,method,author,assumptions,reconstructed,period,value,lower_80,upper_80,lower_95,upper_95
reading-better,2024-06-01,2023,,last-value,Mentors,As it is,false,2024,50,46,54,44,56
reading-better,2024-06-01,2023,,last-value,Mentors,As it is,false,2025,50,45,55,43,57
"""


def forecast(text: str) -> tuple[Performance, list[Problem]]:
    """The programme with frozen forecasts beside its figures, and what is wrong with them."""
    frozen = tiny.table(text, "scorecards/programmes/mentors/forecasts.csv")
    empty = Sources(settings=None, areas=None, frameworks={}, indicators={})
    sources = replace(empty, programmes={"mentors": replace(folder(), forecasts=frozen)})
    shaped = validate.performance(sources, tiny.context(), frozenset({"reading"})).value
    assert shaped is not None
    cards = validate.measured(sources, tiny.context(), shaped.programmes)
    figures = {
        key: safe
        for key, card in (cards.value or {}).items()
        if (safe := protect.measure(card, tiny.context()).value) is not None
    }
    return replace(shaped, figures=figures), list(cards.problems)


def test_a_measure_is_judged_by_its_frozen_forecast() -> None:
    performance, problems = forecast(FORECASTS)
    assert problems == []
    findings = found(performance, tiny.context())
    turn = findings.measures["mentors/reading-better"].turn
    assert (turn.word, turn.period.code if turn.period else "") == ("turning", "2025")
    pages = {p.path: p for p in render.performance_pages(tiny.context(), performance, findings, ())}
    measure = pages["programmes/mentors/reading-better/"].content
    assert "Turning the curve" in measure
    assert "Turning" in pages["programmes/mentors/"].content


def test_mistakes_in_forecasts_of_measures_stand_at_their_lines() -> None:
    wrong = FORECASTS + FORECASTS.splitlines()[1].replace("reading-better", "reading-beter") + "\n"
    wrong += FORECASTS.splitlines()[1].replace("reading-better", "matches") + "\n"
    wrong = wrong.replace("2025,50,45,55", "2025,50,58,55")
    told = sorted((p.place.line, p.code) for p in forecast(wrong)[1])
    assert told == [
        (3, "forecast-limits"), (4, "measure-unknown"), (5, "measure-forecast-alone"),
    ]  # fmt: skip


def test_an_outcome_names_the_services_that_contribute_to_it() -> None:
    from databook.render.programmes import contributors

    _, performance, _ = book()
    named = contributors("every-child-matters/being-healthy", performance)
    assert [one["title"] for one in named] == [
        "Success measures for children’s trusts",
        "Safeguarding young people at risk of self-harm or suicide",
    ]
    assert named[0]["counts"] == "One measure, no data published"
    adults = contributors("adults-seven/health-and-emotional-well-being", performance)
    assert [one["title"] for one in adults] == [
        "Drug and alcohol treatment programme",
        "Hospital care: the national health service’s quadrant",
    ]
    assert contributors("portsmouth-8/playing-safely", performance) == []


def test_downloads_of_a_measure_name_the_programme_and_say_what_is_invented() -> None:
    context, performance, findings = book()
    files = render.measure_downloads(performance, findings, context)
    folder = "programmes/example-mentoring/matched-in-30-days/"
    head, first = files[f"{folder}data.csv"].decode().splitlines()[:2]
    assert head == "period,programme,value,numerator,denominator,lower,upper,marker,note"
    assert first == "2024-11,Example youth mentoring service (invented),61.1,44,72,,,,"
    package = json.loads(files[f"{folder}datapackage.json"])
    assert package["description"].startswith("Invented figures")
    assert package["resources"][0]["schema"]["primaryKey"] == ["period", "programme"]
    assert "Portsmouth" not in files[f"{folder}data.csv"].decode()


WRONG_ROWS = ROWS.replace("2025,60.0,24,40", "2025,61.0,24,40")
REASON = """\
acknowledged:
  - code: value-disagrees
    reason: Printed so in the source.
"""


@pytest.mark.parametrize("inside", [True, False])
def test_a_doubt_about_a_measure_s_figure_is_acknowledged_in_the_programme(inside: bool) -> None:
    note = REASON.replace("\n", "\n    ").rstrip() + "\n" if inside else ""
    text = changed(("    standing: headline\n", f"    standing: headline\n    {note}"))
    if not inside:
        text = TEXT + REASON
    problems = checked(text.replace("    \n", "\n"), WRONG_ROWS)[1]
    told = [(p.code, p.acknowledged) for p in problems if "value" in p.code]
    assert told == [("value-disagrees", "Printed so in the source.")], problems
    assert [p.code for p in checked(text, ROWS)[1]] == ["acknowledged-nothing"]


def test_one_measure_under_two_names_is_told() -> None:
    text = changed(("title: Children matched who read better (number)",
                    "title: Children matched who  read b\u0435tter"))  # fmt: skip
    said = {p.code: p for p in checked(text)[1]}
    assert "in another quadrant" in said["measure-repeated"].what
    assert "Cyrillic" in said["letter-disguised"].fix
