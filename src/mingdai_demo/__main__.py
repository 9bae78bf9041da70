"""`python -m mingdai_demo`: settings first, then Django, then everything that stands on it."""

import os
import sys

import django

from mingdai_demo.environment import prepare

prepare(os.environ)
django.setup()

from mingdai_demo.cli import main  # noqa: E402 - its modules read tables when imported

sys.exit(main(sys.argv[1:]))
