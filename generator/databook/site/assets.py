"""The styles and scripts that pages load: ours, and the part of Material's that we use."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from databook import theme
from databook.site import material

OURS = "assets/databook/"
KINDS = {"css": "text/css", "js": "application/javascript"}
# One file, so that a first visit asks for one; later ones override earlier ones.
STYLES = ("book.css", "pages.css", "charts.css")
STYLE = OURS + "databook.css"
EMBED = OURS + "embed.css"  # of pages in other sites' frames: the charts' colours, and its own
BASE_STYLE = OURS + "material.css"


def own() -> dict[str, bytes]:
    """Everything under theme/assets by address, with our style sheets joined into one."""
    folder = theme.folder() / "assets"
    files = {
        "assets/" + path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }
    frames = (files[OURS + "charts.css"] + b"\n" + files[EMBED]).decode()
    files[EMBED] = short(EMBED, frames)
    sheets = [files.pop(OURS + name, b"").decode() for name in STYLES]
    files[STYLE] = short(STYLE, "\n".join(sheets))
    files[BASE_STYLE] = material.style().encode()
    for path, data in files.items():
        if path.startswith(OURS) and path.endswith(".js"):
            files[path] = short(path, data.decode())
    return files


def short(path: str, text: str) -> bytes:
    """A script or style sheet in fewer bytes: without comments, with short names inside."""
    import minify  # only where a frame or an index is made

    done: str = minify.string(KINDS[path.rpartition(".")[2]], text)
    return done.encode()


def stamped(files: Mapping[str, bytes]) -> dict[str, str]:
    """Addresses with a mark of their content, so that a browser may keep them for good."""
    return {
        path: f"{path}?v={hashlib.sha256(data).hexdigest()[:10]}"
        for path, data in files.items()
        if path.endswith((".css", ".js", ".svg"))
    }
