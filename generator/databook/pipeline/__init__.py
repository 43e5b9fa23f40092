"""Puts the stages in order, for one indicator and for the whole book, and repeats none in vain."""

from databook.pipeline.build import build, check
from databook.pipeline.order import Built, Order, has_errors

__all__ = ["Built", "Order", "build", "check", "has_errors"]
