"""Our Jinja templates: compiled once, autoescaped, and strict about names."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from databook import control_words, theme, words

if TYPE_CHECKING:
    import jinja2
    from markupsafe import Markup


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(theme.folder() / "pages"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["words"] = words
    environment.globals["control_words"] = control_words
    return environment


def fill(template: str, **values: Any) -> str:
    """Fill one of the theme's page templates; contributor text is only ever a value."""
    return _environment().get_template(template).render(**values)


@lru_cache(maxsize=256)
def status_mark(status: words.Status) -> Markup:
    """A status as it stands in tables; there are few, and long tables ask for them often."""
    part = _environment().get_template("parts/status.html.j2")
    mark: Markup = part.module.mark(status)  # type: ignore[attr-defined]
    return mark
