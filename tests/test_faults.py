"""Publications that are broken on the way leave the old whole or the new one, and never a half."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


def bench() -> ModuleType:
    """benchmarks/faults.py, which does this many more times when it is run by hand."""
    spec = importlib.util.spec_from_file_location("faults", ROOT / "benchmarks" / "faults.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["faults"] = module  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


faults = bench()


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    home = tmp_path_factory.mktemp("faults")
    for folder in (home, home.parent):
        folder.chmod(0o755)  # one kind works as another user
    return faults.harness(2 * len(faults.KINDS), 7, home)


@pytest.mark.parametrize("kind", [kind.name for kind in faults.KINDS])
def test_a_publication_survives(table: dict[str, object], kind: str) -> None:
    row = table[kind]
    assert row.wrong == ()
    assert row.runs == 2


@pytest.mark.parametrize("kind", ["git: remote out of reach", "git: push not allowed"])
def test_what_cannot_arrive_leaves_the_old_edition(table: dict[str, object], kind: str) -> None:
    assert table[kind].kept == 2


def test_the_bench_sees_a_place_that_is_broken(tmp_path: Path) -> None:
    """A bench that finds nothing wrong with a half site would prove nothing."""
    press = faults.editions.pressed(tmp_path / "press")
    (tmp_path / "at").mkdir()
    place = faults.prepared(press, tmp_path / "at", git=False)

    def by_halves(target: object, lot: random.Random) -> bool:
        (target.place / "index.html").unlink()
        (target.place / "index.html").write_bytes(b"half a page")
        return True

    kind = faults.Kind(name="by halves", breaks=by_halves)
    said, _ = faults.survives(kind, press, place, random.Random(1), "")
    assert said == "1 faults in what stands"
