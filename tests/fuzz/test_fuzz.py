"""Every parser, fed with sound files that were damaged at random: never a traceback, never long.

Seeds are the tiny book, the pinned mistakes and what was found before (`found/`, named after the
parser). Twelve seconds for each parser; DATABOOK_FUZZ_SECONDS=600 for a night's work, and
DATABOOK_FUZZ_SEED for another run. What is found goes into `found/` and stays there.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import tiny
from databook import load, mend, observations, periods, protect, validate
from databook.load import document, jsontext, tables
from databook.periods import PeriodError, PeriodType
from databook.problems import Problem

HERE = Path(__file__).parent
CASES = HERE.parent / "cases"
FOUND = HERE / "found"
SECONDS = float(os.environ.get("DATABOOK_FUZZ_SECONDS", "12"))
SEED = os.environ.get("DATABOOK_FUZZ_SEED", "databook")
SLOW = 5.0  # seconds for one file; the threats' own limit
TOKENS = (
    b"\t", b"\r", b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\xc2\xa0", b'"', b"'",
    b",", b";", b":", b"- ", b"#", b"&a", b"*a", b"!x", b"<<: ", b"{", b"}", b"[", b"]", b"|", b">",
    b"\n\n", b"---\n", b"...\n", b"%", b"\\", b"\\U88888888", b"`", b"<b>", b"](", b"![", b"{: .x}",
    b"9" * 40, b"1e999", b"NaN", b"-0", b"2024-99-99", b"2023/24", b"2O25", b"c", b"x", b"[c]",
    "٣".encode(), "е".encode(), "＝1".encode(), b"../", b"https://x/", b"null", b"~", b"true",
)  # fmt: skip

pytestmark = pytest.mark.fuzz


def seeds(kind: str, endings: tuple[str, ...]) -> list[bytes]:
    files = sorted(p for p in (CASES / "books").rglob("*") if p.name.endswith(endings))
    files += sorted(FOUND.glob(f"{kind}-*"))
    return [p.read_bytes() for p in files]


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A few cuts, repeats, flips and insertions."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at = chance.randrange(len(out) + 1)
        match chance.randrange(6):
            case 0:
                out[at:at] = chance.choice(TOKENS)
            case 1:
                del out[at : at + chance.randrange(1, 20)]
            case 2:
                out[at : at + 1] = bytes([chance.randrange(256)])
            case 3:
                piece = out[at : at + chance.randrange(1, 60)]
                out[at:at] = piece * chance.choice((1, 2, 30))
            case 4:
                out[at : at + chance.randrange(1, 8)] = chance.choice(TOKENS)
            case 5:
                end = chance.randrange(len(out) + 1)
                out[at:at] = out[end : end + 40]
    return bytes(out[:60_000])


def rounds(kind: str, endings: tuple[str, ...]) -> Iterator[bytes]:
    """Seeds as they are first, then damaged, until the time is over."""
    chance = random.Random(f"{SEED} {kind}")
    known = seeds(kind, endings)
    yield from known
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        yield damaged(chance.choice(known), chance)


def feed(kind: str, endings: tuple[str, ...], parser: Callable[[bytes], object]) -> None:
    """Give a parser everything; keep and report what it does not survive."""
    for data in rounds(kind, endings):
        began = time.process_time()
        try:
            found = parser(data)
        except Exception:
            kept = FOUND / f"{kind}-new"
            kept.parent.mkdir(exist_ok=True)
            kept.write_bytes(data)
            raise
        assert time.process_time() - began < SLOW, data[:200]
        for problem in getattr(found, "problems", ()):
            sane(problem)


def sane(problem: Problem) -> None:
    """A problem that can be shown, wherever its file's bytes led."""
    assert problem.place.line >= 1
    assert problem.place.column >= 1
    assert problem.what
    assert problem.why
    assert problem.fix


def test_yaml() -> None:
    feed("yaml", (".yaml",), lambda data: document.parse_typed(data, "x.yaml"))


def test_json() -> None:
    feed("json", (".yaml", ".json"), lambda data: jsontext.parse(data, "x.json"))


def test_csv() -> None:
    feed("csv", (".csv",), lambda data: tables.read(data, "x.csv"))


def test_markdown(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()

    def parser(data: bytes) -> object:
        for name in ("story.md", "content/page.md"):
            (tmp_path / name).write_bytes(data)
        load.narrative.story(tmp_path, "story.md")
        page = load.narrative.page(tmp_path, "content/page.md")
        if page.value is not None:
            for problem in validate.content([page.value]):
                sane(problem)
        return page

    feed("markdown", (".md",), parser)


@pytest.mark.parametrize("name", ["indicator.yaml", "data.csv", "datapackage.yaml"])
def test_an_indicator_s_folder(name: str, tmp_path: Path) -> None:
    source = tiny.ROOT / "scorecards/indicators/reading"
    folder = tmp_path / "scorecards/indicators/reading"
    folder.mkdir(parents=True)
    for file in source.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())

    def parser(data: bytes) -> object:
        (folder / name).write_bytes(data)
        read = load.indicator(tmp_path, "reading")
        assert read.value is not None
        card = validate.card(read.value, tiny.context(), read.problems)
        if card.value is not None:
            protect.card(card.value, tiny.context())
        for problem in card.problems:
            mend.mended(data, problem.place.path, [problem])
        return card

    chance = random.Random(f"{SEED} {name}")
    sound, end = (source / name).read_bytes(), time.monotonic() + SECONDS / 3
    while time.monotonic() < end:
        data = damaged(sound, chance)
        for problem in getattr(parser(data), "problems", ()):
            sane(problem)


def test_periods_and_markers() -> None:
    chance = random.Random(f"{SEED} periods")
    known = ["2024", "2023/24", "2021-2023", "2021/22-2023/24", "2024-Q1", "2024-01", "[c]", "p r",
             "2023/24 autumn", "2024-03-31", "2025 (prov)", "1999/00", "2013/14-15/16"]  # fmt: skip
    signs = "0123456789/-Q [](),.provcxzO–٣autumn"
    end = time.monotonic() + SECONDS / 3
    while time.monotonic() < end:
        text = list(chance.choice(known))
        for _ in range(chance.randrange(4)):
            text[chance.randrange(len(text) + 1) :][:1] = chance.choice(signs)
            text.insert(chance.randrange(len(text) + 1), chance.choice(signs))
        written = "".join(text)
        observations.markers(written)
        bare, _ = periods.split_marker(written)
        for kind in PeriodType:
            try:
                found = periods.parse(bare, kind)
            except PeriodError:
                continue
            assert periods.parse(found.code, kind) == found
            assert found.start <= found.end
