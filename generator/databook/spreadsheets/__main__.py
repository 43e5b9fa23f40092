"""Writes spreadsheets in a process of its own: `python -m databook.spreadsheets FOLDER`.

It loads what it needs and waits for the end of its input. By then the process that started it has
put a pickle of spreadsheets there; each becomes a file in FOLDER, named by its place in the list.
"""

from __future__ import annotations

import gc
import pickle
import sys
from pathlib import Path

import gptables  # noqa: F401 - now, while nothing is there to be written yet

from databook.spreadsheets import GIVEN
from databook.spreadsheets.writing import written


def main(folder: str) -> None:
    """Write every spreadsheet that was given; none, where nobody needs any after all."""
    # Tables of many small values are made and kept here; looking among them for garbage as often
    # as Python does by itself takes a tenth of the time.
    gc.set_threshold(50_000, 20, 20)
    sys.stdin.read()
    given = Path(folder) / GIVEN
    if not given.exists():
        return
    workbooks = pickle.loads(given.read_bytes())  # noqa: S301 - our parent wrote it just now
    for number, workbook in enumerate(workbooks):
        (Path(folder) / f"{number}.xlsx").write_bytes(written(workbook))


if __name__ == "__main__":
    main(*sys.argv[1:])
