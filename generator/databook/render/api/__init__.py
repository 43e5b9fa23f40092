"""The book for machines: static JSON under /api/v1/, whose shapes are promised to stay."""

from databook.render.api.listing import PROMISE, WHOLE, api_files, api_schemas
from databook.render.api.one_indicator import indicator_files
from databook.render.api.writing import FOLDER

__all__ = [
    "FOLDER",
    "PROMISE",
    "WHOLE",
    "api_files",
    "api_schemas",
    "indicator_files",
]
