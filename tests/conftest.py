"""What all tests share: the option that rewrites committed expectations."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --accept."""
    parser.addoption(
        "--accept", action="store_true", help="rewrite committed expectations with what came out"
    )
