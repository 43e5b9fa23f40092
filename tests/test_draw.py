"""Drawing: what a picture shows, what it must never show, and that its words can be read."""

from __future__ import annotations

import json
import re
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from databook import draw, theme
from databook.draw import groups, neighbours, pen, placing, scales, style, trend
from databook.draw.picture import Picture
from databook.findings import Change, Direction, Finding, Groups, Verdict
from databook.model import Indicator, Target, Unit
from databook.periods import PeriodType
from draw_cases import cases, finding, forecast, indicator, period, series

SIZES = ("wide", "narrow")
many = settings(
    max_examples=300, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


def pictures(case: Finding, what: Indicator) -> list[Picture]:
    found: list[Picture | None] = []
    for size in SIZES:
        found += [trend.picture(case, what, size), neighbours.picture(case, what, size)]
        found += [groups.picture(one, what, size) for one in case.groups]
    return [p for p in found if p]


def trend_of(case: Finding, what: Indicator | None = None, size: str = "wide") -> Picture:
    made = trend.picture(case, what or indicator(), size)
    assert made is not None
    return made


# --- what is shown -------------------------------------------------------------------------


def test_no_line_crosses_a_gap_a_withheld_figure_or_a_break() -> None:
    values = [1.0, 2.0, None, 4.0, 5.0, None, 6.0, 7.0, 8.0, 9.0]
    own = series(values, marks={5: ("c",)}, breaks=(8,))
    runs = [line.points for line in trend_of(finding(own)).panels[0].lines]
    steps = [[x - own.points[0].period.step for x, _ in run] for run in runs]
    assert steps == [[0, 1], [3, 4], [6, 7], [8, 9]]


def test_a_figure_that_stands_alone_is_still_seen() -> None:
    lone = series([None, 3.0, None], name="England")
    dots = trend_of(finding(series([1.0, 2.0, 3.0]), country=lone)).panels[0].dots
    assert [d.y for d in dots if d.role == "country"] == [3.0]


def test_gaps_are_shaded_and_say_why_in_a_word() -> None:
    own = series([1.0, None, 2.0, None, None, 3.0], marks={1: ("c",)}, breaks=(2,))
    panel = trend_of(finding(own)).panels[0]
    assert [box.x2 - box.x for box in panel.boxes] == [1.0, 2.0]
    said = [label.text for label in panel.labels if label.role == "word"]
    assert sorted(said) == ["new definition", "not published", "withheld"]


def test_provisional_figures_are_hollow() -> None:
    own = series([1.0, 2.0, 3.0], marks={1: ("p",), 2: ("p",)})
    roles = [dot.role for dot in trend_of(finding(own)).panels[0].dots]
    assert roles == ["own", "own-provisional", "own-latest-provisional"]
    assert all(style.DOTS[role].fill == "paper" for role in roles[1:])


def test_the_newest_figures_stand_beside_their_lines() -> None:
    own, england = series([1.0, 2.0]), series([3.0, None], name="England")
    case = finding(own, country=england, baseline=forecast(own, 3, 0.5))
    text = " ".join(label.text for label in trend_of(case).panels[0].labels)
    assert "Portsmouth 2.0% in 2015/16" in text
    assert "England 3.0% in 2014/15" in text  # older than the place's, so it says so
    assert "on present course 2.0% in 2018/19" in text


def test_a_target_of_nobody_is_called_an_example() -> None:
    target = Target(period="2019", value=9, set_by="Nobody", illustrative=True)
    case = finding(series([1.0, 2.0]))
    labels = trend_of(case, indicator(target=target)).panels[0].labels
    words = " ".join(label.text for label in labels if label.role == "target")
    assert words == "Example target 9.0% by 2018/19"


def test_a_place_without_any_figure_has_no_picture() -> None:
    made = draw.charts(finding(series([None, None])), indicator())
    assert made.trend is None
    assert made.neighbours is None
    assert made.sparkline == ""


def test_a_withheld_group_is_a_word_and_not_a_bar() -> None:
    some = (series([5.0], group="Boys"), series([None], group="Girls", marks={0: ("c",)}))
    found = Groups(breakdown="sex", title="Sex", series=some)
    made = groups.picture(found, indicator(), "wide")
    assert made is not None
    panel = made.panels[0]
    assert len(panel.boxes) == 1
    assert panel.boxes[0].x == 0
    assert "withheld" in [label.text for label in panel.labels]


def test_neighbours_show_the_own_place_first_and_share_one_scale() -> None:
    near = tuple(series([n, n + 1.0], name=f"Place {n}") for n in (4, 2, 9))
    made = neighbours.picture(finding(series([1.0, 2.0]), neighbours=near), indicator(), "wide")
    assert made is not None
    names = [next(w.text for w in p.labels if w.role in ("own", "name")) for p in made.panels]
    assert names == ["Portsmouth", "Place 4", "Place 2", "Place 9"]
    assert made.y.high >= 10


def as_published(value: float) -> float:
    """Six decimal places at most, as data.csv may hold."""
    return round(value, 6)


# --- axes ----------------------------------------------------------------------------------


@given(st.lists(st.floats(0, 100).map(as_published), min_size=1, max_size=20))
@many
def test_a_percentage_axis_stays_within_0_and_100_and_holds_every_figure(
    values: list[float],
) -> None:
    ticks = scales.value_ticks(values, Unit.PERCENT)
    assert ticks[0] >= 0
    assert ticks[-1] <= 100
    assert ticks[0] <= min(values) + 1e-9
    assert ticks[-1] >= max(values) - 1e-9
    assert list(ticks) == sorted(set(ticks))


@given(st.lists(st.floats(-1e6, 1e6).map(as_published), min_size=1, max_size=20))
@many
def test_an_axis_holds_every_figure_with_few_round_ticks(values: list[float]) -> None:
    ticks = scales.value_ticks(values, Unit.SCORE)
    slack = 1e-6 * max(1, *map(abs, values))
    assert ticks[0] <= min(values) + slack
    assert ticks[-1] >= max(values) - slack
    assert 2 <= len(ticks) <= 9


def test_a_small_change_of_a_large_figure_looks_small() -> None:
    ticks = scales.value_ticks([98.1, 98.4], Unit.PERCENT)
    assert (98.4 - 98.1) / (ticks[-1] - ticks[0]) < 0.1


def test_negative_scores_have_a_line_at_zero() -> None:
    case = finding(series([-0.4, 0.2]))
    rules = trend_of(case, indicator(Unit.SCORE)).panels[0].rules
    assert [r.y for r in rules if r.role == "zero"] == [0]


def test_doubt_below_nothing_is_drawn_up_to_nothing() -> None:
    own = series([3.0, 2.0])
    made = trend_of(finding(own, baseline=forecast(own, 3, 5.0)), indicator(Unit.RATE))
    assert made.y.low == 0
    assert min(low for band in made.panels[0].bands for _, low, _ in band.points) == 0


@pytest.mark.parametrize(
    ("type_", "names"),
    [
        (PeriodType.MONTH, ["2015", "2016"]),
        (PeriodType.ACADEMIC_YEAR, ["2014/15"]),
        (PeriodType.POOLED_FINANCIAL_YEARS, ["2012/13–14/15"]),
    ],
)
def test_time_is_named_in_few_letters(type_: PeriodType, names: list[str]) -> None:
    own = series([1.0] * (26 if type_ is PeriodType.MONTH else 1), type_=type_)
    labels = trend_of(finding(own), indicator(type_=type_)).panels[0].labels
    ticks = [w.text for w in labels if w.role == "tick" and w.anchor == "middle"]
    assert ticks == names


# --- words that can be read ----------------------------------------------------------------


@given(case=cases())
@many
def test_no_word_lies_on_another_or_leaves_the_picture(case: tuple[Finding, Indicator]) -> None:
    for picture in pictures(*case):
        boxes = []
        for index, panel in enumerate(picture.panels):
            left, top = picture.corner(index)
            for label in panel.labels:
                width = style.text_width(label.text, 14, bold=style.LABELS[label.role].bold)
                x = left + label.x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
                boxes.append((label.text, x, top + label.y - 10.5, x + width, top + label.y + 3))
        for text, x, y, x2, y2 in boxes:
            assert x >= -0.5, (picture.kind, picture.size, text)
            assert x2 <= picture.width + 0.5, (picture.kind, picture.size, text, x2)
            assert y >= 0, (picture.kind, picture.size, text)
            assert y2 <= picture.height, (picture.kind, picture.size, text)
        for one, other in combinations(boxes, 2):
            apart = (
                one[3] <= other[1] or other[3] <= one[1] or one[4] <= other[2] or other[4] <= one[2]
            )
            assert apart, (picture.kind, picture.size, one, other)


@given(
    st.lists(st.tuples(st.floats(-50, 400), st.sampled_from([18.0, 36.0])), max_size=9),
)
@many
def test_spread_blocks_never_touch_and_stay_inside(wanted: list[tuple[float, float]]) -> None:
    tops = placing.spread(wanted, 0, 300, 5)
    if tops is None:
        assert sum(height + 5 for _, height in wanted) - 5 > 300
        return
    spans = sorted((top, top + height) for top, (_, height) in zip(tops, wanted, strict=True))
    assert all(low >= -1e-6 and high <= 300 + 1e-6 for low, high in spans)
    assert all(a[1] + 5 <= b[0] + 1e-6 for a, b in pairwise(spans))


@given(st.text("abcdefgh -", min_size=1, max_size=60), st.floats(20, 200))
@many
def test_wrapped_words_fit_and_none_is_lost(text: str, width: float) -> None:
    lines = placing.wrap(text, width, 14)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(style.text_width(line, 14) <= width or len(line) == 1 for line in lines)


# --- the element ---------------------------------------------------------------------------


@given(case=cases())
@many
def test_every_picture_is_sound_and_harmless_markup(case: tuple[Finding, Indicator]) -> None:
    made = draw.charts(*case)
    charts = [c for c in (made.trend, made.neighbours, *made.groups) if c]
    ids: list[str] = []
    for svg in [s for c in charts for s in (c.wide, c.narrow)] + [made.sparkline]:
        if not svg:
            continue
        root = ElementTree.fromstring(svg)
        assert root.get("role") == "img"
        assert not re.search(r"style=|<script|foreignObject|href=|\son\w+=|nan|inf\b", svg)
        ids += [node.get("id", "") for node in root.iter() if node.get("id")]
        named = root.get("aria-labelledby", "").split()
        assert all(name in ids for name in named)
        assert named or root.get("aria-label")
    assert len(ids) == len(set(ids))
    for chart in charts:
        assert chart.description
        json.dumps(chart.spec, allow_nan=False)


def test_hostile_names_are_only_words() -> None:
    own = series([1.0, 2.0], name='<img src=x onerror="a()">')
    made = draw.charts(finding(own), indicator())
    assert made.trend is not None
    assert "<img" not in made.trend.wide + made.sparkline
    assert "&lt;img" in made.trend.wide


def test_the_same_finding_gives_the_same_bytes() -> None:
    own = series([1.0, 2.0, None, 4.0])
    assert draw.charts(finding(own), indicator()) == draw.charts(finding(own), indicator())


def test_the_description_says_direction_figures_country_gaps_and_forecast() -> None:
    own = series([10.0, None, 12.5])
    change = Change(
        earlier=own.points[0], later=own.points[2], difference=2.5, direction=Direction.UP,
        verdict=Verdict.WORSE,
    )  # fmt: skip
    case = finding(
        own, country=series([9.0, None, 8.0], name="England"), baseline=forecast(own, 2, 1.0)
    )
    case = type(case)(**{f: getattr(case, f) for f in case.__slots__} | {"overall": change})
    made = draw.charts(case, indicator())
    assert made.trend is not None
    assert made.trend.description == (
        "Portsmouth rose from 10.0% in 2014/15 to 12.5% in 2016/17; England had 8.0%. "
        "No figure for 2015/16: not published. On present course it would be 12.5% in 2018/19."
    )


def test_a_sparkline_starts_at_the_definition_that_still_holds() -> None:
    own = series([50.0, 10.0, 12.0], breaks=(1,))
    said = draw.charts(finding(own), indicator()).sparkline
    assert f'aria-label="Portsmouth: from 10.0% in {period(1).short} to 12.0%' in said


# --- colours -------------------------------------------------------------------------------


def _tokens() -> dict[str, tuple[str, str]]:
    folder = Path(theme.folder()) / "assets" / "databook"
    css = "".join(
        (folder / name).read_text(encoding="utf-8") for name in ("book.css", "charts.css")
    )
    found = re.findall(r"--db-([a-z-]+): light-dark\((#\w+), (#\w+)\)", css)
    return {name: (light, dark) for name, light, dark in found}


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * d for d in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    light = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


GROUND = {"grid", "shade", "paper"}
WORDS = {style.LABELS[role].fill for role in style.LABELS}


@pytest.mark.parametrize("name", sorted(set(style.COLOURS) - GROUND))
def test_colours_reach_their_contrast_on_the_card_in_both_schemes(name: str) -> None:
    tokens = _tokens()
    least = 4.5 if name in WORDS else 3.0
    for scheme in (0, 1):
        assert contrast(tokens[name][scheme], tokens["card"][scheme]) >= least


def test_a_picture_on_its_own_has_the_colours_of_light_paper() -> None:
    tokens = _tokens()
    for name in set(style.COLOURS) - {"paper"}:
        assert style.COLOURS[name].lower() == tokens[name][0].lower(), name


def test_lines_differ_in_more_than_colour() -> None:
    lines = ("own", "country", "region", "peer", "frozen", "forecast", "older")
    looks = [(style.LINES[r].width, style.LINES[r].dash) for r in lines]
    assert len(set(looks)) == len(looks)


@given(st.floats(min_value=-2000, max_value=2000))
def test_a_number_in_a_picture_is_the_same_to_a_tenth_and_has_no_letter_too_many(
    value: float,
) -> None:
    text = pen.n(value)
    assert float(text) == round(value, 1)
    assert not re.fullmatch(r"-0|.*\.\d?0", text)
