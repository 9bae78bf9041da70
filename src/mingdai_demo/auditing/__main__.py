"""`python -m mingdai_demo.auditing`: the walk of `make audit-demo`; needs no marketplace."""

import os
import sys

from mingdai_demo.auditing.showing import new_folder, show

sys.exit(show(new_folder(os.environ.get("MINGDAI_DATA", "data"))))
