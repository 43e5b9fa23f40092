"""Pictures that stand by themselves: a chart with its words, and the preview of a page.

An SVG costs a fraction of a millisecond and is made of every chart. A PNG takes a hundred times as
long (docs/decisions has the figures), so a book asks for them: `pictures: png` in databook.yaml.
Letters of a PNG are those of Liberation Sans, which comes with the rasteriser, so that they do not
depend on what is installed.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from html import escape

from databook import words
from databook.lettering import wrap
from databook.model import Settings
from databook.render.sharing import Shared

# What a chart's own colours are on paper: its marks carry them as the fallback of a variable.
VARIABLE = re.compile(r"var\(--db-[a-z0-9-]+, (#[0-9A-Fa-f]{3,8})\)")
CHART = re.compile(
    r'<svg\b[^>]*\bviewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>'
    r"<title[^>]*>.*?</title><desc[^>]*>.*?</desc>(.*)</svg>",
    re.DOTALL,
)
SPARK = re.compile(r"<svg\b[^>]*>(.*)</svg>", re.DOTALL)
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
INK, SOFT, ACCENT, PAPER, LINE = "#1B1F27", "#57606D", "#12436D", "#FFFFFF", "#DDE2E8"
MARGIN = 24.0
TITLE, ANSWER, SMALL = 19.0, 15.0, 11.5  # letters, in pixels
SCALE = 2  # pixels of a PNG to one of the SVG
CARD = (1200, 630)  # the size that previews are shown at
LEVEL = 6  # of compression; more halves the speed for a twentieth of the size


def svg(item: Shared) -> str:
    """A chart as a picture of its own: what it says, the chart, where it comes from."""
    found = CHART.search(item.chart.wide)
    if found is None:
        raise ValueError(f"the chart {item.chart.name} is no picture as the pens make them")
    width, height = float(found[1]) + 2 * MARGIN, float(found[2])
    room = width - 2 * MARGIN
    head = [
        *_lines(item.title, room, TITLE, ACCENT, bold=True),
        *_lines(item.answer, room, ANSWER, INK),
    ]
    top, words_above = _stacked(head, MARGIN)
    foot = [
        *_lines(item.source, room, SMALL, SOFT),
        *_lines(f"{item.edition} {item.page}", room, SMALL, SOFT),
        *_lines(item.notice, room, SMALL, SOFT),
    ]
    below = top + 10 + height + 14
    bottom, words_below = _stacked(foot, below)
    inside = VARIABLE.sub(r"\1", found[3])
    return _document(
        width,
        bottom + MARGIN - 6,
        item.title,
        f"{item.answer} {item.alternative}" if item.answer != item.alternative else item.answer,
        f"{words_above}"
        f'<g transform="translate({_n(MARGIN)},{_n(top + 10)})" font-size="14">{inside}</g>'
        f'<rect x="{_n(MARGIN)}" y="{_n(below - 8)}" width="{_n(room)}" height="1" fill="{LINE}"/>'
        f"{words_below}",
    )


def card(settings: Settings, title: str = "", answer: str = "", spark: str = "") -> str:
    """The preview of a page: its title and its answer; without them, that of the whole book."""
    width, height = CARD
    said = answer or settings.summary
    room = width - 160.0
    edition = f"Edition {settings.edition.id}, {words.day(settings.edition.date)}"
    lines = [
        *_lines(title or settings.title, room, 50, INK, bold=True, most=3),
        *_lines(said, room, 31, INK, most=4),
    ]
    _, told = _stacked(lines, 118, left=80)
    drawn = SPARK.search(spark)
    curve = VARIABLE.sub(r"\1", drawn[1]) if drawn else ""
    _, foot = _stacked(_lines(settings.notice or settings.publisher, room, 17, SOFT, most=2),
                       height - 64, left=80)  # fmt: skip
    return _document(
        width,
        height,
        title or settings.title,
        said,
        f'<rect width="{width}" height="84" fill="{ACCENT}"/>'
        f'<text x="80" y="53" font-size="26" font-weight="bold" fill="{PAPER}">'
        f"{escape(settings.short_title)}</text>"
        f'<text x="{width - 80}" y="53" font-size="22" text-anchor="end" fill="{PAPER}">'
        f"{escape(edition)}</text>{told}"
        f'<g transform="translate(80,{height - 178}) scale(4)">{curve}</g>{foot}',
    )


def png(picture: str, alternative: str, *, scale: float = SCALE) -> bytes:
    """A picture as PNG, with the words for those who do not see it in the file."""
    import vl_convert

    return packed(vl_convert.svg_to_png(picture, scale=scale), alternative)


def packed(data: bytes, alternative: str) -> bytes:
    """The same pixels in a quarter of the bytes: without the layer of opacity, which is full."""
    import numpy

    parts = dict(_chunks(data))
    width, height = struct.unpack(">II", parts[b"IHDR"][:8])
    rows = numpy.frombuffer(zlib.decompress(parts[b"IDAT"]), numpy.uint8)
    rows = rows.reshape(height, 1 + width * 4)
    if parts[b"IHDR"][8:] != bytes((8, 6, 0, 0, 0)) or not (rows[:, 0] == 1).all():
        return data  # another rasteriser, which packs in its own way
    # Each row says how each pixel differs from the one to its left.
    pixels = numpy.cumsum(rows[:, 1:].reshape(height, width, 4), axis=1, dtype=numpy.uint8)
    plain = numpy.zeros((height, 1 + width * 3), numpy.uint8)
    plain[:, 1:] = pixels[:, :, :3].reshape(height, -1)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    text = b"Description\0\0\0en\0\0" + alternative.encode()
    body = zlib.compress(plain.tobytes(), LEVEL)
    made = ((b"IHDR", head), (b"iTXt", text), (b"IDAT", body), (b"IEND", b""))
    return data[:8] + b"".join(_chunk(kind, inside) for kind, inside in made)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The parts of a PNG; those of the pixels joined."""
    at, pixels = 8, b""
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        kind, inside = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        at += 12 + size
        if kind == b"IDAT":
            pixels += inside
        else:
            yield kind, inside
    yield b"IDAT", pixels


def _chunk(kind: bytes, inside: bytes) -> bytes:
    return (
        struct.pack(">I", len(inside))
        + kind
        + inside
        + struct.pack(">I", zlib.crc32(kind + inside))
    )


# --- words in a picture ----------------------------------------------------------------------

Line = tuple[str, float, str, bool]  # text, size, colour, bold


def _lines(
    text: str, room: float, size: float, colour: str, *, bold: bool = False, most: int = 12
) -> list[Line]:
    """A text broken into lines; what does not fit into `most` of them is left out, visibly."""
    if not text:
        return []
    broken = wrap(text, room, size, bold=bold)
    if len(broken) > most:
        broken = (*broken[: most - 1], broken[most - 1].rsplit(" ", 1)[0] + " …")
    return [(line, size, colour, bold) for line in broken]


def _stacked(lines: Sequence[Line], top: float, *, left: float = MARGIN) -> tuple[float, str]:
    """Lines below each other from `top`, and where they end."""
    done, before = "", 0.0
    for text, size, colour, bold in lines:
        if before and before != size:
            top += size * 0.45
        top += size * 1.32
        before = size
        weight = ' font-weight="bold"' if bold else ""
        done += (
            f'<text x="{_n(left)}" y="{_n(top - size * 0.3)}" font-size="{_n(size)}"{weight} '
            f'fill="{colour}">{escape(text, quote=False)}</text>'
        )
    return top, done


def _document(width: float, height: float, title: str, description: str, inside: str) -> str:
    size = f'{_n(width)}" height="{_n(height)}'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" '
        f'viewBox="0 0 {_n(width)} {_n(height)}" width="{size}" font-family="{FONT}">'
        f'<title id="title">{escape(title)}</title><desc id="desc">{escape(description)}</desc>'
        f'<rect width="{size}" fill="{PAPER}"/>{inside}</svg>\n'
    )


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
