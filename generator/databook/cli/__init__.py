"""The command line: what people type, what they are told, and the exit codes.

0 done, 1 the book has errors, 2 misuse, 3 the machine failed, 130 stopped by Ctrl-C.
"""

from databook.cli.commands import main

__all__ = ["main"]
