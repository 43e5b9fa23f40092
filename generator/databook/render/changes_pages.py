"""The report of what changes as a page of its own, and as Markdown for a pull request."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from databook import theme, words
from databook.changes import Changes, Wording
from databook.charts import Chart
from databook.render.changes import tame, told
from databook.render.templates import fill

# A code host refuses a job's summary over 1 MiB, and a character may take four bytes; what is
# longer than this is left to the page.
MOST_CHARACTERS = 250_000
CUT = "\n\nThe report is longer than fits here. The whole of it is in the HTML report.\n"
# Ids inside a picture, which must differ between the pictures of one page.
_IDS = re.compile(r'(?<=["\s])trend-narrow-(title|desc)(?=["\s])')
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def as_html(
    changes: Changes, charts: Mapping[str, tuple[Chart | None, Chart | None]], language: str
) -> str:
    """One file that needs nothing else: no script, no picture or style from anywhere."""
    from markupsafe import Markup

    style = (theme.folder() / "pages" / "changes.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    pictures = {
        subject.key: _pictures(number, charts.get(subject.key, (None, None)))
        for number, subject in enumerate(changes.subjects, start=1)
    }
    return fill(
        "changes.html.j2", view=told(changes), charts=pictures, style=Markup(style),  # noqa: S704
        digest=digest, language=language,
    )  # fmt: skip


def _pictures(number: int, pair: tuple[Chart | None, Chart | None]) -> list[tuple[str, Any]]:
    """Before and after, where there is a picture; our own pen drew it, and escaped all words."""
    from markupsafe import Markup

    return [
        (name, Markup(_IDS.sub(rf"chart-{number}-{name.lower()}-\1", chart.narrow)))  # noqa: S704
        for name, chart in zip(("Before", "After"), pair, strict=True)
        if chart is not None
    ]


# --- Markdown --------------------------------------------------------------------------------


def as_markdown(changes: Changes) -> str:
    """For the summary of a job or a comment. Words of the book are words, never markup."""
    view = told(changes)
    lines = [
        f"# What changes in {escaped(view['title'])}",
        f"From {escaped(view['base'])} to {escaped(view['head'])}.",
        f"**{escaped(view['summary'])}**",
    ]
    if view["book"]:
        lines += ["## For the whole book", _declared(view["book"])]
    for subject in view["subjects"]:
        lines += _subject(subject)
    if view["pages"]:
        rows = [
            (page["fate"], _was(page["path"], page["was"]), escaped(page["title"]))
            for page in view["pages"]
        ]
        lines += ["## Pages", _table(("What", "Address", "Title"), rows)]
    if view["redirects"]:
        said = "\n".join(["```yaml", *view["redirects"], "```"])
        lines += ["So that old links go on working, add to scorecards/databook.yaml:", said]
    text = "\n\n".join(lines) + "\n"
    return text if len(text) <= MOST_CHARACTERS else _shortened(text)


def _shortened(text: str) -> str:
    """Cut between two blocks, so that no table or code is left open."""
    return text[: text.rindex("\n\n", 0, MOST_CHARACTERS)] + CUT


def _subject(subject: Mapping[str, Any]) -> Iterator[str]:
    yield f"## {subject['fate']}: {escaped(subject['title'])}"
    yield _was(subject["url"], subject["was"])
    yield from (f"> **Note:** {escaped(note)}" for note in subject["notes"])
    if subject["before"] != subject["after"]:
        for name in ("before", "after"):
            if subject[name]:
                yield f"**{name.title()}:** {escaped(' '.join(subject[name]))}"
    if subject["flips"]:
        rows = [
            (escaped(flip["about"]), _status(flip["before"]), _status(flip["after"]))
            for flip in subject["flips"]
        ]
        yield _table(("Judgement", "Before", "After"), rows)
    if subject["counts"]:
        more = f"; {subject['more']:,} more are not listed" if subject["more"] else ""
        yield f"Figures: {words.listed(subject['counts'])}{more}."
    if subject["figures"]:
        names = ("period", "who", "change", "before", "after", "size")
        heads = ("Period", "Place and group", "What", "Before", "After", "How much")
        yield _table(
            heads, [tuple(escaped(f[name]) or "–" for name in names) for f in subject["figures"]]
        )
    if subject["wordings"]:
        yield _declared(subject["wordings"])
    if subject["forecasts"]:
        yield "\n".join(f"- {escaped(said)}" for said in subject["forecasts"])
    if subject["texts"]:
        yield f"Other words that change: {escaped(subject['texts'])}."


def _declared(wordings: Sequence[Wording]) -> str:
    rows = [(escaped(w.what), escaped(w.before) or "–", escaped(w.after) or "–") for w in wordings]
    return _table(("Declared", "Before", "After"), rows)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _was(path: str, was: str) -> str:
    return f"{code(path or '(home)')}{f', was {code(was)}' if was else ''}"


def _status(status: words.Status) -> str:
    return f"{status.shape} {escaped(status.short)}"


def escaped(text: str) -> str:
    """Words that Markdown takes as nothing but words: every sign it knows becomes a reference.

    Addresses written out would become links by themselves, so the signs that betray them do too.
    """
    plain = tame(_CONTROLS.sub(" ", text)).replace("&", "&amp;")
    # Lists and headings begin only at the start of a line, where no such text ever stands.
    return re.sub(r"[\\`*_{}\[\]<>#!|~@$]|:(?=\S)|(?<=[wW])\.", lambda c: f"&#{ord(c[0])};", plain)


def code(text: str) -> str:
    """A piece of code: an address or a line for a machine."""
    plain = tame(_CONTROLS.sub(" ", text)).replace("`", "'").replace("|", "/")
    return f"`{plain}`"
