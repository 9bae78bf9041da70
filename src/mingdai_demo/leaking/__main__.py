"""`python -m mingdai_demo.leaking`: with `LEAK=off` nobody leaks."""

import os
import sys

from mingdai_demo.leaking.showing import main

sys.exit(main(os.environ))
