"""Where a key belongs that stands in the wrong place: further in, further out, in another file."""

from __future__ import annotations

from dataclasses import is_dataclass
from functools import cache
from typing import Any, get_args, get_origin

from databook.agreements import Agreement
from databook.audits import Audit
from databook.boards import Board
from databook.checklists import Checklist
from databook.editions import Calendar
from databook.model import Framework, Indicator, Settings
from databook.plans import Plan
from databook.programmes import Programme
from databook.register import Register
from databook.sources import Path
from databook.validate.plain import bare, class_at, hints

KINDS: dict[str, type] = {
    "databook.yaml": Settings,
    "indicator.yaml": Indicator,
    "programme.yaml": Programme,
    "a framework": Framework,
    "a plan": Plan,
    "an agreement": Agreement,
    "an audit": Audit,
    "a board": Board,
    "a checklist": Checklist,
    "a register": Register,
    "editions.yaml": Calendar,
}


def where(cls: type, path: Path) -> str:
    """The remedy for a right key in the wrong place, or nothing where no place knows it."""
    key = str(path[-1])
    for out in range(len(path) - 2, -1, -1):
        above = class_at(cls, path[:out])
        if above is not None and key in hints(above) and isinstance(path[out], str):
            return f"It belongs beside “{path[out]}”: begin it in the same column as that."
    here = class_at(cls, path[:-1])
    inside = [name for name, inner in _groups(here) if key in hints(inner)] if here else []
    if len(inside) == 1:
        return f"It belongs under “{inside[0]}:”: write it there, two columns further in."
    homes = [name for name, kind in KINDS.items() if kind is not cls and key in hints(kind)]
    if homes and len(path) == 1:
        return f"It is a key of {' and of '.join(homes[:3])}: move it there, or delete it."
    return ""


@cache
def _groups(cls: type) -> tuple[tuple[str, type], ...]:
    """Fields that hold a group of keys of their own."""
    found: list[tuple[str, type]] = []
    for name, kind in hints(cls).items():
        inner: Any = bare(kind)
        if get_origin(inner) is tuple:
            inner = bare(get_args(inner)[0])
        if isinstance(inner, type) and is_dataclass(inner):
            found.append((name, inner))
    return tuple(found)


def moved(cls: type, said: object) -> str:
    """Where a file of another kind belongs, as its own “kind:” says."""
    folders = {
        "indicator": "indicators/, as indicator.yaml in a folder of its own",
        "programme": "programmes/, as programme.yaml in a folder of its own",
        "framework": "frameworks/", "plan": "plans/", "agreement": "agreements/",
        "audit": "audits/", "board": "boards/", "checklist": "checklists/",
        "register": "registers/",
    }  # fmt: skip
    own = hints(cls).get("kind")
    kind = str(said)
    if own is None or kind in map(str, get_args(bare(own))):
        return ""
    return folders.get(kind, "")
