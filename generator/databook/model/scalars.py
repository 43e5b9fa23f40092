"""What single values may be, and how strictly they are checked at the door."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import ConfigDict, Field

# At the door: unknown keys are mistakes, "nan" is not a number, help comes from docstrings.
STRICT = ConfigDict(extra="forbid", use_attribute_docstrings=True, allow_inf_nan=False)


@contextmanager
def unspoken(*shapes: ConfigDict) -> Iterator[None]:
    """Build checkers and writers without the sentences under the fields.

    Finding those in the source takes four times as long as all the rest, and only help and
    schemas say them.
    """
    spoken = [shape["use_attribute_docstrings"] for shape in shapes]
    for shape in shapes:
        shape["use_attribute_docstrings"] = False
    try:
        yield
    finally:
        for shape, said in zip(shapes, spoken, strict=True):
            shape["use_attribute_docstrings"] = said


Day = date  # a field called `date` hides the type of that name inside its class
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
OutcomeRef = Annotated[
    str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$", max_length=121)
]

Title = Annotated[str, Field(min_length=1, max_length=120)]
Line = Annotated[str, Field(min_length=1, max_length=400)]
Text = Annotated[str, Field(min_length=1, max_length=10_000)]
Url = Annotated[str, Field(pattern=r"^(https?://|mailto:)\S+$", max_length=2_000)]
Number = Annotated[Decimal, Field(max_digits=18, decimal_places=6)]
PageAddress = Annotated[str, Field(pattern=r"^([a-z0-9][a-z0-9-]*/)+$", max_length=400)]
