"""Long lists in JSON, put together from items that were written one by one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

END = b"[]}"  # of a document whose last value is a list that is still empty


def plain_json(value: Any) -> bytes:
    """A value as JSON."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode()


def listing(document: Mapping[str, Any], items: Sequence[bytes]) -> bytes:
    """A document with these items, a line each, in the list that is its last value."""
    head = plain_json(document)
    assert head.endswith(END)  # noqa: S101 - whoever calls has left room for them
    return head.removesuffix(b"]}") + b",\n".join(items) + b"]}\n"
