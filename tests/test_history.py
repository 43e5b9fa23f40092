"""Editions published in a row from the demonstration's own history, and what the last one says."""

from __future__ import annotations

from pathlib import Path

import pytest

import editions
import history
from databook.pipeline import publishing
from databook.pipeline.publishing import PublishOrder
from links import dead_links

# One with a break in it, one with frozen forecasts and one that came in late; together with the
# last they speak to every outcome.
FEW = ("early-development", "persistent-absence", "child-poverty", "suspensions")
YEARS = (2019, 2022, 2025)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("history")
    history.begin(home / "book")
    for step in history.steps(YEARS):
        history.take(home / "book", step, FEW)
        order = PublishOrder(root=home / "book", target=str(home / "site"), today=step.day)
        done = publishing.publish_edition(order)
        assert not done.failed, done.problems
    return home / "site"


def test_each_edition_stands_as_it_was_published(site: Path) -> None:
    assert editions.faults(site) == []
    assert editions.verified(site).editions == len(YEARS) + 1


def test_the_triangle_is_what_the_sources_say_was_known(site: Path) -> None:
    assert history.triangle_faults(site, history.steps(YEARS)) == []


def test_the_record_of_forecasts_is_what_the_sources_say_became_of_them(site: Path) -> None:
    count, wrong = history.forecast_faults(site, history.steps(YEARS))
    assert wrong == []
    assert count > 5


def test_editions_share_what_is_the_same(site: Path) -> None:
    last = history.size(site / "editions" / history.steps(YEARS)[-1].id)
    assert history.size(site) < last * len(YEARS)


def test_no_link_or_fragment_of_any_edition_is_dead(site: Path) -> None:
    assert dead_links(site) == []


def test_an_indicator_that_came_in_late_is_told_as_added(site: Path) -> None:
    page = (site / "editions/2025/changes/index.html").read_text("utf-8")
    assert '<strong>Added:</strong> <a href="../indicators/child-poverty/">' in page
