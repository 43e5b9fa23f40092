"""Every check that there is, with its reason and an example, for the guide and for `explain`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from databook import load, protect, validate
from databook.pipeline import blaming, remembering
from databook.problems import Example, Explained, Level

# Made from the mistakes that the tests pin, and kept true by a test.
EXAMPLES = Path(__file__).parents[1] / "examples.json"


def explained() -> tuple[Explained, ...]:
    """All checks in order of their codes."""
    examples = _examples()
    listed = [(code, Level.ERROR, why) for code, why in (*load.WHY.items(), *protect.WHY.items())]
    listed += [(remembering.CODE, Level.ERROR, remembering.WHY)]
    listed += [(code, Level.ERROR, why) for code, why in blaming.WHY.items()]
    listed += [(check.code, check.level, check.why) for check in validate.checks()]
    found: dict[str, Explained] = {}
    for code, level, why in sorted(listed):
        said = examples.get(code)
        if said is not None:
            level = Level(said["level"])  # noqa: PLW2901 - some are an error or a warning
        found.setdefault(code, Explained(code=code, level=level, why=why, example=_example(said)))
    return tuple(found.values())


def _examples() -> Mapping[str, Any]:
    known: Mapping[str, Any] = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    return known


def _example(said: Mapping[str, Any] | None) -> Example | None:
    if said is None:
        return None
    return Example(
        file=said["file"],
        right=tuple(said["right"]),
        wrong=tuple(said["wrong"]),
        said=said["said"],
        mend=said["mend"],
    )
