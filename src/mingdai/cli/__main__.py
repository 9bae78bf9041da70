"""`python -m mingdai.cli`: the same as the `mingdai` command."""

import sys

from mingdai.cli.main import main

sys.exit(main())
