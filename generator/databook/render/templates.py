"""Our Jinja templates: compiled once, autoescaped, and strict about names."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from pathlib import Path
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
    environment.bytecode_cache = _compiled()
    environment.globals["status_mark"] = status_mark
    environment.globals["words"] = words
    environment.globals["control_words"] = control_words
    return environment


def _compiled() -> jinja2.BytecodeCache:
    """Compiled templates beside their sources, as Python keeps its own: as far to be trusted."""
    import jinja2

    class Beside(jinja2.FileSystemBytecodeCache):
        def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
            with suppress(OSError):  # where we are installed is often not ours to write to
                Path(self.directory).mkdir(exist_ok=True)
                super().dump_bytecode(bucket)

    return Beside(str(theme.folder() / "pages" / "__pycache__"))


def fill(template: str, **values: Any) -> str:
    """Fill one of the theme's page templates; contributor text is only ever a value."""
    return _environment().get_template(template).render(**values)


def part(name: str, macro: str, value: Any) -> Markup:
    """One of the theme's parts by itself, for what stands the same on many pages."""
    made: Markup = getattr(_module(name), macro)(value)
    return made


@lru_cache
def _module(name: str) -> Any:
    return _environment().get_template(f"parts/{name}.html.j2").module


@lru_cache(maxsize=256)
def status_mark(status: words.Status) -> Markup:
    """A status as it stands in tables; there are few, and long tables ask for them often."""
    return part("status", "mark", status)
