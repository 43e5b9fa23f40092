"""Writes spreadsheets in a process of its own: `python -m databook.spreadsheets GIVEN FOLDER`.

GIVEN is a pickle of spreadsheets, written by the process that started this one; each becomes a file
in FOLDER, named by its place in the list.
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from databook.spreadsheets.writing import written


def main(given: str, folder: str) -> None:
    """Write every spreadsheet that was given."""
    workbooks = pickle.loads(Path(given).read_bytes())  # noqa: S301 - our parent wrote it just now
    for number, workbook in enumerate(workbooks):
        (Path(folder) / f"{number}.xlsx").write_bytes(written(workbook))


if __name__ == "__main__":
    main(*sys.argv[1:])
