"""Pagefind's engine in fewer bytes: it is most of what a reader fetches to search.

Zopfli makes it a twentieth smaller, and takes longer over it than Pagefind over an index. It is the
same for every book, so it lies here packed (`pytest --accept tests/test_site_search.py` writes it
anew), and is taken where it holds the very bytes that the installed Pagefind brings. Its
licence lies beside it.
"""

from __future__ import annotations

import gzip
from pathlib import Path

# Pagefind gives the engine of each language a name; ours is the index's, which is English.
PACKED = Path(__file__).with_name("wasm.en.pagefind")
ROUNDS = 15  # of zopfli; 60 save five bytes more


def lighter(engine: bytes) -> bytes:
    """The same engine, packed more densely."""
    plain = gzip.decompress(engine)
    known = PACKED.read_bytes()
    return known if gzip.decompress(known) == plain else packed(plain)


def packed(plain: bytes) -> bytes:
    """An engine packed here and now: another Pagefind's than the one that lies here."""
    import zopfli.gzip

    done: bytes = zopfli.gzip.compress(plain, numiterations=ROUNDS)
    return done
