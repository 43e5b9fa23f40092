"""Nothing untrue is said: sentences, ranks, counts and due dates, worked out again from the source.

`test_truth.py` holds every printed figure against its row; this holds what is said about them.
"""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from html import unescape

import pytest

from test_truth import (
    AREAS,
    INDICATORS,
    PLACE,
    REPOSITORY,
    declared,
    everybody,
    page_of,
    rounded,
    rows,
    seen,
    source_rows,
)

EDITION = re.search(
    r"date: (\d{4}-\d{2}-\d{2})", (REPOSITORY / "scorecards/databook.yaml").read_text("utf-8")
)[1]
NEIGHBOURS = [AREAS[r["neighbour"]] for r in rows(REPOSITORY / "scorecards/areas/neighbours.csv")]
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh"
_COUNTS = "no one two three four five six seven eight nine ten eleven twelve"
ORDINALS, COUNTS = _ORDINALS.split(), _COUNTS.split()


@pytest.fixture(params=INDICATORS, ids=lambda folder: folder.name)
def folder(request):
    return request.param


def values(folder, place: str) -> dict[str, Decimal]:
    """The published figures of a place by period, oldest first."""
    kind = declared(folder)["periods"]
    keys = sorted({seen(key[0], kind): key[0] for key in source_rows(folder)}.items(),
                  key=lambda item: item[1])  # fmt: skip
    source = everybody(folder)
    return {
        period: Decimal(source[period, place]["value"])
        for period, _ in keys
        if (period, place) in source and source[period, place]["value"]
    }


def good(folder, difference: Decimal) -> str:
    """Whether a difference is better or worse by the declared polarity."""
    better = declared(folder)["better"]
    if better == "neutral" or difference == 0:
        return ""
    return "better" if (difference > 0) == (better == "higher") else "worse"


def finding(page: str) -> list[str]:
    block = re.search(r'<div class="db-finding">(.*?)</div>', page, re.DOTALL)[1]
    return [unescape(p) for p in re.findall(r"<p>(.*?)</p>", block)]


def newest(folder) -> tuple[str, Decimal]:
    return list(values(folder, PLACE).items())[-1]


def test_the_side_of_englands_figure_is_the_side_it_lies_on(demonstration, folder):
    period, own = newest(folder)
    other = values(folder, "England").get(period)
    said = finding(page_of(demonstration, folder))[0]
    if other is None:
        assert "England" not in said
        return
    decimals = int(declared(folder).get("decimals", 1))
    shown = re.search(r"(?:England’s |England \()£?(−?[0-9.]+)", said)
    assert shown, said
    assert shown[1] == rounded(other, decimals)
    side = good(folder, own - other)
    if found := re.search(r"(higher|lower) \((better|worse)\) than England’s ", said):
        assert found[1] == ("higher" if own > other else "lower")
        assert found[2] == side
    elif found := re.search(r"(better|worse) than England \(", said):
        assert found[1] == side
    elif found := re.search(r"(higher|lower) than England ", said):
        assert (found[1] == "higher") is (own > other)
        assert declared(folder)["better"] == "neutral"
    else:
        assert "not clearly different from England" in said or "the same as England" in said


def test_the_rank_counts_the_places_that_do_better_and_says_who_shares_it(demonstration, folder):
    period, own = newest(folder)
    others = [v for n in NEIGHBOURS if (v := values(folder, n).get(period)) is not None]
    said = re.search(r"(?:and|:) ((?:joint )?[a-z]+(?: best| highest)?) of (\w+) similar places",
                     finding(page_of(demonstration, folder))[0])  # fmt: skip
    assert said, "no rank is said"
    neutral = declared(folder)["better"] == "neutral"
    ahead = sum(good(folder, v - own) == "better" or (neutral and v > own) for v in others)
    behind = sum(good(folder, v - own) == "worse" or (neutral and v < own) for v in others)
    first, last = ("highest", "lowest") if neutral else ("best", "last")
    place = first if not ahead else last if not behind else f"{ORDINALS[ahead]} {first}"
    joint = "joint " if own in others else ""
    assert said[1] == f"{joint}{place}"
    assert said[2] == COUNTS[len(others) + 1]


def test_what_is_said_of_the_change_is_what_happened(demonstration, folder):
    told = finding(page_of(demonstration, folder))
    if len(told) < 2:
        pytest.skip("nothing is said of a change")
    decimals = int(declared(folder).get("decimals", 1))
    history = list(values(folder, PLACE).items())
    shown = [(period, rounded(value, decimals)) for period, value in history]
    sentence = told[-1]
    if "is the same as" in sentence:
        assert history[-1][1] == history[-2][1]
        return
    way, start = re.search(
        r"has (risen|fallen) (?:\w+ \w+ running, )?from (\S+)", sentence
    ).groups()
    steps = re.search(r"(\w+) \w+ running", sentence)
    back = COUNTS.index(steps[1]) if steps else 1
    assert start.rstrip("%:,.") == shown[-1 - back][1]
    assert start.rstrip("%:,.") != shown[-1][1], "a change that rounding hides is told as one"
    runs = [b[1] - a[1] for a, b in zip(history[-1 - back :], history[-back:], strict=False)]
    assert all((step > 0) is (way == "risen") for step in runs)
    if found := re.search(r"the (right|wrong) direction", sentence):
        assert good(folder, runs[-1]) == {"right": "better", "wrong": "worse"}[found[1]]
    if "improvement" in sentence:
        assert good(folder, runs[-1]) == "better"


def test_the_picture_has_the_band_that_its_caption_speaks_of(demonstration, folder):
    page = page_of(demonstration, folder)
    figure = re.search(r'<figure class="db-chart" id="chart-trend">.*?</figure>', page, re.DOTALL)[
        0
    ]
    caption = figure[figure.index("<figcaption>") :]
    assert ("bands show" in caption) is ("c-band-80" in figure)
    assert ("dotted line" in caption) is ('class="c-forecast"' in figure)


# --- counts over many indicators -----------------------------------------------------------

CELL = r'<td data-label="{}">.*?data-status="(\w+)"'
COLUMNS = {"Since": "Since previous", "Beside": "Against England", "Against": "Against forecast"}


def marks(table: str, label: str) -> Counter:
    return Counter(re.findall(CELL.format(label), table, re.DOTALL))


def counted(html: str) -> Counter:
    found = re.findall(r'class="db-count" data-status="(\w+)"><b>(\d+)</b>', html)
    return Counter({tone: int(n) for tone, n in found})


def test_the_home_page_counts_what_its_own_table_shows(demonstration):
    page = (demonstration / "index.html").read_text(encoding="utf-8")
    table = re.search(r'<table[^>]* id="headlines".*?</table>', page, re.DOTALL)[0]
    tiles = re.findall(r'<div class="db-tile"><dt>(\w+).*?</dt><dd>(.*?)</dd>', page, re.DOTALL)
    assert [name for name, _ in tiles] == list(COLUMNS)
    for name, tile in tiles:
        assert counted(tile) == marks(table, COLUMNS[name]), name


def test_each_outcome_is_counted_as_its_own_page_lists_it(demonstration):
    home = (demonstration / "index.html").read_text(encoding="utf-8")
    lines = re.findall(r'<tr><th scope="row"><a href="[^"]*frameworks/.*?</tr>', home, re.DOTALL)
    assert len(lines) == 5 + 8
    for line in lines:
        address = re.search(r"frameworks/[^\"]+/", line)[0]
        page = (demonstration / address / "index.html").read_text(encoding="utf-8")
        for label, column in (("Since previous", "Since previous"),
                              ("Beside England", "Against England")):  # fmt: skip
            cell = re.search(rf'<td data-label="{label}">(.*?)</td>', line, re.DOTALL)
            shapes = re.findall(
                r'data-status="(\w+)"><span class="db-shapes">(.*?)</span>', cell[1] if cell else ""
            )
            drawn = Counter({tone: len(text) for tone, text in shapes})
            assert drawn == marks(page, column), (address, column)
            words = [int(n) for n in re.findall(r"(\d+) [a-z]", cell[1] if cell else "")]
            assert words == [len(text) for _, text in shapes]


def test_what_is_overdue_was_due_before_the_edition_and_nothing_else_is(demonstration):
    page = (demonstration / "index.html").read_text(encoding="utf-8")
    section = page[page.index('id="overdue"') :]
    section = section[: section.index("</section>")]
    told = set(re.findall(r'href="[^"]*indicators/([^/]+)/"', section))
    due = {f.name: str(declared(f)["source"].get("next_release", "")) for f in INDICATORS}
    late = {slug for slug, day in due.items() if day and day < EDITION[: len(day)]}
    assert told == late
    assert f"Newer figures for {len(late)} indicators" in section
