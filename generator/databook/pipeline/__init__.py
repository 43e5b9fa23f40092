"""Puts the stages in order, for one indicator and for the whole book, and repeats none in vain."""

from databook.pipeline.build import Built, Order, build, check, has_errors
from databook.pipeline.freeze import Frozen, Wanted, freeze
from databook.site.builder import BuilderError
from databook.site.search import IndexerError

# Programs that others made did not end well: the machine's fault or ours, not the book's.
TOOLS_FAILED = (BuilderError, IndexerError)

__all__ = [
    "TOOLS_FAILED",
    "Built",
    "Frozen",
    "Order",
    "Wanted",
    "build",
    "check",
    "freeze",
    "has_errors",
]
