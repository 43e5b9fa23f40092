"""A cache that others filled: the same bytes, nothing done twice, nothing run, never too large."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zlib
from array import array
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import books
from databook.pipeline import Built, Order, build, cache, plain
from databook.problems import Level, Place, Problem


def built(root: Path, shared: Path) -> Built:
    return build(Order(root=root, out=root / "build" / "site", cache=shared))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A book that was built, and the cache that this filled."""
    home = tmp_path_factory.mktemp("cache")
    root = books.write_book(home / "book", indicators=11)  # the tenth has groups
    assert not built(root, home / "shared").failed
    return root, home / "shared"


def clone(root: Path, to: Path) -> Path:
    for part in ("scorecards", "content"):
        shutil.copytree(root / part, to / part)
    return to


def sites(*roots: Path) -> list[str]:
    return books.differing(*(books.contents(root / "build" / "site") for root in roots))


def test_a_fresh_clone_takes_from_the_cache_what_did_not_change(
    filled: tuple[Path, Path], tmp_path: Path
) -> None:
    root, shared = filled
    other = clone(root, tmp_path / "a much longer name" / "other")
    again = built(other, shared)
    assert (again.cached, again.indicators) == (11, 11)
    assert sites(root, other) == []
    data = other / "scorecards" / "indicators" / "measure-00003" / "data.csv"
    data.write_text(data.read_text("utf-8").replace("2016", "2015", 1), "utf-8")
    third = clone(other, tmp_path / "third")
    once_more = built(third, shared)
    assert once_more.failed or once_more.cached == 10


def damage(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :]


@pytest.mark.parametrize("how", [damage, lambda data: data[:100], lambda data: b""])
def test_a_damaged_cache_is_as_none(
    filled: tuple[Path, Path], tmp_path: Path, how: Callable[[bytes], bytes]
) -> None:
    root, whole = filled
    shared = tmp_path / "shared"
    shutil.copytree(whole, shared)
    for file in shared.glob("??/*"):
        file.write_bytes(how(file.read_bytes()))
    other = clone(root, tmp_path / "other")
    again = built(other, shared)
    assert (again.failed, again.cached) == (False, 0)
    assert sites(root, other) == []


def forged(shared: Path, key: str, head: object) -> None:
    """An entry with a sound digest that somebody else made up."""
    text = json.dumps(head).encode()
    body = zlib.compress(len(text).to_bytes(8) + text)
    digest = hashlib.sha256(key.encode() + body).hexdigest().encode()
    path = shared / key[:2] / key
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cache.HEAD + digest + b"\n" + body)


@pytest.mark.parametrize(
    "head",
    [
        ["tuple", ["os.system", "touch ran"], ["tuple"], ["map"]],
        ["tuple", ["databook.cli.commands.build"], ["tuple"], ["map"]],
        ["tuple", ["databook.problems.Place", "only one"], ["tuple"], ["map"]],
        ["tuple", ["enum", "databook.problems.Level", "__class__"], ["tuple"], ["map"]],
        ["tuple", None, ["tuple"], ["map", ["a.html", 10**15]]],
        ["tuple"],
        7,
    ],
)
def test_an_entry_that_is_no_value_of_ours_is_not_there(tmp_path: Path, head: object) -> None:
    key = "ab" * 32
    forged(tmp_path, key, head)
    assert cache.get(tmp_path, key) is None
    assert not (tmp_path / "ab" / key).exists()


def test_an_entry_under_another_name_is_not_there(tmp_path: Path) -> None:
    cache.put(tmp_path, "aa" * 32, cache.Entry(value=1, files={"a.html": b"a"}))
    (tmp_path / "bb").mkdir()
    (tmp_path / "aa" / ("aa" * 32)).rename(tmp_path / "bb" / ("bb" * 32))
    assert cache.get(tmp_path, "bb" * 32) is None


def test_what_is_written_plainly_is_read_again() -> None:
    problem = Problem(
        code="x", level=Level.ERROR, place=Place(path="a", line=2), what="w", why="y", fix="f"
    )
    value = (
        problem, [1, 1.0, True, None, "é"], frozenset({"a", "b"}), {"k": (1, 2), 3: b"\0"},
        date(2024, 2, 29), Decimal("1.10"), array("d", [0.1, -2.0]), Level.WARNING,
    )  # fmt: skip
    again = plain.loads(plain.dumps(value))
    assert again == value
    assert [type(one) for one in again[1]] == [type(one) for one in value[1]]
    with pytest.raises(plain.Foreign):
        plain.dumps(object())


def test_a_cache_stays_within_its_size_and_loses_what_was_unused_longest(tmp_path: Path) -> None:
    keys = [f"{n:02d}" * 32 for n in range(10)]
    for n, key in enumerate(keys):
        cache.put(tmp_path, key, cache.Entry(value=n, files={"a": os.urandom(1000)}))
        os.utime(tmp_path / key[:2] / key, ns=(n, n))
    assert cache.get(tmp_path, keys[0]) is not None  # used now
    cache.prune(tmp_path, 3500)
    left = [n for n, key in enumerate(keys) if cache.get(tmp_path, key)]
    assert left == [0, 8, 9]


def test_a_cache_that_cannot_be_written_to_is_no_reason_to_stop(
    filled: tuple[Path, Path], tmp_path: Path
) -> None:
    root, _ = filled
    shared = tmp_path / "a file"
    shared.write_text("in the way")
    other = clone(root, tmp_path / "other")
    assert not built(other, shared).failed
    assert sites(root, other) == []
