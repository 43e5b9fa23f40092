"""Books in which many places have pages: whom each is set against, and what is told of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

import tiny
from databook import analyse, areas, draw, render
from databook.findings import Benchmark, RatingWord, TurnWord
from databook.model import Area, AreaPages, Neighbour
from databook.observations import Context, ProtectedCard

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
    row = render.area_row(finding, made.indicator, drawn.sparkline)
    assert (row.value, row.marks) == (None, "[c]")
    assert found.spread is not None
    own = render.area_row(analyse.card(figures, context), made.indicator, drawn.sparkline)
    kept = render.AreaRows(slug="reading", rows=(own, row))
    pictures = (draw.strip(found.spread, made.indicator), None)
    [listing] = render.listing_pages(found.spread, kept, everyone, pictures)
    assert "[c]" in listing.content
