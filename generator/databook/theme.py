"""Where the theme lies: inside an installed package, or beside the generator in the repository."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def folder() -> Path:
    """Folder that holds `pages/`, `overrides/` and `assets/`."""
    installed = Path(__file__).parent / "theme"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "theme"
