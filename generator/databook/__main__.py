"""`python -m databook`."""

import os
import sys
from pathlib import Path

# `python -m` puts the folder it is started in first among those where modules are looked for. That
# may be a book from anybody, whose yaml.py would run in the place of the real one. Only where
# databook itself lies there (a checkout) does it stay.
_HERE = sys.path[:1] in ([""], [os.getcwd()])  # noqa: PTH109 - as Python wrote it there
if _HERE and Path(__file__).resolve().parent.parent != Path.cwd().resolve():
    del sys.path[0]

from databook.cli import main  # noqa: E402 - only now is it known where it comes from

if __name__ == "__main__":
    main()
