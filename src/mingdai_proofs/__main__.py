"""`python -m mingdai_proofs`: the verifier where nothing else is installed."""

import sys

from mingdai_proofs.cli import main

if __name__ == "__main__":
    sys.exit(main())
