"""Serve the public log: the files under `MINGDAI_DATA/log` with the headers of C2SP tlog-tiles.

Only the names the specification knows are served, so no path leads anywhere else.  A checkpoint
is not cached; tiles and bundles never change.  Source: https://c2sp.org/tlog-tiles.
"""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

TILE = re.compile(
    r"tile/(?:entries|0|[1-9]|[1-5][0-9]|6[0-3])/(?:x[0-9]{3}/)*[0-9]{3}"
    r"(?:\.p/(?:[1-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5]))?"
)
FOREVER = "public, max-age=31536000, immutable"


@require_safe
def serve_log(request: HttpRequest, path: str) -> HttpResponse | FileResponse:
    """The checkpoint, a tile or a bundle; anything else is not found."""
    root = Path(settings.MINGDAI_DATA) / "log"
    if path == "checkpoint":
        return _with_headers(_open(root / path), "text/plain; charset=utf-8", "no-store")
    if TILE.fullmatch(path):
        return _with_headers(_open(root / path), "application/octet-stream", FOREVER)
    raise Http404


def _open(path: Path) -> FileResponse:
    try:
        return FileResponse(path.open("rb"))
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as problem:
        raise Http404 from problem


def _with_headers(answer: FileResponse, kind: str, caching: str) -> FileResponse:
    answer["Content-Type"] = kind
    answer["Cache-Control"] = caching
    answer["Access-Control-Allow-Origin"] = "*"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
