"""The product's settings on a data folder of the test run's own."""

import os
import tempfile

os.environ.setdefault("MINGDAI_DATA", tempfile.mkdtemp(prefix="mingdai-test-"))

from mingdai.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
"""Static files straight from the source tree: a test run collects none."""
