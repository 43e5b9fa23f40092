"""JSON Schemas of the files that people write, so that their editor helps them; no files here.

They are drawn from the model's classes and kept to draft 7, which yaml-language-server reads;
`hints` adds what an editor shows beside a key or a choice. Pydantic takes half a second to draw
them, so what it drew is kept in `drawn.json`, and a test proves that it would draw the same again
(`pytest --accept tests/test_schema.py` writes it anew).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from databook.agreements import Agreement
from databook.audits import Audit
from databook.boards import Board
from databook.checklists import Checklist
from databook.editions import Calendar
from databook.model import Framework, Indicator, Settings
from databook.plans import Plan
from databook.programmes import Programme
from databook.register import Register
from databook.schema import hints
from databook.schema.draft7 import plain, unfolded

Json = dict[str, Any]

KINDS: Mapping[str, type] = {
    "databook": Settings,
    "framework": Framework,
    "indicator": Indicator,
    "programme": Programme,
    "agreement": Agreement,
    "plan": Plan,
    "audit": Audit,
    "board": Board,
    "checklist": Checklist,
    "register": Register,
    "editions": Calendar,
}

KEPT = Path(__file__).with_name("drawn.json")
# Names that come from the file or folder, so that they are not written inside.
_FROM_THE_NAME = ("slug",)


def all() -> Mapping[str, Json]:  # noqa: A001 - schema.all() says what it is
    """The schema of each kind of file, by kind."""
    return {kind: hints.of_file(kind, of(kind)) for kind in KINDS}


def files() -> Mapping[str, str]:
    """Name and text of each schema file, as `scorecards/schemas/` keeps them."""
    return {
        f"{kind}.schema.json": json.dumps(found, indent=2, ensure_ascii=False) + "\n"
        for kind, found in all().items()
    }


def of(kind: str) -> Json:
    """The schema of one kind of file, before anything is said of the file itself."""
    drawn = _kept()[kind]
    definitions = {k: hints.of_class(k, plain(v)) for k, v in drawn.get("$defs", {}).items()}
    top = plain({k: v for k, v in drawn.items() if k != "$defs"})
    for name in _FROM_THE_NAME:
        if name in top["properties"]:
            del top["properties"][name]
            top["required"].remove(name)
    draft = "http://json-schema.org/draft-07/schema#"
    whole = {**hints.of_class(KINDS[kind].__name__, top), "definitions": definitions}
    return {"$schema": draft, **unfolded(whole, definitions)}


def drawn() -> str:
    """The file of what pydantic draws, as it draws it now."""
    from pydantic import TypeAdapter

    found = {
        kind: TypeAdapter(cls).json_schema(ref_template="#/definitions/{model}")
        for kind, cls in KINDS.items()
    }
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


@cache
def _kept() -> Mapping[str, Json]:
    found: Mapping[str, Json] = json.loads(KEPT.read_text(encoding="utf-8"))
    return found
