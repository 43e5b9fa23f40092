"""Gives each worked example an empty record to fill."""

from __future__ import annotations

import pytest
from recorder import Example


@pytest.fixture
def example() -> Example:
    """A record of what goes in and what must come out."""
    return Example()
