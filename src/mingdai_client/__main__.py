"""Run the client's commands."""

import sys

from mingdai_client.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
