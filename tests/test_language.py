"""Outcomes, indicators and measures told apart by their words, and books held to it."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest
from click.testing import CliRunner

import tiny
from databook import load, validate
from databook.cli.wording import language as command
from databook.model import Better
from databook.problems import Level, Problem
from databook.sources import Folder, Narrative, Sources
from databook.validate import language
from databook.validate.language import Idea, classify, rebounds

OUT, IND, MEA = Idea.OUTCOME, Idea.INDICATOR, Idea.MEASURE

# Hutchinson, LSCB development day slides (2010), slide 6: the quiz and its answers.
QUIZ = (
    ("Safe community", OUT, ""),
    ("Crime rate", IND, "rate"),
    ("Average police response time", MEA, "response time"),
    ("A community without graffiti", OUT, ""),
    ("% of surveyed buildings without graffiti", IND, "%"),
    ("People have living-wage jobs and income", OUT, ""),
    ("% of people with living-wage jobs and income", IND, "%"),
    ("% of participants in job training who get living-wage jobs", MEA, "participants"),
)

STATEMENTS = (
    # Conditions, some with words that only look like data, services or customers.
    ("Babies are born healthy", OUT, ""),
    ("Children succeed in school", OUT, ""),
    ("A clean environment", OUT, ""),
    ("Young people stay out of trouble", OUT, ""),
    ("Rates of pay are fair for everyone", OUT, ""),
    ("Every school is first-rate", OUT, ""),
    ("A number of small shops thrive", OUT, ""),
    ("People feel at ease at any rate after dark", OUT, ""),
    ("Wheelchair users can reach every shop", OUT, ""),
    ("Roads are safe for all road users", OUT, ""),
    ("Neighbours share in the life of the city", OUT, ""),
    ("Older people live the lives they choose", OUT, ""),
    # Everybody who lives somewhere, some with words that only look like customers or service.
    ("Low-birthweight rate", IND, "rate"),
    ("Air-quality index", IND, "index"),
    ("Unemployment rate", IND, "rate"),
    ("% of 16–19-year-olds with five good GCSEs", IND, "%"),
    ("No. of rough sleepers on one night in November", IND, "No. of"),
    ("# of children killed on the roads", IND, "#"),
    ("Percentage of cases of measles among children under two", IND, "Percentage"),
    ("New cases of tuberculosis per 100,000 people", IND, "cases of"),
    ("Percentage of pupils attending a good school", IND, "Percentage"),
    ("Life expectancy at birth", IND, "Life expectancy"),
    ("How many people volunteer each month", IND, "How many"),
    ("Housing vacancy rate", IND, "rate"),
    ("Business turnover per head, rate of growth", IND, "rate"),
    ("% of 16- and 17-year-olds not in education, employment or training", IND, "%"),
    ("% of road users who wear a seat belt", IND, "%"),
    ("% of residents who live within 10 minutes of a park", IND, "%"),
    ("Rate of hospital admissions for injuries per 10,000 children", IND, "Rate"),
    ("Proportion of adults who feel lonely", IND, "Proportion"),
    ("Average age of mothers at first birth", IND, "Average"),
    ("Measles cases per 100,000 people", IND, "per 100,000"),
    ("Number of covid-19 cases", IND, "Number"),
    ("% of children enrolled in preschool", IND, "%"),
    ("Deaths within 28 days of birth per 1,000 births", IND, "per 1,000"),
    ("Hotel occupancy rate", IND, "rate"),
    ("Cases of whooping cough", IND, "Cases of"),
    ("Hospital admissions caused by unintentional injuries", IND, "Hospital admissions"),
    ("Killed and seriously injured casualties on roads", IND, "casualties"),
    # Customers and services, some that look like figures of a place.
    ("Staff turnover rate", MEA, "Staff turnover"),
    ("Social worker vacancy rate", MEA, "Social worker"),
    ("Number of clients served", MEA, "clients"),
    ("% of staff trained in first aid", MEA, "staff"),
    ("% of initial assessments completed within 10 working days", MEA, "assessments completed"),
    ("Timeliness of reviews", MEA, "Timeliness"),
    ("Average waiting time for a first appointment", MEA, "waiting time"),
    ("% of patients seen within four hours", MEA, "patients"),
    ("Number of referrals to the stop-smoking service", MEA, "referrals"),
    ("Number of workshops held", MEA, "workshops held"),
    ("% of service users who say that the help made a difference", MEA, "service users"),
    ("Cost per meal served", MEA, "Cost per"),
    ("Pupil–teacher ratio", MEA, "Pupil–teacher ratio"),
    ("% of drug users in treatment who stay for twelve weeks", MEA, "in treatment"),
    ("Number of open cases per social worker", MEA, "open cases"),
    ("Customer satisfaction", MEA, "Customer"),
    ("Number of cases", MEA, "cases"),
    ("Child protection cases reviewed on time", MEA, "cases"),
    ("Bed occupancy", MEA, "occupancy"),
    ("Successful completion of drug treatment", MEA, "completion of drug treatment"),
    ("People who use services who are satisfied", MEA, "People who use services"),
    ("Delayed transfers of care", MEA, "Delayed transfers"),
    ("Reoffending rate of participants after one year", MEA, "participants"),
    ("% of calls answered within 20 seconds", MEA, "calls answered"),
    ("Women attending the clinic who are still breastfeeding at six weeks", MEA, "attending"),
    ("% of people in the programme who stop smoking", MEA, "in the programme"),
)


@pytest.mark.parametrize(("statement", "idea", "words"), QUIZ, ids=lambda v: str(v)[:40])
def test_the_quiz_of_the_slides_is_answered_as_they_answer_it(
    statement: str, idea: Idea, words: str
) -> None:
    assert classify(statement).idea is idea


@pytest.mark.parametrize(("statement", "idea", "words"), [*QUIZ, *STATEMENTS], ids=lambda v: str(v))
def test_a_statement_is_told_by_the_words_that_decide(
    statement: str, idea: Idea, words: str
) -> None:
    found = classify(statement)
    assert found.idea is idea
    said = " ".join(d.words for d in found.deciding)
    assert words in said
    assert bool(found.deciding) == (idea is not OUT)
    assert all(d.words in statement and d.reason for d in found.deciding)


def test_there_are_forty_statements_beside_the_quiz() -> None:
    assert len(QUIZ) == 8
    assert len({s for s, _, _ in STATEMENTS}) >= 40


def test_white_space_decides_nothing() -> None:
    assert classify("  average\n police   response\ttime ").idea is MEA
    assert classify("").idea is OUT


def test_what_an_outcome_should_not_say_is_doubted() -> None:
    found = classify("Improve access to services by joint commissioning")
    assert found.idea is OUT
    assert {d.words for d in found.doubts} >= {"Improve", "joint commissioning"}


def test_the_command_names_the_words() -> None:
    done = CliRunner().invoke(command, ["% of clients who find work", "Safe community"])
    assert done.exit_code == 0
    assert "performance measure\n    “clients”: " in done.output
    assert "Safe community\n  outcome\n" in done.output
    plain = CliRunner().invoke(command, ["--json", "Crime rate"])
    assert json.loads(plain.output)[0]["is"] == "indicator"


# --- outcomes --------------------------------------------------------------------------------

FRAMEWORK = (tiny.ROOT / "scorecards/frameworks/good-start.yaml").read_text("utf-8")
PLAYING = "Children play outside"


def framework(statement: str) -> tuple[Problem, ...]:
    assert FRAMEWORK.count(PLAYING) == 1
    text = FRAMEWORK.replace(PLAYING, statement)
    path = "scorecards/frameworks/good-start.yaml"
    sources = replace(tiny.sources(), frameworks={"good-start": tiny.document(text, path)})
    return validate.context(sources).problems


@pytest.mark.parametrize(
    ("statement", "codes", "word"),
    [
        ("Reduce exclusions by 10 %", {"outcome-data", "outcome-change"}, "10 %"),
        ("Improve school readiness for all", {"outcome-change"}, "Improve"),
        ("All children access preschool services", {"outcome-service"}, "access preschool"),
        ("Agencies work through collaboration", {"outcome-service", "outcome-means"}, "Agencies"),
        ("There is systems reform in the city", {"outcome-means"}, "systems reform"),
        ("There is service integration here", {"outcome-means", "outcome-service"}, "service"),
        ("Devolution reaches the villages", {"outcome-means"}, "Devolution"),
        ("Money flows from pooled budgets here", {"outcome-means"}, "pooled budgets"),
        ("The number of happy children is high", {"outcome-data"}, "number of"),
        ("Families meet the target of happiness", {"name-of-another-idea"}, "the target"),
        ("People have measurable strategic joy", {"jargon"}, "measurable"),
    ],
)
def test_an_outcome_that_is_none_is_told_at_the_word(
    statement: str, codes: set[str], word: str
) -> None:
    found = framework(statement)
    assert {p.code for p in found} == codes
    lines = FRAMEWORK.replace(PLAYING, statement).split("\n")
    quoted = {p.what.split("“")[1].split("”")[0] for p in found}
    there = {lines[p.place.line - 1][p.place.column - 1 :] for p in found}
    assert any(text.startswith(word) for text in there)
    assert all(any(text.startswith(words) for text in there) for words in quoted)


@pytest.mark.parametrize(
    "statement",
    [
        "Young people stay out of trouble",
        "Children are ready for school",
        "Veterans of military service live well",
        "People are healthy at any rate",
        "Core values are shared",
    ],
)
def test_a_plain_condition_raises_nothing(statement: str) -> None:
    assert framework(statement) == ()


def test_what_stops_a_build_are_data_change_services_and_means() -> None:
    levels = {rule.code: rule.level for rule in language.RULES}
    assert {c for c, level in levels.items() if level is Level.ERROR} == {
        "outcome-data",
        "outcome-change",
        "outcome-service",
        "outcome-means",
    }


# --- indicators ------------------------------------------------------------------------------


def indicator(*pairs: tuple[str, str]) -> tuple[Problem, ...]:
    return tiny.card(tiny.changed(*pairs)).problems


TITLE = "title: Children who read well at eleven"
POPULATION = "population: Children aged eleven in state schools"
DEFINITION = "definition: Children at the expected standard or above, of all who took the test."


@pytest.mark.parametrize(
    ("old", "new", "code", "word"),
    [
        (TITLE, "title: Clients who read well at eleven", "indicator-of-customers", "Clients"),
        (TITLE, "title: Re-referrals within a year", "indicator-of-customers", "Re-referrals"),
        (
            POPULATION,
            "population: Participants in the area",
            "indicator-of-customers",
            "Participants",
        ),
        (TITLE, "title: Waiting times for readers", "indicator-of-service", "Waiting times"),
        (POPULATION, "population: Children aged eleven", "population-placeless", "Children"),
        (TITLE, "title: Number of children who read", "unit-name-differs", "Number of"),
        (TITLE, "title: Readers per 10,000 children", "unit-name-differs", "per 10,000"),
        (TITLE, "title: Reduction in bad reading", "direction-differs", "Reduction in"),
        (TITLE, "title: Children who die before eleven", "direction-differs", "die"),
        (TITLE, "title: Strategic priority readers", "jargon", "Strategic"),
        (TITLE, "title: 'Outcome 3: readers'", "name-of-another-idea", "Outcome"),
        (
            DEFINITION,
            "definition: Mothers who breastfeed, as a percentage of pregnant women registered",
            "populations-differ",
            "pregnant women registered",
        ),
        (
            DEFINITION,
            "definition: Those done within 7 days (until 2021 within 10 working days).",
            "definition-changed",
            "10 working days",
        ),
        (
            DEFINITION,
            "definition: The definition was changed in 2021.",
            "definition-changed",
            "definition was changed",
        ),
        ("set_by: The tests", "set_by: 30 % more than in 2022", "target-change-differs", "30"),
    ],
)
def test_an_indicator_is_held_to_its_words(old: str, new: str, code: str, word: str) -> None:
    found = [p for p in indicator((old, new)) if p.code == code]
    assert len(found) == 1
    place = found[0].place
    line = tiny.changed((old, new)).split("\n")[place.line - 1]
    assert line[place.column - 1 :].startswith(word)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (TITLE, "title: Children free of injuries"),
        (TITLE, "title: Children who survive to the age of eleven"),
        (TITLE, "title: More or less fluent readers"),
        (TITLE, "title: Pupils with improved results"),
        (POPULATION, "population: Children aged eleven in Northwick"),
        (POPULATION, "population: Cases of measles in the area"),
        (TITLE, "title: Tuberculosis cases"),
        ('unit_label: "% of eleven-year-olds"', "unit_label: percentage points"),
        (DEFINITION, "definition: Pupils who can, as a percentage of pupils who took the test"),
        ("set_by: The tests", "set_by: The council asked for 14 % more than in 2022"),
    ],
)
def test_innocent_words_raise_nothing(old: str, new: str) -> None:
    assert indicator((old, new)) == ()


def test_a_rate_says_the_same_number_in_name_and_key() -> None:
    label = 'unit_label: "% of eleven-year-olds"'
    rate = ("unit: percent", "unit: rate\nper: 10000")
    said = indicator(rate, (label, "unit_label: per 1,000 children"))
    assert "unit-name-differs" in tiny.codes(said)
    said = indicator(rate, (label, "unit_label: 'per 10,000 children'"))
    assert "unit-name-differs" not in tiny.codes(said)


def test_a_declared_break_answers_a_change_of_definition() -> None:
    changed = "definition: The definition was changed in 2023."
    breaks = "periods: calendar-year\nbreaks: [{period: '2023', reason: new test}]"
    found = indicator((DEFINITION, changed), ("periods: calendar-year", breaks))
    assert "definition-changed" not in tiny.codes(found)


def test_a_headline_owes_a_story_partners_actions_and_powers() -> None:
    found = {p.code: p for p in indicator(("standing: secondary", "standing: headline"))}
    assert found["headline-thin"].level is Level.ERROR
    assert "“partners” or “actions”" in found["headline-thin"].what
    assert found["headline-powers"].level is Level.WARNING


def test_a_headline_that_is_not_high_on_all_three_is_doubted_at_the_power() -> None:
    powers = "standing: headline\npowers: {communication: high, proxy: medium, data: high}"
    found = [p for p in indicator(("standing: secondary", powers)) if p.code == "headline-powers"]
    assert [p.what for p in found] == ["This headline indicator's proxy power is medium, not high."]
    assert found[0].place.column == len("powers: {communication: high, proxy: ") + 1


def test_a_headline_without_a_frozen_forecast_is_doubted_and_without_any_refused() -> None:
    folder = tiny.sources().indicators["reading"]
    files = tuple(name for name in folder.files if name != "forecasts.csv")
    folder = replace(folder, forecasts=None, files=files)
    head = tiny.changed(("standing: secondary", "standing: headline"))
    folder = replace(folder, document=tiny.document(head))
    found = tiny.codes(validate.card(folder, tiny.context()).problems)
    count = len(tiny.card().value.observations.everybody().filter(area="N1"))  # type: ignore[union-attr]
    assert ("headline-unfrozen" in found) == (count >= 3)
    assert ("headline-unforecast" in found) == (count < 3)


def test_a_figure_is_stale_when_a_newer_one_was_due() -> None:
    settings = (tiny.ROOT / "scorecards/databook.yaml").read_text("utf-8")
    context = tiny.context()
    later = replace(context.settings.edition, date=context.settings.edition.date.replace(year=2031))
    aged = replace(context, settings=replace(context.settings, edition=later))
    assert settings
    found = validate.card(tiny.sources().indicators["reading"], aged).problems
    assert [(p.code, p.level) for p in found] == [("figures-stale", Level.WARNING)]
    assert "due in 2027-01" in found[0].what


ACTION = "topic: School\nactions:\n  - title: Read aloud every day\n"


def test_an_action_needs_an_owner_a_measure_and_a_day() -> None:
    found = indicator(("topic: School", f"{ACTION}    owner: Schools"))
    assert [p.code for p in found] == ["action-not-smart"]
    assert "“measure” or “due”" in found[0].what


@pytest.mark.parametrize(
    ("state", "codes"),
    [
        ("", ["action-unstated"]),
        ("    state: in progress\n", ["action-late"]),
        ("    state: not commissioned\n", []),
        ("    state: implemented\n", []),
    ],
)
def test_a_day_gone_by_wants_a_state(state: str, codes: list[str]) -> None:
    action = f"{ACTION}    owner: Schools\n    measure: Tests\n    due: 2020-01-31\n{state}"
    assert tiny.codes(indicator(("topic: School\n", action))) == codes


# --- programmes ------------------------------------------------------------------------------

PROGRAMME = """\
format: 1
kind: programme
title: Reading club
summary: Volunteers read with children.
service: Reading aloud after school
customers: Children who come to the club
place: Northwick
cited: Made up
measures:
  - slug: reads-more
    title: Children who read more
    short: Reads more
    plain: The share of children in the club who read more than before.
    quadrant: effect-quality
    unit: percent
    unit_label: "% of children in the club"
    better: higher
    customers: Children who come to the club
    cited: Made up
    contributes_to: [good-start/ready-to-learn]
population_items:
  - title: Children like reading
    kind: outcome
    cited: Made up
"""


def programme(*pairs: tuple[str, str], story: str = "") -> list[Problem]:
    text = PROGRAMME
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = "scorecards/programmes/club/programme.yaml"
    told = Narrative(path="scorecards/programmes/club/story.md", text=story, html="")
    folder = Folder(
        slug="club",
        document=tiny.document(text, path),
        package=None,
        story=told if story else None,
        forecasts=None,
    )
    sources: Sources = replace(tiny.sources(), programmes={"club": folder})
    codes = {rule.code for rule in language.PROGRAMME_RULES}
    found = validate.performance(sources, tiny.context(), frozenset({"reading"})).problems
    return [p for p in found if p.code in codes]


def test_a_sound_programme_raises_nothing() -> None:
    assert programme() == []
    assert programme(story="The club grew because of the volunteers.") == []


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "word"),
    [
        (
            "better: higher\n    customers: Children who come to the club",
            "better: higher\n    customers: All children who live in Northwick",
            "measure-of-population",
            18,
            "All children",
        ),
        ("title: Children who read more", "title: Residents who read more",
         "measure-of-population", 11, "Residents"),
        ("title: Children like reading", "title: 80 % of children like reading",
         "item-not-outcome", 22, "80 %"),
        ("title: Children like reading", "title: Clients like reading",
         "item-of-customers", 22, "Clients"),
        ("title: Children who read more", "title: Number of children who read more",
         "unit-name-differs", 11, "Number of"),
        ("title: Children who read more", "title: Reduction in children who struggle",
         "direction-differs", 11, "Reduction in"),
        ("title: Children who read more", "title: Core strategic readers",
         "jargon", 11, "Core"),
        ("summary: Volunteers read with children.",
         "summary: Truancy in the city fell because of the club.",
         "cause-claimed", 4, "fell because of"),
        ("plain: The share of children in the club who read more than before.",
         "plain: It has reduced truancy across the city.",
         "cause-claimed", 13, "has reduced"),
    ],
)  # fmt: skip
def test_a_programme_is_held_to_its_words(
    old: str, new: str, code: str, line: int, word: str
) -> None:
    found = programme((old, new))
    assert [(p.code, p.place.line) for p in found] == [(code, line)]
    text = PROGRAMME.replace(old, new).split("\n")[line - 1]
    assert text[found[0].place.column - 1 :].startswith(word)


def test_what_people_say_of_themselves_claims_no_cause() -> None:
    plain = "plain: The share of children in the club who read more than before."
    said = "plain: Parents who say that their evenings are better because of the club."
    assert programme((plain, said)) == []


def test_a_story_that_credits_the_programme_is_doubted_at_its_line() -> None:
    found = programme(story="A good year.\n\nIn short, truancy fell thanks to our programme.\n")
    assert [(p.code, p.place.line, p.place.column) for p in found] == [("cause-claimed", 3, 19)]


def test_a_measure_may_acknowledge_a_warning() -> None:
    title = ("title: Children who read more", "title: Core strategic readers")
    known = (
        "    cited: Made up\n    contributes_to",
        "    cited: Made up\n    acknowledged:\n      - {code: jargon, reason: So printed.}\n"
        "    contributes_to",
    )
    assert [p.acknowledged for p in programme(title, known)] == ["So printed."]


# --- where a word stands ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("yaml", "line", "column"),
    [
        ("a: one two three\nb: two\n", 1, 8),
        ('a: "one two"\nb: two\n', 1, 9),
        ("a: >-\n  one\n  two\nb: two\n", 3, 3),
        ("a: one\nb: two\n", 1, 4),
        ('a: "one\\x20tw\\x6f"\nb: two\n', 1, 4),
    ],
)
def test_a_word_is_found_inside_its_own_value(yaml: str, line: int, column: int) -> None:
    found = load.document.parse(yaml.encode(), "a.yaml")
    assert found.value is not None
    place = found.value.place(("a",), word="two")
    assert (place.line, place.column) == (line, column)


def test_words_are_found_across_a_folded_line() -> None:
    found = load.document.parse(b"a: >-\n  it fell because\n  of us\n", "a.yaml")
    assert found.value is not None
    place = found.value.place(("a",), word="because of")
    assert (place.line, place.column) == (2, 11)


def test_every_rule_says_why() -> None:
    rules = (*language.RULES, *language.INDICATOR_RULES, *language.PROGRAMME_RULES)
    assert all(len(rule.why) > 40 for rule in rules)


# --- acknowledging ---------------------------------------------------------------------------


def test_a_warning_about_an_indicator_may_be_acknowledged_with_a_reason() -> None:
    title = (TITLE, "title: Strategic priority readers")
    known = ("topic: School", "topic: School\nacknowledged:\n  - {code: jargon, reason: So named.}")
    assert tiny.codes(indicator(title)) == ["jargon"]
    assert [(p.code, p.acknowledged) for p in indicator(title, known)] == [("jargon", "So named.")]


def test_an_acknowledgement_of_nothing_is_itself_doubted() -> None:
    known = ("topic: School", "topic: School\nacknowledged:\n  - {code: jargon, reason: So named.}")
    found = indicator(known)
    assert [(p.code, p.level) for p in found] == [("acknowledged-nothing", Level.WARNING)]


def test_an_error_stands_whatever_is_acknowledged() -> None:
    title = (TITLE, "title: Clients who read")
    code = "indicator-of-customers"
    known = ("topic: School", f"topic: School\nacknowledged:\n  - {{code: {code}, reason: So.}}")
    assert code in tiny.codes(indicator(title, known))


@pytest.mark.parametrize(
    "piece",
    ["a ", "access to ", "number of ", "% ", "reduced ", "within ", "cases of ", "no. ", "the ",
     "as a percentage of ", "improved because ", "die ", "30 % more ", ", ", "1,0", "staff "],
)  # fmt: skip
def test_long_and_odd_texts_are_read_quickly(piece: str) -> None:
    text = piece * (10_000 // len(piece))
    began = time.process_time()
    classify(text)
    indicator((DEFINITION, f"definition: '{text[:9000].strip()}'"))
    programme(story=text)
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Absence fell for two years and then rose again.", True),
        ("Half of that gain has been lost since.", True),
        ("What was won in 2023 did not last.", True),
        ("Waiting times have slipped back\nto where they were.", True),
        ("The figure has gone back up.", True),
        ("It hasn’t held.", True),
        ("A rebound followed when the grant ended.", True),
        ("There has been no rebound.", False),
        ("Fewer pupils are absent than was forecast.", False),
        ("Families lost income; schools fell silent.", False),
        ("Staff came from the back office.", False),
        ("", False),
    ],
)
def test_a_rebound_is_told_in_any_ordinary_words(text: str, told: bool) -> None:
    assert rebounds.told(text, Better.LOWER) is told


@pytest.mark.parametrize(
    ("text", "better", "told"),
    [
        ("It fell for two years and then rose again.", Better.LOWER, True),
        ("It fell for two years and then rose again.", Better.HIGHER, False),
        ("Then it fell again.", Better.HIGHER, True),
        ("Then it fell again.", Better.LOWER, False),
        ("Then it was worse again.", Better.HIGHER, True),
        ("It rose again in 2013, when the definition was new. It is low now.", Better.LOWER, False),
        ("It rose again in 2023/24.", Better.LOWER, True),
        ("Of what was won between 2019 and 2022 half has slipped back.", Better.LOWER, True),
        ("In 2012 it was worse again.\n\nNow it is better than ever.", Better.LOWER, False),
    ],
)
def test_a_rebound_goes_the_worse_way_and_comes_after_the_best_year(
    text: str, better: Better, told: bool
) -> None:
    assert rebounds.told(text, better, 2022) is told


@pytest.mark.parametrize(
    ("title", "doubted"),
    [
        ("Children in Northwick who read more", True),
        ("Young people and adults across Northwick who read", True),
        ("Children in Northwick Library who read more", False),
        ("Children in our club who read more", False),
        ("Children in Northwick who were helped by a volunteer", False),
    ],
)
def test_customers_named_by_their_place_are_a_doubt_and_no_error(title: str, doubted: bool) -> None:
    found = programme(("title: Children who read more", f"title: {title}"))
    assert [(p.code, p.level) for p in found] == [("measure-of-place", Level.WARNING)] * doubted
