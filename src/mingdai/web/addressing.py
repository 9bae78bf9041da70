"""Where a request comes from, for rate limits only; it is never stored in clear.

Behind reverse proxies the connection is the proxy's: `MINGDAI_PROXIES` says how many stand in
front, and the address is the one the outermost of them wrote last into `X-Forwarded-For`.  With 0,
the default, that header is a stranger's word and is not read.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's address, "" where the header is shorter than the chain of proxies."""
    proxies: int = settings.MINGDAI_PROXIES
    if proxies < 1:
        return str(request.META.get("REMOTE_ADDR", ""))
    written = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    chain = [each.strip() for each in written if each.strip()]
    return chain[-proxies] if len(chain) >= proxies else ""
