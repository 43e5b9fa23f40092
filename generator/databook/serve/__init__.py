"""Shows a book while somebody edits it: builds, serves on this computer only, rebuilds, reloads."""

from databook.serve.watching import Voice, serve

__all__ = ["Voice", "serve"]
