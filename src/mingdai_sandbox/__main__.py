"""Run the sandbox as a process."""

import sys

from mingdai_sandbox.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
