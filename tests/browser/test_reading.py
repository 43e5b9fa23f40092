"""What readers do: open, read without scripts, search, sort, print the address of what they see."""

from __future__ import annotations

import gzip
import re
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser.conftest import Opens, Site, headers_at, rules
from browser.test_accessibility import KINDS

pytestmark = pytest.mark.browser

INDICATOR = KINDS["indicator"]
BUDGET = 100_000  # bytes of a first visit to an indicator page, compressed, all of it
SENT_PLAIN = (".png", ".jpg", ".webp", ".woff2", ".pf_meta", ".pf_index", ".pf_fragment")


@pytest.mark.parametrize("kind", KINDS)
def test_no_other_host_is_asked_and_the_policy_is_kept(opens: Opens, kind: str) -> None:
    seen = opens(KINDS[kind])
    seen.page.wait_for_load_state("networkidle")
    assert seen.strangers == []
    assert seen.faults == []


def test_the_policy_of_the_page_is_that_of_the_header(site: Site) -> None:
    sent = headers_at(rules(site.folder / "_headers"), f"/{INDICATOR}")
    header = "\n".join(f"{name}: {value}" for name, value in sent)
    page = (site.folder / INDICATOR / "index.html").read_text(encoding="utf-8")
    meta = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert meta
    assert f"Content-Security-Policy: {unescape(meta[1])}\n" in header
    assert "Content-Security-Policy: frame-ancestors 'none'" in header
    assert "unsafe-inline" not in header
    assert "'unsafe-eval'" not in header


def test_a_first_visit_to_the_heaviest_indicator_page_costs_at_most_100_kb(
    opens: Opens, site: Site
) -> None:
    pages = site.folder.glob("indicators/*/index.html")
    heaviest = max(pages, key=lambda path: len(gzip.compress(path.read_bytes(), 9, mtime=0)))
    path = heaviest.parent.relative_to(site.folder).as_posix() + "/"
    seen = opens(path)
    seen.page.wait_for_load_state("networkidle")
    costs = {url: cost(site, url) for url in seen.fetched if url.startswith(site.address)}
    assert len(costs) >= 4, costs
    assert sum(costs.values()) <= BUDGET, costs


def cost(site: Site, url: str) -> int:
    """Bytes that a host would send for an address."""
    inside = url.removeprefix(site.address).partition("?")[0]
    file = site.folder / (inside + "index.html" if not inside or inside.endswith("/") else inside)
    data = file.read_bytes()
    return len(data) if file.suffix in SENT_PLAIN else len(gzip.compress(data, 6, mtime=0))


@pytest.mark.parametrize("width", [1280, 320])
def test_without_javascript_an_indicator_page_says_and_shows_everything(
    opens: Opens, width: int
) -> None:
    page = opens(INDICATOR, width=width, script=False).page
    assert page.locator(".db-finding").is_visible()
    charts = page.locator("main figure svg[role=img]")
    assert [svg.is_visible() for svg in charts.all()].count(True) >= 1
    table = page.locator("table#figures")
    assert table.is_visible()
    assert table.locator("caption").inner_text()
    assert page.locator("main .db-downloads a").first.is_visible()
    assert page.locator("main .db-status").first.is_visible()
    assert page.locator("main button:visible").count() == 0, "a button that would do nothing"


def test_scripts_add_no_words_to_what_a_page_says(opens: Opens) -> None:
    words = "document.querySelector('main').innerText.replace(/\\s+/g, ' ')"
    with_script = opens(INDICATOR).page.evaluate(words)
    page = opens(INDICATOR, script=False).page
    without = re.sub(r"\s+", " ", page.locator("main").inner_text())
    for button in ("Explore this chart",):
        with_script = with_script.replace(button, "")
    assert re.sub(r"\s+", " ", with_script).strip() == without.strip()


def test_without_javascript_the_menu_and_the_dark_scheme_work(opens: Opens) -> None:
    page = opens("about/", width=320, dark=True, script=False).page
    page.click(".db-menu summary")
    assert page.locator(".db-menu nav a").first.is_visible()
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = opens("about/", width=320, dark=True).page.evaluate(ground)
    light = opens("about/", width=320).page.evaluate(ground)
    assert dark != light


def test_without_javascript_search_says_how_else_to_find_things(opens: Opens) -> None:
    page = opens("", script=False).page
    page.click(".db-search-open")
    page.wait_for_url("**/search/")
    assert page.locator("main a[href$='indicators/']").is_visible()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("jobless", "indicators/neet/"),
        ("kicked out of school", "indicators/permanent-exclusions/"),
        ("truancy", "indicators/persistent-absence/"),
    ],
)
def test_everyday_words_find_the_official_measure(opens: Opens, words: str, found: str) -> None:
    page = opens("").page
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open] input[type=search]")
    page.keyboard.type(words)
    # What is found for half a word shows until the whole is typed, so this waits for the answer.
    page.wait_for_function(
        """found => [...document.querySelectorAll("dialog .db-results a")].slice(0, 3)
            .some(link => link.href.endsWith(found))""",
        arg=found,
    )
    expect(page.locator("dialog [role=status]")).to_contain_text("found")
    page.click(f"dialog .db-results a[href$='{found}']")
    page.wait_for_url(f"**/{found}")


@pytest.mark.parametrize(
    ("words", "said", "first"),
    [
        # Pagefind itself answers with the pages that have "as", "pla" and "qua".
        ("quagga", "No page has “quagga”.", "indicators/"),
        ("asthma in schools", "No page has “asthma”.", ""),
        ("playgrounds", "words that begin with “play”", ""),
        ("ZZZ absence", "No page has “ZZZ”.", "indicators/"),
    ],
)
def test_a_word_that_is_not_in_the_book_is_said_to_be_missing(
    opens: Opens, words: str, said: str, first: str
) -> None:
    page = opens(f"search/?q={words}").page
    expect(page.locator(".db-search [role=status]")).to_contain_text(said, timeout=20_000)
    assert first in str(page.locator(".db-results a").first.get_attribute("href"))


def test_searching_by_keyboard_ends_where_it_began(opens: Opens) -> None:
    page = opens("").page
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.db-search-open')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    expect(page.locator("dialog input[type=search]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator(".db-search-open")).to_be_focused()


def test_nothing_of_the_index_is_fetched_before_somebody_searches(opens: Opens) -> None:
    seen = opens(INDICATOR)
    seen.page.wait_for_load_state("networkidle")
    assert [url for url in seen.fetched if "search" in url] == []


def test_the_lists_to_narrow_an_answer_by_are_fetched_when_they_are_opened(
    opens: Opens,
) -> None:
    watched = opens("search/?q=school")
    page = watched.page
    page.wait_for_selector(".db-results li")
    page.wait_for_load_state("networkidle")
    assert [url for url in watched.fetched if ".pf_filter" in url] == []
    page.click(".db-narrow > summary")
    page.click(".db-facets summary >> text=Kind of page")
    # How many pages of this answer are left by each.
    page.wait_for_selector("label:has(input[value=Indicator]) span:not(:empty)")
    page.check("input[name=kind][value=Indicator]")
    page.wait_for_url("**/search/?q=school&kind=Indicator")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.db-results .db-where')]"
        ".every((line) => line.innerText.startsWith('Indicator'))"
    )
    assert watched.faults == []


def test_the_first_answer_fetches_less_than_100_kb(opens: Opens, site: Site) -> None:
    seen = opens("areas/derby/")
    seen.page.wait_for_load_state("networkidle")
    before = len(seen.fetched)
    seen.page.click(".db-search-open")
    seen.page.wait_for_selector("dialog[open] input[type=search]")
    seen.page.keyboard.type("school absence")
    seen.page.wait_for_selector("dialog .db-results li a[href*='areas/derby/']")
    seen.page.wait_for_load_state("networkidle")
    costs = {url: cost(site, url) for url in seen.fetched[before:]}
    assert sum(costs.values()) <= BUDGET, costs


def test_a_question_stands_in_the_address_of_the_search_page(opens: Opens) -> None:
    page = opens("search/?q=school&kind=Indicator").page
    page.wait_for_selector(".db-results li")
    assert page.locator("input[name=kind][value=Indicator]").is_checked()
    kinds = page.locator(".db-results .db-where").all_inner_texts()
    assert kinds
    assert all(kind.startswith("Indicator") for kind in kinds)
    page.fill("input[name=q]", "health")
    page.wait_for_url("**q=health**")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("jobless", "indicators/neet/"),
        ("kids in care", "indicators/looked-after-children/"),
        ("gcses", "indicators/attainment-8/"),
        ("hunger", "indicators/free-school-meals-primary/"),
        ("exlusions", "indicators/permanent-exclusions/"),
        ("pregant", "indicators/teenage-conceptions/"),
        ("knife crime", "indicators/first-time-offenders/"),
    ],
)
def test_what_people_type_finds_what_they_mean_first(opens: Opens, words: str, found: str) -> None:
    page = opens(f"search/?q={words}").page
    page.wait_for_selector(".db-results li a")
    assert page.locator(".db-results a").first.get_attribute("href").endswith(found)


def test_where_nothing_is_found_a_way_on_is_shown(opens: Opens) -> None:
    page = opens("search/?q=nits").page
    page.wait_for_selector(".db-results li a")
    expect(page.locator("[role=status]").first).to_contain_text("No page has “nits”.")
    assert page.locator(".db-results a").first.get_attribute("href").endswith("indicators/")


def test_a_table_is_sorted_and_narrowed_and_its_address_keeps_that(opens: Opens) -> None:
    page = opens("indicators/").page
    table = page.locator("table[data-sortable]").first
    head = table.locator("thead th").first
    names = "rows => rows.filter(r => !r.hidden).map(r => r.cells[0].innerText)"
    written = table.locator("tbody tr").evaluate_all(names)
    head.locator("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    ascending = table.locator("tbody tr").evaluate_all(names)
    head.locator("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    descending = table.locator("tbody tr").evaluate_all(names)
    assert ascending != written or descending != written
    assert sorted(ascending) == sorted(written)
    assert descending == ascending[::-1]
    page.fill(".db-filters input[type=search]", "school")
    status = page.locator(".db-filters [role=status]")
    expect(status).to_have_text(re.compile(rf"\d+ of {len(written)} rows are shown"))
    page.reload()
    expect(page.locator("table[data-sortable] tbody tr:visible")).not_to_have_count(len(written))
    again = page.locator("table[data-sortable]").first.locator("tbody tr").evaluate_all(names)
    assert 0 < len(again) < len(written)
    assert again == [name for name in descending if name in again]


def test_a_list_is_narrowed_with_the_apostrophe_that_keyboards_have_also_on_a_telephone(
    opens: Opens,
) -> None:
    page = opens("indicators/", width=320).page
    page.fill(".db-filters input[type=search]", "children's social")
    expect(page.locator(".db-filters [role=status]")).to_have_text("1 of 40 rows are shown.")
    expect(page.locator("table[data-sortable] tbody tr:visible")).to_have_count(1)


def test_a_chosen_scheme_is_kept_from_page_to_page(opens: Opens, site: Site) -> None:
    page = opens("").page
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.click(".db-scheme")  # from auto to light
    page.click(".db-scheme")  # to dark
    dark = page.evaluate(ground)
    assert dark != light
    page.goto(site.address + "about/")
    assert page.evaluate(ground) == dark
    expect(page.locator(".db-scheme")).to_have_text(re.compile("^\\s*Dark"))


def test_the_chart_can_be_explored_on_request(opens: Opens) -> None:
    seen = opens(INDICATOR)
    seen.page.locator(".db-explore").first.click()
    seen.page.wait_for_selector("figure.db-exploring .db-canvas svg")
    assert seen.faults == []
    assert seen.strangers == []


def test_every_link_inside_the_book_leads_somewhere(site: Site) -> None:
    lost = [
        f"{page.relative_to(site.folder)}: {href}"
        for page in sorted(site.folder.rglob("*.html"))
        if page.name != "404.html"
        for href in hrefs(page.read_text(encoding="utf-8"))
        if not leads(site.folder, page, href)
    ]
    assert lost == []


def hrefs(html: str) -> set[str]:
    """Addresses on a page that lie inside the book."""
    found = re.findall(r'\b(?:href|src|data-spec|data-module)="([^"]*)"', html)
    return {unescape(h) for h in found if not re.match(r"[a-z]+:|//", h)}


def leads(root: Path, page: Path, href: str) -> bool:
    """Whether a file stands at an address, and in it the part that is named."""
    path, _, part = href.partition("#")
    target = (page.parent / path.partition("?")[0]).resolve() if path else page
    if not target.is_relative_to(root.resolve()) and path:
        return False
    target = target / "index.html" if target.is_dir() else target
    if not target.is_file():
        return False
    return not part or f'id="{part}"' in target.read_text(encoding="utf-8")
