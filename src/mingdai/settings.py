"""Settings: embedded defaults that start with nothing, and one production switch.

Everything comes from the environment; docs/operating.md lists every variable.  Secrets are read
from files with mode 0600 under `MINGDAI_DATA/keys/`, made at the first start; none is in here.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parent


def _flag(name: str) -> bool:
    return os.environ.get(name, "") in {"1", "true", "yes"}


def _secret(path: Path) -> str:
    """The secret in `path`, made with mode 0600 where there is none yet."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48) + "\n")
    return path.read_text(encoding="ascii").strip()


def _database(url: str, data: Path) -> dict[str, object]:
    """Django's database entry for `DATABASE_URL`, or SQLite in the data folder for ""."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data / "mingdai.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                ),
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL: only postgresql:// is known")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or dict(parse_qsl(parts.query)).get("host", ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 8},
            "server_side_binding": True,
            "prepare_threshold": 5,
        },
    }


def _witnesses(text: str) -> list[tuple[str, str, str]]:
    """`name vkey url` triples, separated by `;`."""
    found = [tuple(part.split()) for part in text.split(";") if part.strip()]
    if any(len(each) != 3 for each in found):
        raise ImproperlyConfigured("MINGDAI_WITNESSES: give `name vkey url`, separated by `;`")
    return [(each[0], each[1], each[2]) for each in found]


MINGDAI_PRODUCTION = _flag("MINGDAI_PRODUCTION")
MINGDAI_DATA = Path(os.environ.get("MINGDAI_DATA", "data")).resolve()
MINGDAI_KEYS = MINGDAI_DATA / "keys"
MINGDAI_ORIGIN = os.environ.get("MINGDAI_ORIGIN", "")
MINGDAI_PUBLIC_URL = os.environ.get(
    "MINGDAI_PUBLIC_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
)
MINGDAI_WITNESSES = _witnesses(os.environ.get("MINGDAI_WITNESSES", ""))
MINGDAI_PROXIES = int(os.environ.get("MINGDAI_PROXIES", "0"))
MINGDAI_QUORUM = os.environ.get("MINGDAI_QUORUM", "all")
MINGDAI_ALIAS_DOMAIN = os.environ.get("MINGDAI_ALIAS_DOMAIN", "alias.mingdai.example")
MINGDAI_MAIL_HOST = os.environ.get("MINGDAI_MAIL_HOST", "127.0.0.1")
MINGDAI_MAIL_PORT = int(os.environ.get("MINGDAI_MAIL_PORT", "8025"))
MINGDAI_MAIL_NAME = os.environ.get("MINGDAI_MAIL_NAME", "") or MINGDAI_ALIAS_DOMAIN
MINGDAI_MAIL_CERT = os.environ.get("MINGDAI_MAIL_CERT", "")
MINGDAI_MAIL_KEY = os.environ.get("MINGDAI_MAIL_KEY", "")
MINGDAI_MAIL_RATE = int(os.environ.get("MINGDAI_MAIL_RATE", "600"))
MINGDAI_MAIL_ZONE = os.environ.get("MINGDAI_MAIL_ZONE", "")
MINGDAI_ARC_TRUSTED = frozenset(os.environ.get("MINGDAI_ARC_TRUSTED", "").lower().split())
MINGDAI_SMARTHOST = os.environ.get("MINGDAI_SMARTHOST", "")
MINGDAI_CODE_SENDER = os.environ.get("MINGDAI_CODE_SENDER", "" if MINGDAI_PRODUCTION else "inbox")
MINGDAI_COST_READING_S = int(os.environ.get("MINGDAI_COST_READING_S", "5"))
MINGDAI_LIST_MB = int(os.environ.get("MINGDAI_LIST_MB", "256"))
MINGDAI_GRANT_DAYS = int(os.environ.get("MINGDAI_GRANT_DAYS", "30"))
MINGDAI_REFUSAL_COOLDOWN_DAYS = int(os.environ.get("MINGDAI_REFUSAL_COOLDOWN_DAYS", "7"))
MINGDAI_LINK_YEARS = 3
"""How long the keyed token of person and disclosures stays (网络数据安全管理条例 Art. 12)."""

SECRET_KEY = os.environ.get("MINGDAI_SECRET_KEY") or _secret(MINGDAI_KEYS / "django.secret")
DEBUG = False
ALLOWED_HOSTS = (
    os.environ.get("MINGDAI_HOSTS", "").split(",")
    if MINGDAI_PRODUCTION
    else ["127.0.0.1", "localhost", "[::1]", "testserver"]
)
if MINGDAI_PRODUCTION and ALLOWED_HOSTS == [""]:
    raise ImproperlyConfigured("MINGDAI_HOSTS: name the public host in production")
if MINGDAI_PRODUCTION and MINGDAI_MAIL_ZONE:
    raise ImproperlyConfigured("MINGDAI_MAIL_ZONE: a zone file is not for production")
if MINGDAI_PRODUCTION and MINGDAI_CODE_SENDER == "inbox":
    raise ImproperlyConfigured("MINGDAI_CODE_SENDER: the development inbox is not for production")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "mingdai.accounts",
    "mingdai.ledger",
    "mingdai.vault",
    "mingdai.partners",
    "mingdai.consent",
    "mingdai.market",
    "mingdai.gate",
    "mingdai.loans",
    "mingdai.audit",
    "mingdai.trace",
    "mingdai.cases",
    "mingdai.mail",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "mingdai.web.errors.ProblemPages",
]
ROOT_URLCONF = "mingdai.urls"
WSGI_APPLICATION = "mingdai.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mingdai.web.surroundings.surroundings",
            ],
            "builtins": ["mingdai.web.showing", "mingdai.web.console.showing"],
        },
    }
]
DATABASES = {"default": _database(os.environ.get("DATABASE_URL", ""), MINGDAI_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Staff"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "mingdai_language"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = MINGDAI_DATA / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "mingdai_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "mingdai.web.errors.form_expired"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = MINGDAI_PRODUCTION
SECURE_HSTS_SECONDS = 31536000 if MINGDAI_PRODUCTION else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if MINGDAI_PRODUCTION else None
SECURE_REFERRER_POLICY = "same-origin"
"""Nothing goes to another site; "no-referrer" would make browsers send `Origin: null`."""
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    # aiosmtpd writes addresses of senders and recipients into its own log
    "loggers": {"mail.log": {"level": "CRITICAL"}, "mail.debug": {"level": "CRITICAL"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("MINGDAI_LOG_LEVEL", "WARNING")},
}
