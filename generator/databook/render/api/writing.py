"""Documents of the interface as JSON, and the schemas that describe them.

Pydantic takes half a second to draw those from the documents' classes, so what it drew is kept in
`drawn.json`, and a test proves that it would draw the same again (`pytest --accept
tests/test_api.py` writes it anew).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from databook.citing import Cited
from databook.render.api.declared import VERSION, Edition
from databook.render.api.documents import DOCUMENTS, Head

FOLDER = "api/v1/"
KEPT = Path(__file__).with_name("drawn.json")
DIALECT = "https://json-schema.org/draft/2020-12/schema"
# How documents begin: Python has no name for a field with a sign in it.
FIRST, NAMED = b'{"schema":', b'{"$schema":'


def schema_path(name: str) -> str:
    """Where the schema of a document stands, from the site's root."""
    return f"{FOLDER}schemas/{name}.schema.json"


def schema_address(name: str, book: Cited) -> str:
    """A schema's name is its address in the newest edition: within v1 it stays true of all."""
    return f"{book.home}{schema_path(name)}"


def head(name: str, book: Cited) -> Head:
    """What a document begins with: its schema, the interface's version, the state of the book."""
    edition = Edition(
        id=book.edition,
        date=book.date,
        published=book.published,
        address=book.permanent,
        newest=book.home,
    )
    return Head(schema=schema_address(name, book), api=VERSION, edition=edition)


def dumped(document: Any) -> bytes:
    """A document as compact JSON. Its values say all, so no writer is made of its shape."""
    from pydantic_core import to_json

    text: bytes = to_json(document)
    named = NAMED + text.removeprefix(FIRST) if text.startswith(FIRST) else text
    return named + b"\n"


def schemas(book: Cited) -> dict[str, bytes]:
    """The schema of every document, by path."""
    files = {}
    for name, shape in json.loads(KEPT.read_text(encoding="utf-8")).items():
        whole = {"$schema": DIALECT, "$id": schema_address(name, book), **_open(shape)}
        text = json.dumps(whole, ensure_ascii=False, indent=1)
        files[schema_path(name)] = f"{text}\n".encode()
    return files


def drawn() -> str:
    """The file of what pydantic draws, as it draws it now."""
    from pydantic import TypeAdapter

    found = {
        name: TypeAdapter(shape).json_schema(mode="serialization", by_alias=True)
        for name, shape in DOCUMENTS.items()
    }
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def _open(drawn: Mapping[str, Any]) -> dict[str, Any]:
    """Lists of words stay open: a reader must not fail on a word that was added since."""
    return {key: _opened(value) for key, value in drawn.items()}


def _opened(value: Any) -> Any:
    if isinstance(value, list):
        return [_opened(one) for one in value]
    if not isinstance(value, dict):
        return value
    if "enum" in value and value.get("type") == "string":
        rest = {key: one for key, one in value.items() if key != "enum"}
        return {**rest, "examples": value["enum"]}
    return {key: _opened(one) for key, one in value.items()}
