"""Makes workbooks as publishers and office programs write them, and as nobody should."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

ODS = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
)
HEAD = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMES}>'
HIDDEN_STYLE = (
    '<office:automatic-styles><style:style style:name="ta2" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
)
TAIL = "</office:spreadsheet></office:body></office:document-content>"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """Parts as a zip; the first is not compressed, as OpenDocument wants it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for number, (name, text) in enumerate(parts.items()):
            kind = zipfile.ZIP_DEFLATED if number else zipfile.ZIP_STORED
            file.writestr(name, text, compress_type=kind)
    return out.getvalue()


def ods(content: str, **more: str) -> bytes:
    """An .ods with that content.xml."""
    return zipped({"mimetype": ODS, "content.xml": content, **more})


def table(name: str, rows: Sequence[str], *, hidden: bool = False, columns: str = "") -> str:
    """A table of rows of XML, and after them a million empty ones, as LibreOffice writes it."""
    style = 'table:style-name="ta2"' if hidden else ""
    empty = (
        '<table:table-row table:number-rows-repeated="1048500"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return f"<table:table table:name={quoteattr(name)} {style}>{columns}{body}{empty}</table:table>"


def book(*tables: str) -> bytes:
    """An .ods of tables."""
    return ods(f"{HEAD}{HIDDEN_STYLE}<office:body><office:spreadsheet>{''.join(tables)}{TAIL}")


def text(words: str, more: str = "") -> str:
    """A cell of words."""
    said = f"<text:p>{escape(words)}</text:p>" if words else ""
    return f'<table:table-cell office:value-type="string" {more}>{said}</table:table-cell>'


def figure(value: float, *, percent: bool = False, shown: str = "") -> str:
    """A cell of a number."""
    kind = "percentage" if percent else "float"
    return (
        f'<table:table-cell office:value-type="{kind}" office:value="{value}">'
        f"<text:p>{shown or value}</text:p></table:table-cell>"
    )


def day(date: str, shown: str) -> str:
    """A cell of a date."""
    return (
        f'<table:table-cell office:value-type="date" office:date-value="{date}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )
