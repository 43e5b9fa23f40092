"""Writes the book that everybody begins with, so that nobody begins with an empty folder."""

from __future__ import annotations

from pathlib import Path

from databook import schema

STARTER = Path(__file__).parents[1] / "starter"
KINDS = STARTER / "kinds"  # what `new indicator` and its like begin with
SCHEMAS = "scorecards/schemas"
# Files whose name begins with a dot would act on our own repository if they stood there so.
DOTTED = {"gitignore": ".gitignore"}


def write(directory: Path) -> int:
    """Copy the starter into a folder, with the schemas for editors; says how many files."""
    files = {
        path.relative_to(STARTER).as_posix(): path.read_bytes()
        for path in sorted(STARTER.rglob("*"))
        if path.is_file() and path.parent != KINDS
    }
    files |= {f"{SCHEMAS}/{name}": text.encode() for name, text in schema.files().items()}
    for name, data in files.items():
        file = directory / DOTTED.get(name, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return len(files)
