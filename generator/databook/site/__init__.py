"""The site stage: MkDocs builds the frame, pages are hung in it, and a whole site is swapped in.

frame = make_frame(root, context, staging)      # MkDocs and Material, once
files = {address(page): hang(page, frame)}      # for render's pages and own_pages(context)
index = index_search(records, staging)          # Pagefind
with construction(out) as works:                # all of it, or none of it
    works.bring("the pages", files)
    done = works.finish()
"""

from databook.narrative import Piece, clean, plain_text
from databook.site.addresses import address
from databook.site.assemble import Assembled, Works, construction
from databook.site.frame import Frame, make_frame
from databook.site.furniture import accompany, own_pages
from databook.site.hang import hang
from databook.site.leading_on import leading_on
from databook.site.search import Index, index_search
from databook.site.search import changed as index_changed

__all__ = [
    "Assembled",
    "Frame",
    "Index",
    "Piece",
    "Works",
    "accompany",
    "address",
    "clean",
    "construction",
    "hang",
    "index_changed",
    "index_search",
    "leading_on",
    "make_frame",
    "own_pages",
    "plain_text",
]
