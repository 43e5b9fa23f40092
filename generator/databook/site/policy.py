"""What a browser may do with our pages: the Content-Security-Policy and its companions.

No page holds an inline script, style sheet or style attribute, so no exception is made for any.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from databook.pages import EMBED_POLICY

# Pagefind's search is WebAssembly, which compiles only with 'wasm-unsafe-eval'; that admits no
# script. `data:` pictures are Material's own small icons.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
    )
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# A meta element cannot say who may frame a page; a header can.
UNFRAMED: Mapping[str, str] = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}
# Charts for the frames of other sites, which lie below the pages whose charts they are. No rule
# may forbid them, since hosts add up all rules that fit; so what is forbidden is listed.
EMBEDS = ("/indicators/:indicator/embed/*", "/programmes/:programme/:measure/embed/*")
SHALLOW = ("/:page/", "/:folder/:page/")
EDITION = "/editions/:edition"
# Anybody may compute with the figures, from any page of theirs; in every edition.
OPEN = ("/data/*", "/indicators/*", "/programmes/*", "/api/*", "/datapackage.json", "/editions/*")


def headers_file(paths: Iterable[str]) -> bytes:
    """The headers as static hosts (Netlify, Cloudflare Pages and others) read them.

    A host that adds a header up sends two policies for a page, and browsers keep both.
    """
    lines = rule("/*", HEADERS)
    for path in unframed(paths):
        lines += rule(path, UNFRAMED)
    for path in (*EMBEDS, *(EDITION + path for path in EMBEDS)):
        lines += rule(path, {"Content-Security-Policy": EMBED_POLICY + "; frame-ancestors *"})
    for path in OPEN:
        lines += rule(path, {"Access-Control-Allow-Origin": "*"})
    return ("\n".join(lines) + "\n").encode()


def unframed(paths: Iterable[str]) -> tuple[str, ...]:
    """Patterns of the pages that nobody may frame: every page but the charts for frames."""
    deep = (path.split("/") for path in paths if path.count("/") > len(SHALLOW))
    below = sorted({_beside_embeds(top, name, more) for top, _, name, *more in deep})
    # An edition's own front page, at /editions/ID/, is no deeper than /:folder/:page/.
    return ("/", *SHALLOW, *below, *(EDITION + path for path in (*SHALLOW, *below)))


def _beside_embeds(top: str, name: str, more: Sequence[str]) -> str:
    """The pattern of a page three folders deep or more, that fits no chart for frames."""
    if top == "indicators":
        return f"/indicators/:indicator/{name}/"
    if top != "programmes":
        return f"/{top}/:folder/:page/*"
    below = "".join(f"{part}/" for part in more if part and part != "embed")
    return f"/programmes/:programme/:page/{below}"


def rule(path: str, headers: Mapping[str, str]) -> list[str]:
    """One rule of the file."""
    return [path, *(f"  {name}: {value}" for name, value in headers.items())]
