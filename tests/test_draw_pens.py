"""Two pens, one picture: what Vega draws from the Altair specification is what we draw."""

from __future__ import annotations

import re
from collections import defaultdict
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from databook import draw
from databook.draw import altair_spec, altair_template, groups, neighbours, pen, trend, vl_pen
from databook.draw.picture import Picture
from databook.findings import Finding
from databook.model import Indicator
from draw_cases import cases, finding, indicator, series

HALF_A_PIXEL = 0.5
SVG = "{http://www.w3.org/2000/svg}"
Marks = dict[str, list[tuple[str, tuple[float, ...]]]]  # kind -> (look and text, coordinates)


def test_both_pens_put_every_mark_of_random_findings_in_the_same_place() -> None:
    seen: dict[str, int] = defaultdict(int)

    @settings(
        max_examples=300, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(
        case=cases(),
        size=st.sampled_from(["wide", "narrow"]),
        choice=st.sampled_from([1, 0, 1, 0, 1, 0, 1, 1, 2, 3]),
    )
    def compare(case: tuple[Finding, Indicator], size: str, choice: int) -> None:
        picture = _picture(*case, size, choice)
        if picture is not None:
            _assert_same(picture)
            seen[picture.kind] += 1
            for panel in picture.panels:
                for kind in ("boxes", "bands", "rules", "lines", "dots", "leaders", "labels"):
                    seen[kind] += len(getattr(panel, kind))

    compare()
    # The comparison is only worth something if it met every kind of chart and mark often.
    assert min(seen[k] for k in ("trend", "neighbours", "groups")) >= 20
    assert min(seen[k] for k in ("boxes", "bands", "rules", "lines", "dots", "leaders")) >= 100


def _picture(case: Finding, what: Indicator, size: str, choice: int) -> Picture | None:
    if choice == 0:
        return neighbours.picture(case, what, size)
    if choice == 1 and case.groups:
        return groups.picture(case.groups[0], what, size)
    return trend.picture(case, what, size, brief=choice == 3)


def _assert_same(picture: Picture) -> None:
    words = {"name": "x", "title": "t", "description": "d"}
    vegas = vl_pen.svg(picture, **words)
    ours, theirs = _ours(pen.svg(picture, **words)), _vegas(vegas)
    assert len(re.findall("<text[^>]*>[^<]", vegas)) == len(ours["label"]), "Vega added words"
    assert {k: len(v) for k, v in ours.items()} == {k: len(v) for k, v in theirs.items()}
    for kind, marks in ours.items():
        for (look, here), (their_look, there) in zip(marks, theirs[kind], strict=True):
            assert look == their_look, kind
            assert here == pytest.approx(there, abs=HALF_A_PIXEL), (kind, look)


def test_the_comparison_notices_a_mark_that_is_moved() -> None:
    picture = trend.picture(finding(series([1.0, 2.0, 4.0])), indicator(), "wide")
    assert picture is not None
    words = {"name": "x", "title": "t", "description": "d"}
    drawn = pen.svg(picture, **words)
    moved = re.sub(r'cx="(\d+)', lambda found: f'cx="{int(found[1]) + 1}', drawn, count=1)
    assert _ours(drawn) == _ours(drawn)
    assert _ours(moved) != _ours(drawn)
    assert _ours(drawn)["dot"][0][1] == pytest.approx(
        _vegas(vl_pen.svg(picture, **words))["dot"][0][1], abs=HALF_A_PIXEL
    )
    assert _ours(moved)["dot"][0][1] != pytest.approx(
        _vegas(vl_pen.svg(picture, **words))["dot"][0][1], abs=HALF_A_PIXEL
    )


def test_the_other_pen_draws_all_charts_on_request() -> None:
    case = finding(series([1.0, 2.0, 4.0]), neighbours=(series([2.0, 2.0, 2.0], name="Derby"),))
    ours, theirs = draw.charts(case, indicator()), draw.charts(case, indicator(), pen="vl-convert")
    assert ours.trend
    assert theirs.trend
    assert ours.neighbours
    assert theirs.neighbours
    assert theirs.trend.wide != ours.trend.wide
    assert theirs.trend.description == ours.trend.description
    assert theirs.neighbours.narrow.startswith(ours.neighbours.narrow[:200])
    for drawn in (theirs.trend.wide, theirs.neighbours.narrow):
        assert "style=" not in drawn
        assert "aria-hidden" not in drawn


def test_the_templates_that_are_kept_are_what_altair_makes(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--accept"):
        altair_template.KEPT.write_text(altair_template.text(), encoding="utf-8")
    assert altair_template.KEPT.read_text(encoding="utf-8") == altair_template.text()


def test_one_specification_holds_the_rows_of_both_layouts_each_in_its_order() -> None:
    @settings(max_examples=100, deadline=None, derandomize=True, database=None)
    @given(case=cases(), choice=st.integers(0, 2))
    def compare(case: tuple[Finding, Indicator], choice: int) -> None:
        wide, narrow = (_picture(*case, size, choice) for size in ("wide", "narrow"))
        if wide is None or narrow is None:
            return
        marks = altair_spec.spec(wide, narrow=narrow)["datasets"]["marks"]
        for picture in (wide, narrow):
            theirs = [
                {k: v for k, v in row.items() if k != "only"}
                for row in marks
                if row.get("only", picture.size) == picture.size
            ]
            assert theirs == altair_spec.spec(picture)["datasets"]["marks"]

    compare()


def test_one_template_serves_every_chart_of_a_kind() -> None:
    first = altair_template.template(False, interactive=True)
    assert altair_template.template(False, interactive=True) is first
    before = repr(first)
    draw.charts(finding(series([1.0, 2.0])), indicator())
    assert repr(first) == before


# --- reading pictures ----------------------------------------------------------------------


def _numbers(text: str) -> list[float]:
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", text)]


def _shift(node: ElementTree.Element) -> tuple[float, float]:
    found = _numbers(node.get("transform", ""))
    return (found[0], found[1] if len(found) > 1 else 0.0) if found else (0.0, 0.0)


def _paint(look: dict[str, str]) -> str:
    """Colours, width and dash in one spelling, whichever pen wrote them."""
    bare = ("", "none", "transparent")
    fill, stroke = look.get("fill", ""), look.get("stroke", "")
    parts = ["" if fill in bare else fill, "" if stroke in bare else stroke]
    if parts[1]:
        parts.append(f"{float(look.get('stroke-width', 1)):g}")
        dash = _numbers(look.get("stroke-dasharray", "1,0"))
        parts.append("" if dash == [1, 0] else str(dash))
    parts.append(f"{float(look.get('opacity', 1)):g}")
    return " ".join(parts)


def _ours(svg: str) -> Marks:
    found: Marks = defaultdict(list)
    for panel in ElementTree.fromstring(svg).findall(f"{SVG}g"):
        dx, dy = _shift(panel)
        for group in panel:
            look = _paint(dict(group.attrib))
            for node in group:
                _add(found, _kind(group, node), look, node, dx, dy)
    return found


def _kind(group: ElementTree.Element, node: ElementTree.Element) -> str:
    tag = node.tag.removeprefix(SVG)
    if tag == "line":
        role = group.get("class", "")
        return "leader" if role == "c-leader" or role.startswith("c-key-") else "rule"
    if tag == "path":
        return "band" if node.get("d", "").endswith("Z") else "line"
    return {"rect": "box", "circle": "dot", "text": "label"}[tag]


def _vegas(svg: str) -> Marks:
    found: Marks = defaultdict(list)
    _walk(ElementTree.fromstring(svg), 0.0, 0.0, found)
    return found


def _walk(node: ElementTree.Element, x: float, y: float, found: Marks) -> None:
    dx, dy = _shift(node) if node.tag == f"{SVG}g" else (0.0, 0.0)
    mark = re.search(r"role-mark (?:\w+_)?([a-z]+)_marks", node.get("class", ""))
    for child in node:
        if mark:
            _add(found, mark[1], _paint(dict(child.attrib)), child, x + dx, y + dy)
        else:
            _walk(child, x + dx, y + dy, found)


def _add(found: Marks, kind: str, look: str, node: ElementTree.Element, x: float, y: float) -> None:
    dx, dy = _shift(node)
    x, y = x + dx, y + dy
    get = {k: float(v) for k, v in node.attrib.items() if re.fullmatch(r"-?[\d.]+", v)}
    match node.tag.removeprefix(SVG):
        case "rect":
            at = (x + get["x"], y + get["y"], get["width"], get["height"])
        case "line":
            x1, y1 = x + get.get("x1", 0), y + get.get("y1", 0)
            ends = sorted([(x1, y1), (x + get["x2"], y + get["y2"])])
            at = (*ends[0], *ends[1])
        case "circle":
            at = (x + get["cx"], y + get["cy"], get["r"])
        case "text":
            at = (x + get.get("x", 0), y + get.get("y", 0))
            look = f"{node.text} {node.get('text-anchor', 'start')}"
        case _ if kind == "box":  # Vega: M x,y h width v height h -width Z
            left, top, width, height, _ = _numbers(node.get("d", ""))
            at = (x + left, y + top, width, height)
        case _ if kind == "dot":  # Vega: an arc that begins at the radius
            at = (x, y, _numbers(node.get("d", ""))[0])
        case _:
            xy = _numbers(node.get("d", ""))
            at = tuple(v + (y if n % 2 else x) for n, v in enumerate(xy))
    found[kind].append((look, at))
