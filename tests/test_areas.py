"""Books in which many places have pages: whom each is set against, and what is told of it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

import pytest

import tiny
from databook import analyse, areas, draw, render
from databook.areas import Group, Spread, View
from databook.findings import Benchmark, Point, RatingWord, Series, TurnWord
from databook.model import Area, AreaPages, Better, Neighbour, Standing
from databook.observations import Context, ProtectedCard
from databook.periods import PeriodType, parse
from databook.render import area_words, blocks, cells
from databook.render.area_rows import Among
from databook.render.area_rows import Row as AreaRow
from databook.render.area_told import Told

ROWS = """\
2020,N1,All,70.0,70,100,,,,
2021,N1,All,71.0,71,100,,,,
2022,N1,All,72.0,72,100,,,,
2023,N1,All,74.0,74,100,,,,
2024,N1,All,75.0,75,100,,,,
2020,N2,All,60.0,60,100,,,,
2021,N2,All,61.0,61,100,,,,
2022,N2,All,,,,,,c,
2023,N2,All,64.0,64,100,,,,
2024,N2,All,90.0,90,100,,,,
2024,R1,All,70.0,700,1000,,,,
2024,C1,All,71.0,7100,10000,,,,
"""


def book(*places: Area, neighbours: tuple[Neighbour, ...] = (), **pages: object) -> Context:
    context = tiny.context()
    settings = replace(
        context.settings, area_pages=AreaPages(**{"levels": ("local-authority",), **pages})
    )
    return Context(
        settings=settings,
        areas=(*context.areas, *places),
        neighbours=(*context.neighbours, *neighbours),
        frameworks=context.frameworks,
    )


def card() -> ProtectedCard:
    made = tiny.card(rows=ROWS)
    assert made.value is not None
    return ProtectedCard(made.value)


def place(code: str, name: str, parent: str = "", level: str = "local-authority") -> Area:
    return Area(code=code, name=name, level=level, parent=parent)


def test_a_book_about_one_place_gives_pages_to_no_other() -> None:
    assert areas.views(tiny.context()) == ()


def test_each_place_is_set_against_its_own_region_and_its_own_neighbours() -> None:
    near = Neighbour(area="N3", neighbour="N1", rank=1)
    views = {
        v.area.code: v
        for v in areas.views(
            book(
                place("R2", "The Moors", "C1", "region"),
                place("N3", "Eastwick", "R2"),
                neighbours=(near,),
            )
        )
    }
    assert [v.region and v.region.code for v in views.values()] == ["R2", "R1", "R1"]
    assert [a.code for a in views["N3"].neighbours] == ["N1"]
    assert views["N1"].own
    assert not views["N2"].own


def test_two_places_of_one_name_have_two_addresses() -> None:
    context = book(
        place("R2", "The Moors", "C1", "region"),
        place("N3", "Southwick", "R2"),
        place("N4", "Southwick", "R2"),
    )
    assert areas.slugs(context) == {
        "N1": "northwick",
        "N2": "southwick-the-wicks",
        "N3": "southwick-n3",
        "N4": "southwick-n4",
        "R1": "the-wicks",
        "C1": "exampland",
        "R2": "the-moors",
    }


def test_a_place_with_pages_keeps_its_name_before_a_place_without() -> None:
    context = book(place("R2", "Southwick", "C1", "region"))
    names = areas.slugs(context)
    assert names["N2"] == "southwick"
    assert names["R2"] == "southwick-exampland"


def test_parents_that_go_in_a_circle_end() -> None:
    context = book(place("A1", "One", "A2"), place("A2", "Two", "A1"))
    assert areas.ancestor(context, context.area["A1"], "region") is None


def test_the_other_places_are_found_and_nothing_of_the_own_place_is_told_of_them() -> None:
    found = list(analyse.everywhere(card(), book()).others())
    assert [view.area.code for view, _ in found] == ["N2"]
    [(_, finding)] = found
    assert finding.place == "Southwick"
    assert finding.rating.word is RatingWord.NOT_RATED
    assert finding.rating.target is None
    assert finding.rating.reason == "no target is set for this place"
    assert finding.vintages == ()
    assert finding.turn.word is TurnWord.NOT_JUDGED


def test_another_place_is_seen_as_a_book_about_it_would_see_it() -> None:
    [(_, finding)] = analyse.everywhere(card(), book()).others()
    context = book()
    about = Context(
        settings=replace(context.settings, place="N2", area_pages=None),
        areas=context.areas,
        neighbours=(),
        frameworks=context.frameworks,
    )
    own = card()
    bare = replace(own, indicator=analyse.elsewhere(own.indicator), vintages=())
    told = analyse.card(ProtectedCard(bare), about)
    assert replace(finding, rating=told.rating, groups=told.groups) == told
    assert {c.benchmark for c in finding.comparisons} == {Benchmark.COUNTRY, Benchmark.REGION}


def test_what_is_withheld_stays_withheld_elsewhere() -> None:
    [(_, finding)] = analyse.everywhere(card(), book()).others()
    hidden = next(p for p in finding.own.points if p.period.code == "2022")
    assert hidden.value is None
    assert hidden.markers == ("c",)


def test_a_forecast_is_reconstructed_only_where_the_book_asks_and_says_so() -> None:
    rows = "".join(
        f"{year},{area},All,{50 + (year * 7 + n) % 5}.0,,,,,,\n"
        for n, area in enumerate(("N1", "N2"))
        for year in range(2015, 2025)
    )
    made = tiny.card(rows=rows).value
    assert made is not None
    figures = ProtectedCard(replace(made, vintages=()))
    [(_, plain)] = analyse.everywhere(figures, book()).others()
    assert plain.turn.forecast is None
    [(_, told)] = analyse.everywhere(figures, book(reconstruct=2)).others()
    forecast = told.turn.forecast
    assert forecast is not None
    assert forecast.reconstructed
    assert forecast.origin.code == "2022"
    assert told.turn.period is not None
    assert told.turn.period.code == "2024"


@pytest.mark.parametrize("area", ["", "N2"])
def test_a_frozen_forecast_belongs_to_the_place_it_names(area: str) -> None:
    head = (
        "made_on,origin,scenario,method,author,assumptions,reconstructed,period,value,"
        "lower_80,upper_80,lower_95,upper_95,area"
    )
    line = f"2024-02-01,2023,,last value,the tests,none,false,2024,70,68,72,66,74,{area}"
    made = tiny.card(rows=ROWS, forecasts=f"{head}\n{line}\n")
    assert not made.errors
    assert made.value is not None
    protected = ProtectedCard(made.value)
    own = analyse.card(protected, book())
    [(_, other)] = analyse.everywhere(protected, book()).others()
    assert bool(own.vintages) is (area == "")
    assert bool(other.vintages) is (area == "N2")
    if area:
        assert other.turn.word is TurnWord.TURNED


def test_in_a_book_about_a_country_its_places_are_set_against_it() -> None:
    context = book()
    compared = replace(context.settings.comparisons, country="", region="")
    national = Context(
        settings=replace(context.settings, place="C1", comparisons=compared),
        areas=context.areas,
        neighbours=context.neighbours,
        frameworks=context.frameworks,
    )
    views = areas.views(national)
    assert [(v.area.code, v.own) for v in views] == [("N1", False), ("N2", False)]
    assert {v.country and v.country.code for v in views} == {"C1"}
    assert {v.region and v.region.code for v in views} == {"R1"}


def test_a_place_all_of_whose_figures_are_withheld_has_a_page_that_says_so() -> None:
    rows = "".join(f"{year},N1,All,{60 + year % 7}.0,,,,,,\n" for year in range(2018, 2025))
    rows += "".join(f"{year},N2,All,,,,,,c,\n" for year in range(2018, 2025))
    made = tiny.card(rows=rows).value
    assert made is not None
    figures, context = ProtectedCard(replace(made, vintages=())), book(reconstruct=3)
    found = analyse.everywhere(figures, context)
    [(view, finding)] = found.others()
    drawn = draw.brief(finding, made.indicator)
    assert drawn.trend is None
    everyone = render.everyone(made.indicator, context, found.views)
    page = render.area_page(view, finding, drawn, everyone)
    assert "withheld so that nobody can be identified" in page.content
    row = render.area_row(finding, made.indicator, drawn.sparkline, found.figures)
    assert (row.value, row.marks) == (None, "[c]")
    assert found.spread is not None
    whole = analyse.card(figures, context)
    own = render.area_row(whole, made.indicator, drawn.sparkline, found.figures)
    kept = render.AreaRows(slug="reading", rows=(own, row))
    pictures = (draw.strip(found.spread, made.indicator), None)
    [listing] = render.listing_pages(found.spread, kept, everyone, pictures)
    assert "[c]" in listing.content


def test_where_no_place_has_a_figure_no_page_leads_to_a_page_over_all_places() -> None:
    rows = "".join(f"2024,{area},All,,,,,,x,\n" for area in ("N1", "N2"))
    made = tiny.card(rows=rows + "2024,C1,All,71.0,7100,10000,,,,\n").value
    assert made is not None
    figures, context = ProtectedCard(replace(made, vintages=())), book()
    found = analyse.everywhere(figures, context)
    [(view, finding)] = found.others()
    assert found.spread is None
    everyone = render.everyone(made.indicator, context, found.views, listed=False)
    page = render.area_page(view, finding, draw.brief(finding, made.indicator), everyone)
    assert "reading/areas/" not in page.content.replace("explore.vl.json", "")


# --- places that begin and end ---------------------------------------------------------------


def changed(code: str, **dates: str) -> Context:
    context = book()
    moved = tuple(replace(a, **dates) if a.code == code else a for a in context.areas)
    return replace(context, areas=moved)


def test_a_place_that_is_no_more_is_on_no_course_and_says_until_when_it_was() -> None:
    there = changed("N2", valid_to="2024-12-31")
    found = analyse.everywhere(card(), there)
    [(view, finding)] = found.others()
    assert finding.baseline is None
    [(_, before)] = analyse.everywhere(card(), book()).others()
    assert before.baseline is not None
    everyone = render.everyone(card().indicator, there, found.views)
    page = render.area_page(view, finding, draw.brief(finding, card().indicator), everyone)
    assert "Southwick existed in this form until 31 December 2024" in page.content


@pytest.mark.parametrize(
    ("begun", "said"), [("2021-04-01", True), ("2009-01-01", False), ("long ago", False)]
)
def test_only_a_place_that_is_new_says_since_when_it_is(begun: str, said: bool) -> None:
    there = changed("N2", valid_from=begun)
    found = analyse.everywhere(card(), there)
    [(view, finding)] = found.others()
    everyone = render.everyone(card().indicator, there, found.views)
    page = render.area_page(view, finding, draw.brief(finding, card().indicator), everyone)
    assert ("in its present form since 1 April 2021" in page.content) is said
    assert ("has existed" in page.content) is said


# --- where a place stands among all ----------------------------------------------------------


def test_a_figure_is_set_among_those_of_all_places_in_its_own_period() -> None:
    rows = ROWS.replace("2024,N1,All,75.0,75,100,,,,\n", "")
    made = tiny.card(rows=rows).value
    assert made is not None
    figures, context = ProtectedCard(replace(made, vintages=())), book()
    found = analyse.everywhere(figures, context)
    whole = analyse.card(figures, context)
    own = render.area_row(whole, made.indicator, "", found.figures)
    # Its newest figure is of 2023, when the other had 64, though that one's newest is of 2024.
    assert own.among == (1, 1, 2, 64.0, 74.0)


def test_equals_share_a_rank_and_are_all_counted_before_a_tenth_is_spoken_of() -> None:
    values = [0.0] * 3 + [float(n) for n in range(1, 28)]
    [finding] = [f for _, f in analyse.everywhere(card(), book()).others()]
    latest = finding.latest
    assert latest is not None
    figures = {latest.period.step: sorted([*values, 90.0])}
    indicator = replace(card().indicator, better=Better.HIGHER)
    row = render.area_row(finding, indicator, "", figures)
    assert row.among == (1, 1, 31, 0.0, 90.0)
    lower = render.area_row(finding, replace(indicator, better=Better.LOWER), "", figures)
    assert lower.among == (31, 31, 31, 0.0, 90.0)
    zero = replace(finding, own=replace(finding.own, points=(replace(latest, value=0.0),)))
    tied = render.area_row(zero, replace(indicator, better=Better.LOWER), "", figures)
    assert tied.among == (1, 3, 31, 0.0, 90.0)


def told(better: Better, among: tuple[int, int, int, float, float]) -> tuple[Told, AreaRow]:
    """An indicator with this standing among all places."""
    made = replace(card().indicator, better=better, standing=Standing.SECONDARY)
    [finding] = [f for _, f in analyse.everywhere(card(), book()).others()]
    latest = finding.latest
    assert latest is not None
    row = render.area_row(finding, made, "", {latest.period.step: [90.0]})
    own = analyse.card(card(), book())
    shown = ProtectedCard(replace(card(), indicator=made))
    entry = render.entry(shown, own, draw.charts(own, made), book())
    return (
        Told(entry=entry, said="", outcome="", rows={}),
        row._replace(among=Among(*among), country=None, similar=None, turn=None),
    )


def test_what_lies_in_an_outer_tenth_stands_out_and_is_called_best_only_where_a_way_is_better() -> (
    None
):
    [view] = [v for v in areas.views(book()) if not v.own]
    mine = [
        told(Better.HIGHER, (5, 5, 150, 1.0, 90.0)),
        told(Better.HIGHER, (1, 30, 150, 1.0, 90.0)),  # thirty are level: no tenth
        told(Better.LOWER, (150, 150, 150, 1.0, 90.0)),
        told(Better.NEUTRAL, (2, 2, 150, 1.0, 90.0)),
        told(Better.HIGHER, (1, 1, 12, 1.0, 90.0)),  # too few places to speak of tenths
    ]
    groups = [(g["title"], g["count"]) for g in area_words.standing(view, mine)]
    assert groups == [
        ("in the best tenth of all places", 1),
        ("in the worst tenth of all places", 1),
        ("in the highest tenth of all places", 1),
    ]
    outermost = [row.among[0] for _, row in area_words.outermost(mine) if row.among]
    assert outermost == [150, 2, 5]


def test_names_of_regions_in_two_lines_stand_clear_and_a_high_pile_is_pushed_together() -> None:
    view = View(area=place("A", "A"), country=None, region=None, neighbours=())
    names = ("West Midlands", "Yorkshire and The Humber", "All of the same")
    groups = tuple(
        Group(name=name, views=(view,), values=values)
        for name, values in zip(names, ((1.0, 2.0), (2.0, 3.0), (2.0,) * 60), strict=True)
    )
    spread = Spread(period=parse("2024", PeriodType.CALENDAR_YEAR), groups=groups)
    svg = draw.strip(spread, card().indicator).wide
    at = [float(y) for y in re.findall(r'<text x="0" y="([\d.]+)"', svg)]
    assert len(at) == 4
    assert all(abs(a - b) >= 15 for a, b in combinations(at, 2))
    assert svg.count("h0") == 64
    assert float(re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', svg)[1]) < 260


def test_what_a_table_fills_in_for_a_period_without_a_row_is_explained() -> None:
    short, long = (
        Series(area="", name="", points=tuple(p for p in points))
        for points in (points_of(2023, 2024), points_of(2020, 2023, 2024))
    )
    assert cells.shorthand([short, short]) == ""
    assert cells.shorthand([short, long]) == "[x] not available"


def points_of(*years: int) -> list[Point]:
    return [
        Point(period=parse(str(year), PeriodType.CALENDAR_YEAR), value=1.0, markers=())
        for year in years
    ]


def test_a_band_that_is_not_drawn_is_not_spoken_of() -> None:
    [(_, finding)] = analyse.everywhere(card(), book()).others()
    assert finding.baseline is not None
    said = blocks.caption(finding, card().indicator)  # of too few figures for an interval
    assert "dotted line shows" in said
    assert "interval" not in said
    limits = {"lower_80": 1.0, "upper_80": 2.0, "lower_95": 0.0, "upper_95": 3.0}
    points = tuple(replace(p, **limits) for p in finding.baseline.points)
    banded = replace(finding, baseline=replace(finding.baseline, points=points))
    said = blocks.caption(banded, card().indicator)
    assert "the bands show" in said
    assert "(80% and 95% intervals)" in said
