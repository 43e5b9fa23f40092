"""What the source documents hold is found in the search box by the words of every day."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from browser.conftest import PATIENCE, Opens

pytestmark = pytest.mark.browser

# What somebody types, and the page that has to be among the first results.
ASKED = {
    "five outcomes for children": "frameworks/every-child-matters/",
    "older people with dignity": "frameworks/six-results/older-people-with-dignity/",
    "leadership and commissioning": "sources/d1/",
    "childrens trust partnership": "boards/childrens-trust/",
    "means not ends": "sources/f6/",
    "ten steps": "checklists/ten-practical-steps/",
    "laming victoria climbie": "drivers/",
    "tilburg new zealand": "neighbourhood-to-country/",
    "language trap jargon": "sources/b4/",
    "outcome or indicator quiz": "language/",
    "waiting times nurses": "programmes/hospital-care/",
    "people off drugs and alcohol": "programmes/drug-and-alcohol-treatment/",
    "social worker leaving turnover": "plans/herefordshire-jar-improvement/",
    "exclusions swale": "programmes/swale-kids/",
    "mentors for young people": "programmes/mentoring-scheme/",
    "safeguarding board meetings": "programmes/board-effectiveness/",
    "strengthening families framework": "programmes/strengthening-families/",
    "suicide self harm": "programmes/self-harm-and-suicide/",
    "healthy eating football club": "programmes/healthy-eating-and-exercise/",
    "paid by results children's centres": "agreements/plymouth-childrens-centres/",
    "how much a point is worth": "agreements/plymouth-childrens-centres/",
    "funnel of pregnant women": "agreements/plymouth-childrens-centres/",
    "traffic light rounding": "sources/d16/",
    "voluntary sector safeguarding standards": "sources/u6/",
    "serious case reviews": "audits/serious-case-reviews/",
    "child deaths": "audits/child-death-overview/",
    "risk log": "plans/herefordshire-jar-improvement/",
    "care leavers housing": "sources/d20/",
    "report to the minister": "plans/herefordshire-jar-improvement/",
    "target lower than now": "sources/d19/",
    "up to 50%": "sources/d21/",
    "green but not paid": "sources/d12/",
    "outcomes for adults": "frameworks/adults-seven/",
    "social workers": "indicators/social-worker-vacancies/",
    "every child matters": "frameworks/every-child-matters/",
    "portsmouth 8": "frameworks/portsmouth-8/",
    "performance measures": "programmes/",
    "looked after children": "indicators/looked-after-children/",
    "mistakes in the sources": "sources/contradictions/",
    "glossary": "glossary/",
    "which service contributes to which outcome": "matrix/",
    "overdue actions": "plans/",
    "bonus payments": "agreements/plymouth-childrens-centres/",
    "runaways": "programmes/self-harm-and-suicide/",
    "single agency audit": "audits/single-agency-audits/",
    "jobs and the economy": "frameworks/six-results/prosperous-economy/",
    "parenting": "programmes/swale-kids/",
    "stage of pathway": "agreements/plymouth-childrens-centres/",
    "who is responsible": "audits/luton-section-11/",
    "early years plymouth": "areas/plymouth/early-development/",
    "reading": "indicators/year-6-results/",
    "learning to read": "indicators/phonics/",
    "abscence": "indicators/persistent-absence/",
    "childhood obesety": "indicators/overweight-reception/",
    "how many children miss school": "indicators/persistent-absence/",
    "what has changed": "changes/",
    "report an error": "contribute/correct-a-figure/",
    "gcse results in portsmouth": "indicators/attainment-8/",
    "absence in southampton": "areas/southampton/persistent-absence/",
    "abscence in southampton": "areas/southampton/persistent-absence/",
    "exclusions derby": "areas/derby/permanent-exclusions/",
    "compare portsmouth with southampton": "areas/southampton/beside-portsmouth/",
    "how does portsmouth compare with england": "areas/england/",
    "fat kids": "indicators/overweight-reception/",
    "food banks": "indicators/child-poverty/",
    "a&e": "indicators/injury-admissions/",
    "camhs waiting times": "indicators/mental-health-admissions/",
    "16 and 17 year olds not in education": "indicators/neet/",
    "under 18 conceptions": "indicators/teenage-conceptions/",
    "children’s trust": "boards/childrens-trust/",
    "£672": "sources/p9/",
    '"payment by results"': "agreements/",
    "confidence interval": "glossary/",
    "excel": "data/",
}
FIRST = 3


def ask(page: Page, words: str) -> list[str]:
    """Type words and wait for what is said of them; the addresses of the first results."""
    field = page.locator(".db-search input[type=search]")
    status = page.locator(".db-search [role=status]")
    field.fill("")
    expect(status).to_have_text("", timeout=PATIENCE)
    field.fill(words)
    expect(status).not_to_have_text("", timeout=PATIENCE)
    links = page.locator(".db-results a").evaluate_all("all => all.map((one) => one.pathname)")
    return [str(link) for link in links[:FIRST]]


def test_what_people_ask_for_is_among_the_first_three_pages(opens: Opens) -> None:
    page = opens("search/").page
    missed = {}
    for words, path in ASKED.items():
        found = ask(page, words)
        if not any(address.endswith(f"/{path}") for address in found):
            missed[words] = found
    assert missed == {}


def test_where_no_page_has_every_word_those_with_most_of_them_are_shown(opens: Opens) -> None:
    page = opens("search/").page
    found = ask(page, "swale exclusions bullying")
    assert found[0].endswith("/programmes/swale-kids/")
    said = page.locator(".db-search [role=status]").inner_text()
    assert said.startswith("No page has all of these words.")
    assert said.endswith("2 of 3.")


def test_a_word_that_no_page_has_is_taken_for_the_one_that_was_meant(opens: Opens) -> None:
    watched = opens("search/")
    found = ask(watched.page, "abscence")
    assert "absence" in found[0]
    said = watched.page.locator(".db-search [role=status]").inner_text()
    assert said.startswith("No page has “abscence”. ")
    assert said.endswith("found for “absence”")
    assert watched.faults == []


def test_where_exactly_these_words_are_nowhere_they_are_looked_for_one_by_one(
    opens: Opens,
) -> None:
    page = opens("search/").page
    assert ask(page, '"children in care"')[0].endswith("/indicators/looked-after-children/")
    assert ask(page, '"care children"')


def test_while_an_answer_takes_its_time_the_reader_is_told(opens: Opens) -> None:
    page = opens("").page
    held: list[Route] = []
    page.route("**/wasm.*.pagefind", lambda route: held.append(route))
    page.click(".db-search-open")
    page.fill("dialog[open] input[type=search]", "absence")
    busy = page.locator("dialog .db-busy")
    expect(busy).to_have_text("Searching …", timeout=PATIENCE)
    assert page.locator("dialog [role=status]").inner_text() == ""
    for route in held:
        route.continue_()
    page.wait_for_selector("dialog .db-results a[href*='absence']")
    expect(busy).to_have_text("")


def test_where_search_cannot_be_fetched_the_reader_is_led_on_and_may_try_again(
    opens: Opens,
) -> None:
    page = opens("").page
    page.route("**/search-index/pagefind-entry.json*", lambda route: route.abort())
    page.click(".db-search-open")
    page.fill("dialog[open] input[type=search]", "absence")
    status = page.locator("dialog [role=status]")
    expect(status).to_contain_text("could not be loaded", timeout=PATIENCE)
    assert page.locator("dialog .db-results a[href$='indicators/']").is_visible()
    page.unroute("**/search-index/pagefind-entry.json*")
    page.click("dialog form button[type=submit]")
    expect(status).to_contain_text("found", timeout=PATIENCE)
