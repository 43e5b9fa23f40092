"""The same book gives the same bytes, wherever, whenever and by however many hands it is built."""

from __future__ import annotations

from pathlib import Path

import books


def test_a_book_is_the_same_bytes_in_any_folder_time_zone_hash_seed_and_number_of_processes(
    tmp_path: Path,
) -> None:
    one = books.write_book(tmp_path / "one", indicators=16)
    other = books.write_book(tmp_path / "a" / "longer path", indicators=16)
    first = books.databook("build", one, "--jobs", 1, TZ="Pacific/Auckland", PYTHONHASHSEED="1")
    second = books.databook(
        "build", other, "--jobs", 2, TZ="America/Los_Angeles", PYTHONHASHSEED="2", LC_ALL="C"
    )
    assert first.returncode == 0, first.stderr
    assert second.returncode == 0, second.stderr
    sites = [books.contents(root / "build" / "site") for root in (one, other)]
    assert len(sites[0]) > 100
    assert books.differing(*sites) == []


def test_no_file_of_a_site_names_the_folder_it_was_built_in(tmp_path: Path) -> None:
    root = books.write_book(tmp_path / "tell-tale-name")
    assert books.databook("build", root).returncode == 0
    site = books.contents(root / "build" / "site")
    assert [name for name, data in site.items() if b"tell-tale-name" in data] == []


def test_made_up_books_of_one_size_are_the_same_bytes(tmp_path: Path) -> None:
    one, other = (books.write_book(tmp_path / name, indicators=11) for name in "ab")
    assert books.contents(one) == books.contents(other)
