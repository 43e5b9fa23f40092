"""What the source documents hold is found in the search box by the words of every day."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

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


def test_thirty_parts_of_the_sources_are_found_by_everyday_words(opens: Opens) -> None:
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
