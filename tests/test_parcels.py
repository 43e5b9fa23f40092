"""A task that was sent elsewhere comes to what it comes to here, earlier editions included."""

from __future__ import annotations

import pickle
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import editions
from databook import publish, site
from databook.pipeline import parcels, publishing
from databook.pipeline.crew import Share, task
from databook.pipeline.task import Done, Ground
from databook.publish import Asking

DAY = date(2026, 12, 1)
SLUG = "reading"


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """A book that has been published once, and since has a revised figure."""
    home = tmp_path_factory.mktemp("parcels")
    book, place = editions.repository(home / "book"), home / "site"
    order = publishing.PublishOrder(root=book, target=str(place), today=DAY)
    assert not publishing.publish_edition(order).failed
    settings = book / "scorecards" / "databook.yaml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("id: 2026-q1", "id: 2026-q2"), "utf-8")
    data = book / "scorecards" / "indicators" / SLUG / "data.csv"
    text = data.read_text("utf-8")
    old, new = "2025,N1,All,74.2,742,1000,71.4,76.8,p,", "2025,N1,All,73.1,731,1000,70.3,75.8,p,"
    assert old in text
    data.write_text(text.replace(old, new), "utf-8")
    around = publishing.surroundings(book)
    assert around.context is not None
    (home / "frame").mkdir()
    frame = site.make_frame(book, around.context, home / "frame")
    with publish.open_target(str(place), book, reading=True) as target:
        past = publish.recall(target, Asking(id="2026-q2", day=DAY), home / "past")
    assert past is not None
    return Ground(root=book, context=around.context, frame=frame, past=past)


def there(share: Share, ground: Ground, name: str) -> tuple[Done, ...]:
    """What comes back from a place where nothing of the book lies."""
    sent, stands = parcels.packed(share, ground), parcels.packed_ground(ground)
    assert sent is not None
    came = parcels.opened(sent, stands, name, parcels.fingerprint_digest())
    assert isinstance(came, bytes)
    found: tuple[Done, ...] = pickle.loads(came)
    return found


@pytest.mark.parametrize("what", ["as it is", "without a past", "only looked at"])
def test_a_task_comes_to_the_same_here_and_there(ground: Ground, what: str) -> None:
    if what == "without a past":
        ground = replace(ground, past=None)
    only_look = what == "only looked at"
    (away,) = there(Share(slugs=(SLUG,), only_look=only_look), ground, what)
    here = task(SLUG, replace(ground, frame=None) if only_look else ground)
    assert away.files.keys() == here.files.keys()
    assert [path for path in here.files if away.files[path] != here.files[path]] == []
    assert away.problems == here.problems
    assert bool(here.files) is not only_look
    if what == "as it is":
        assert any(b"74.2" in data for path, data in here.files.items() if "history" in path)


def test_nothing_stays_behind(ground: Ground) -> None:
    there(Share(slugs=(SLUG,), only_look=True), ground, "to look into")
    place = parcels._place
    assert place is not None
    left = [p.name for p in Path(place.folder.name).rglob("*") if p.is_file()]
    assert set(left) <= {"edition.json"}  # of the edition before, which every task may read


def test_what_only_this_machine_can_judge_is_not_sent(ground: Ground, tmp_path: Path) -> None:
    book = tmp_path / "book"
    shutil.copytree(ground.root / "scorecards", book / "scorecards")
    ground = replace(ground, root=book)
    share = Share(slugs=(SLUG,), only_look=True)
    assert parcels.packed(share, ground) is not None
    home = book / "scorecards" / "indicators" / SLUG
    (home / "elsewhere").symlink_to("/etc")
    assert parcels.packed(share, ground) is None
    (home / "elsewhere").unlink()
    home.rename(tmp_path / SLUG)
    home.symlink_to(tmp_path / SLUG)
    assert parcels.packed(share, ground) is None


def test_another_program_there_does_nothing(ground: Ground) -> None:
    sent = parcels.packed(Share(slugs=(SLUG,), only_look=True), ground)
    assert sent is not None
    with pytest.raises(ValueError, match=r"[Ww]orker"):  # Dask's own word, as there is none here
        parcels.opened(sent, b"", "none", "another digest")
