"""Editions laid side by side: what one withholds must not follow from what another shows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from databook.pipeline import publishing
from databook.pipeline.publishing import Publication, PublishOrder
from editions import commit, git, repository

ROWS = "scorecards/indicators/reading/data.csv"
ALL = "2025,N1,All,74.2,742,1000,71.4,76.8,p,\n"
GIRLS = "2025,N1,Girls,77.0,385,500,73.1,80.5,p,\n"
BOYS = "2025,N1,Boys,71.4,357,500,67.3,75.2,p,\n"
NO_GIRLS, NO_BOYS = "2025,N1,Girls,,,500,,,c,\n", "2025,N1,Boys,,,500,,,c,\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The tiny book as it was first published: two groups withheld beside their total."""
    root = repository(tmp_path / "book")
    change(root, (GIRLS, NO_GIRLS), (BOYS, NO_BOYS))
    return root


def change(book: Path, *pairs: tuple[str, str], file: str = ROWS) -> None:
    text = (book / file).read_text("utf-8")
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (book / file).write_text(text, "utf-8", newline="\n")
    commit(book, "Change")


def next_edition(book: Path, was: str = "2026-q1", now: str = "2026-q2") -> None:
    text = (book / "scorecards/databook.yaml").read_text("utf-8")
    day = next(line for line in text.splitlines() if line.strip().startswith("date:"))
    change(book, (was, now), (day, "  date: 2026-06-30"), file="scorecards/databook.yaml")


def publish(book: Path, target: Path, **said: object) -> Publication:
    order = PublishOrder(root=book, target=str(target), today=date(2026, 7, 1), force=True,
                         reason="A test", **said)  # type: ignore[arg-type]  # fmt: skip
    return publishing.publish_edition(order)


def test_a_group_that_was_withheld_follows_from_the_total_of_another_edition(
    book: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    assert not publish(book, site).failed
    before = (site / "editions.json").read_bytes()
    next_edition(book)
    # Now the total is not available, and the boys are shown: each edition is safe by itself.
    total = "2025,N1,All,,,,,,x,\n"
    change(book, (ALL, total), (NO_BOYS, BOYS))
    done = publish(book, site)
    assert done.failed
    told = [p for p in done.problems if p.code.startswith("disclosure")]
    assert [(p.code, p.place.line) for p in told] == [("disclosure-editions", 12)]
    assert told[0].what == (
        "“Girls” of N1 in 2025, which is withheld, can be had together with edition 2026-q1: "
        "N1 in 2025 (line 6 of edition 2026-q1) less “Boys” of N1 in 2025 (line 13)."
    )
    assert "385" not in f"{told[0].what}{told[0].fix}"
    assert "--withdraw" in told[0].fix
    assert (site / "editions.json").read_bytes() == before
    # As that edition did, it can be published.
    change(book, (BOYS, NO_BOYS))
    assert not publish(book, site).failed


def test_a_total_that_was_revised_with_all_its_parts_tells_nothing(
    book: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    assert not publish(book, site).failed
    next_edition(book)
    change(book, (ALL, ALL.replace("74.2,742", "74.3,743")))
    assert not publish(book, site).failed


def test_a_figure_that_was_shown_cannot_be_withheld_beside_it(book: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    change(book, (NO_GIRLS, GIRLS), (NO_BOYS, BOYS))
    assert not publish(book, site).failed
    next_edition(book)
    change(book, (GIRLS, NO_GIRLS), (BOYS, NO_BOYS))
    done = publish(book, site)
    assert done.failed
    assert {p.code for p in done.problems if p.level == "error"} == {"withheld-in-print"}


def test_a_number_that_several_editions_show_is_withdrawn_from_the_oldest_on(
    book: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    change(book, (NO_GIRLS, GIRLS), (NO_BOYS, BOYS))
    first = git(book, "rev-parse", "HEAD")
    assert not publish(book, site).failed
    next_edition(book)
    second = git(book, "rev-parse", "HEAD")
    assert not publish(book, site).failed
    for at, id_ in ((first, "2026-q1"), (second, "2026-q2")):
        git(book, "checkout", "--quiet", at)
        change(book, (GIRLS, NO_GIRLS), (BOYS, NO_BOYS))
        done = publish(book, site, correct=id_, withdraw=True)
        assert not done.failed, [p.what for p in done.problems]
        warned = {p.fix for p in done.problems if p.code == "disclosure-published-before"}
        later = {"Withdraw it from that edition next."}
        assert warned == (later if id_ == "2026-q1" else set())
    shown = [p for p in site.rglob("data.csv") if GIRLS in p.read_text("utf-8")]
    assert shown == []


def test_another_name_does_not_hide_that_an_edition_shows_a_number(
    book: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    change(book, (NO_GIRLS, GIRLS), (NO_BOYS, BOYS))
    assert not publish(book, site).failed
    next_edition(book)
    (book / ROWS).parent.rename((book / ROWS).parent.with_name("eleven"))
    settings = book / "scorecards/databook.yaml"
    moved = "moved:\n  - {old: indicators/reading/, new: indicators/eleven/}\n"
    settings.write_text(settings.read_text("utf-8") + moved, "utf-8")
    rows = ROWS.replace("reading", "eleven")
    change(book, (GIRLS, NO_GIRLS), (BOYS, NO_BOYS), file=rows)
    done = publish(book, site)
    assert done.failed
    told = [p for p in done.problems if p.level == "error"]
    assert {p.code for p in told} == {"disclosure-published-before"}
    assert all("edition 2026-q1 shows it" in p.what for p in told)


def test_nothing_is_asked_where_nothing_was_ever_withheld(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from databook.protect import audit

    root, site = repository(tmp_path / "book"), tmp_path / "site"
    assert not publish(root, site).failed
    next_edition(root)

    def never(*_: object) -> None:
        raise AssertionError("the audit was asked")

    monkeypatch.setattr(audit, "_told", never)
    assert not publish(root, site, jobs=1).failed
