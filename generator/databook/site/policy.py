"""What a browser may do with our pages: the Content-Security-Policy and its companions.

No page holds an inline script, style sheet or style attribute, so no exception is made for any.
"""

from __future__ import annotations

from collections.abc import Mapping

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
# A meta element cannot say who may frame a page; a header can.
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY + "; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Anybody may compute with the figures, from any page of theirs; in every edition.
OPEN = ("/data/*", "/indicators/*", "/programmes/*", "/api/*", "/datapackage.json", "/editions/*")


def headers_file() -> bytes:
    """The headers as static hosts (Netlify, Cloudflare Pages and others) read them."""
    lines = ["/*", *(f"  {name}: {value}" for name, value in HEADERS.items())]
    for path in OPEN:
        lines += [path, "  Access-Control-Allow-Origin: *"]
    return ("\n".join(lines) + "\n").encode()
