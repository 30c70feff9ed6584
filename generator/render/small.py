"""The only door to rjsmin and rcssmin: our style sheets and browser code in, the same without comments and gaps out."""

from __future__ import annotations

from rcssmin import cssmin
from rjsmin import jsmin

VENDOR = "assets/vendor/"
"""Others' code is served as they publish it."""


def small(path: str, data: bytes) -> bytes:
    """What a reader's browser loads of an asset."""
    if path.startswith(VENDOR):
        return data
    if path.endswith(".js"):
        return str(jsmin(data.decode())).encode()
    if path.startswith("assets/") and path.endswith(".css") and "/stylesheets/" not in path:
        return str(cssmin(data.decode())).encode()
    return data
