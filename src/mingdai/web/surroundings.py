"""What every page has around it: the tab bar, the language, whether this is development."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, gettext_lazy

TABS = (
    ("offers", gettext_lazy("产品"), "cash"),
    ("applications", gettext_lazy("我的申请"), "file-text"),
    ("path", gettext_lazy("资料去向"), "map-2"),
    ("account", gettext_lazy("我的"), "user"),
)
"""Route name, label, icon: the borrower's four places."""


def surroundings(request: HttpRequest) -> dict[str, object]:
    """The context every template may use."""
    return {
        "tabs": TABS,
        "language": get_language() or settings.LANGUAGE_CODE,
        "is_development": settings.MINGDAI_CODE_SENDER == "inbox",
        "here": request.get_full_path() if request.method == "GET" else request.path,
    }
