"""Every kind of page against WCAG 2.0 to 2.2, A and AA, as far as axe-core can judge."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Opens

pytestmark = pytest.mark.browser

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
KINDS = {
    "home": "",
    "framework": "frameworks/every-child-matters/",
    "outcome": "frameworks/every-child-matters/being-healthy/",
    "all indicators": "indicators/",
    "indicator": "indicators/persistent-absence/",
    "indicator with groups": "indicators/early-development/",
    "places": "areas/",
    "a place": "areas/sheffield/",
    "the book's place among others": "areas/portsmouth/",
    "a place beside the book's": "areas/sheffield/beside-portsmouth/",
    "indicator in a place": "areas/southampton/persistent-absence/",
    "indicator in all places": "indicators/persistent-absence/areas/",
    "data": "data/",
    "for machines": "data/machines/",
    "method": "method/",
    "worked examples": "method/worked-examples/",
    "glossary": "glossary/",
    "accessibility": "accessibility/",
    "about": "about/",
    "contribute": "contribute/",
    "programmes": "programmes/",
    "programme": "programmes/self-harm-and-suicide/",
    "programme with figures": "programmes/example-mentoring/",
    "measure": "programmes/example-mentoring/matched-in-30-days/",
    "report of an indicator": "indicators/persistent-absence/report/",
    "report of a programme": "programmes/swale-kids/report/",
    "report of a measure": "programmes/example-mentoring/better-with-parents-percent/report/",
    "matrix": "matrix/",
    "agreements": "agreements/",
    "agreement": "agreements/plymouth-childrens-centres/",
    "agreement with counts": "agreements/example-reading-partners/",
    "agreement's population": "agreements/plymouth-childrens-centres/population/",
    "plans": "plans/",
    "plan": "plans/herefordshire-jar-improvement/",
    "development plan": "plans/luton-development-plan-template/",
    "boards": "boards/",
    "board": "boards/luton-lscb/",
    "partnership": "boards/childrens-trust/",
    "improvement board": "boards/herefordshire-improvement-board/",
    "quarterly report": "boards/example-partnership/reports/2026-q3/",
    "quarterly report with news": "boards/example-partnership/reports/2025-q4/",
    "quarterly report with services": "boards/example-partnership/reports/2026-q4/",
    "audits": "audits/",
    "section 11 grid": "audits/example-section-11/",
    "recommendations": "audits/example-multi-agency-audit/",
    "child deaths": "audits/child-death-overview/",
    "checklist": "checklists/ten-practical-steps/",
    "source documents": "sources/",
    "contradictions": "sources/contradictions/",
    "part of a source": "sources/p9/",
    "adults": "frameworks/adults-seven/",
    "monthly measure": "programmes/example-mentoring/matched-in-30-days/",
    "language": "language/",
    "what the check finds": "checks/",
    "what each edition said": "indicators/persistent-absence/history/",
    "what changed": "changes/",
    "editions": "editions/",
    "record of forecasts": "method/forecast-record/",
    "drivers": "drivers/",
    "search": "search/?q=school",
    "not found": "404.html",
}
# What axe cannot decide, looked at by a person: rule, and why it is right as it is.
REVIEWED = {
    "color-contrast": "text over a chart's own shapes; draw's tests measure its palette",
}


def faults(page: Page) -> Iterator[str]:
    """What axe finds on a page, one line each."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations', 'incomplete']})",
        TAGS,
    )
    for finding in found["violations"]:
        for node in finding["nodes"]:
            yield f"{finding['id']}: {node['target']}: {node['failureSummary']}"
    for finding in found["incomplete"]:
        if finding["id"] not in REVIEWED:
            targets = [node["target"] for node in finding["nodes"]]
            yield f"cannot be decided, look at it: {finding['id']}: {targets}"


def in_each_look(page: Page) -> Iterator[str]:
    """What axe finds in both schemes and at both widths."""
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            # The script that follows the system has its turn; an embedded chart needs none.
            page.wait_for_function(
                """dark => [null, dark ? 'slate' : 'default'].includes(
                document.documentElement.getAttribute('data-md-color-scheme'))""",
                arg=scheme == "dark",
            )
            yield from (f"{scheme}, {width} px: {fault}" for fault in faults(page))


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_violates_a_criterion_that_can_be_tested(opens: Opens, kind: str) -> None:
    page = opens(KINDS[kind]).page
    if kind == "search":
        page.wait_for_selector(".db-results li")
    page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true })")
    assert list(in_each_look(page)) == []


def test_the_search_dialog_violates_none_either(opens: Opens) -> None:
    page = opens("").page
    page.click(".db-search-open")
    page.wait_for_selector("dialog[open] input[type=search]")
    page.keyboard.type("school")
    page.wait_for_selector("dialog .db-results li")
    page.click("dialog[open] .db-narrow > summary")
    page.wait_for_selector("dialog[open] .db-facets summary")
    page.evaluate("document.querySelectorAll('dialog details').forEach(d => { d.open = true })")
    assert list(in_each_look(page)) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nor_does_the_open_menu_of_a_small_screen(opens: Opens, dark: bool) -> None:
    page = opens("glossary/", dark=dark, width=320).page
    page.click(".db-menu summary")
    page.wait_for_selector(".db-menu nav a", state="visible")
    assert list(faults(page)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_sticks_out_at_the_width_of_a_small_telephone(opens: Opens, kind: str) -> None:
    page = opens(KINDS[kind], width=320).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("kind", ["home", "indicator", "all indicators", "glossary"])
def test_text_spacing_of_one_s_own_hides_nothing(opens: Opens, kind: str) -> None:
    page = opens(KINDS[kind], width=320).page
    page.evaluate(
        """() => { const own = new CSSStyleSheet(); own.replaceSync(
        '* { line-height: 1.5 !important; letter-spacing: .12em !important;'
        + ' word-spacing: .16em !important } p { margin-bottom: 2em !important }');
        document.adoptedStyleSheets = [own]; }"""
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(CLIPPED) == []


# Boxes whose words are cut off: more content than room, and no way to scroll to it.
CLIPPED = """() => [...document.querySelectorAll('main *')].filter(e => {
  const style = getComputedStyle(e);
  if (style.display === 'inline' || e.closest('svg') || style.clipPath !== 'none') return false;
  return (style.overflowX === 'hidden' && e.scrollWidth > e.clientWidth + 1)
      || (style.overflowY === 'hidden' && e.scrollHeight > e.clientHeight + 1);
}).map(e => e.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize(
    "kind", ["indicator with groups", "indicator in a place", "indicator in all places"]
)
def test_letters_in_charts_are_12_pixels_or_more(opens: Opens, kind: str, width: int) -> None:
    page = opens(KINDS[kind], width=width).page
    sizes = page.evaluate(
        """() => [...document.querySelectorAll('main svg text')].filter(t => t.checkVisibility())
        .map(t => { const m = t.getScreenCTM(); const scale = Math.hypot(m.a, m.b);
          return [parseFloat(getComputedStyle(t).fontSize) * scale, Math.abs(m.b) > 1e-6 * scale,
                  t.textContent] })"""
    )
    assert sizes, "the page has no chart with words in it"
    assert [size for size in sizes if size[0] < 11.99 or size[1]] == []


@pytest.mark.parametrize("width", [1280, 320])
def test_each_stop_of_the_keyboard_is_seen(opens: Opens, width: int) -> None:
    page = opens("indicators/", width=width).page
    seen = 0
    for _ in range(40):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => { const e = document.activeElement; if (e === document.body) return null;
            const box = e.getBoundingClientRect(), style = getComputedStyle(e);
            const inside = e.contains(document.elementFromPoint(
              Math.min(innerWidth - 1, Math.max(1, box.left + Math.min(box.width, 40) / 2)),
              Math.min(innerHeight - 1, Math.max(1, box.top + Math.min(box.height, 20) / 2))));
            return {html: e.outerHTML.slice(0, 90), inside, outline: style.outlineStyle,
              width: parseFloat(style.outlineWidth),
              on: box.right > 0 && box.left < innerWidth}; }"""
        )
        if stop is None:
            break
        seen += 1
        assert stop["on"], f"off the screen: {stop}"
        assert stop["inside"], f"covered: {stop}"
        assert stop["outline"] != "none", f"without a mark: {stop}"
        assert stop["width"] >= 2, f"without a mark: {stop}"
    assert seen > 10


def test_the_menu_of_a_small_screen_opens_and_closes_by_keyboard(opens: Opens) -> None:
    page = opens("about/", width=320).page
    summary = page.locator(".db-menu summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".db-menu nav a", has_text="Home").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".db-menu[open]")).to_have_count(0)
    expect(summary).to_be_focused()


def test_wide_tables_are_scrolled_by_keyboard_and_small_ones_are_no_stop(opens: Opens) -> None:
    page = opens("areas/", width=320).page
    box = page.locator(".db-scroll").first
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.db-scroll').scrollLeft > 0")
    page.wait_for_function(
        """() => ![...document.querySelectorAll('.db-scroll')]
        .some(e => e.scrollWidth <= e.clientWidth && e.tabIndex === 0)"""
    )


@pytest.mark.parametrize("path", ["", "indicators/", "areas/portsmouth/"])
def test_a_list_of_indicators_shows_its_figures_on_a_telephone(opens: Opens, path: str) -> None:
    """Nobody has to scroll sideways to learn how a figure stands."""
    page = opens(path, width=320).page
    cells = page.locator("table.db-indicators tbody td[data-label]:not(:empty)")
    assert cells.count() > 12 * 5
    assert page.evaluate(
        """() => [...document.querySelectorAll('table.db-indicators tbody td')].every(cell => {
        const box = cell.getBoundingClientRect();
        return box.right <= innerWidth && box.left >= 0; })"""
    )


def test_forced_colours_keep_words_and_current_page(opens: Opens) -> None:
    page = opens("indicators/").page
    page.emulate_media(forced_colors="active")
    width = page.locator(".db-tabs a[aria-current]").evaluate(
        "e => parseFloat(getComputedStyle(e).borderBottomWidth)"
    )
    assert width >= 2
    assert page.locator("main .db-status").first.is_visible()


def test_on_paper_each_page_stands_alone(opens: Opens) -> None:
    page = opens("indicators/persistent-absence/").page
    page.emulate_media(media="print")
    address = page.locator(".db-address")
    assert address.is_visible()
    assert "indicators/persistent-absence/" in address.inner_text()
    assert "edition" in address.inner_text()
    assert not page.locator(".db-tabs").is_visible()
    assert not any(button.is_visible() for button in page.locator("main button").all())
    assert page.locator("main figure svg").first.is_visible()
