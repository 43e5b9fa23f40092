"""Which versions of which software an edition was made with."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from importlib import metadata

PROGRAM = "databook"


def versions() -> Mapping[str, str]:
    """databook, Python, and every library that databook needs; none that merely lies about."""
    from packaging.requirements import Requirement

    found = {"Python": platform.python_version()}
    waiting = [PROGRAM]
    while waiting:
        name = waiting.pop()
        try:
            installed = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # optional, or for another system
        said = installed.metadata["Name"]
        if said in found:
            continue
        found[said] = installed.version
        for text in installed.requires or ():
            needed = Requirement(text)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                waiting.append(needed.name)
    return found
