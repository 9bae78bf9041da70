"""Where a ledger's files are read from: a folder or a web address.

Both answer `read(path)` and raise FileNotFoundError where there is no such file; any other
trouble is Flawed, since what cannot be read cannot be verified.
"""

from __future__ import annotations

import http.client
import re
import urllib.error
import urllib.request
from pathlib import Path
from typing import Protocol

from mingdai_proofs.flaws import refuse

MAX_FILE_BYTES = 256 * (65_535 + 2)
TIMEOUT_S = 30
_WIDTH = re.compile("[1-9][0-9]{0,2}")


class Source(Protocol):
    """Files of a ledger by their tlog-tiles paths."""

    def read(self, path: str) -> bytes:
        """The file's bytes; raises FileNotFoundError, or Flawed where it cannot be read."""
        ...

    def widths(self, path: str) -> list[int]:
        """The widths of partial files kept beside the full file `path`, where that is known."""
        ...


class Folder:
    """A ledger in a folder, as it is published or as it was copied."""

    def __init__(self, root: Path) -> None:
        """Read below `root`."""
        self._root = root

    def read(self, path: str) -> bytes:
        """The file's bytes."""
        try:
            return (self._root / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            raise FileNotFoundError(path) from None
        except OSError:
            refuse("source.unreadable", f"{path} cannot be read")

    def widths(self, path: str) -> list[int]:
        """The widths of the partial files on disk, smallest first."""
        folder = self._root / f"{path}.p"
        names = [each.name for each in folder.iterdir()] if folder.is_dir() else []
        return sorted(int(name) for name in names if _WIDTH.fullmatch(name))


class Web:
    """A ledger under an http or https address."""

    def __init__(self, address: str) -> None:
        """Read below `address`; raises Flawed for any other scheme."""
        if not address.startswith(("http://", "https://")):
            refuse("source.scheme", "a ledger's address begins with http:// or https://")
        self._address = address.rstrip("/")

    def read(self, path: str) -> bytes:
        """The file's bytes, at most those of the largest bundle there can be."""
        try:
            with urllib.request.urlopen(f"{self._address}/{path}", timeout=TIMEOUT_S) as answer:  # noqa: S310 - the scheme is checked above
                data: bytes = answer.read(MAX_FILE_BYTES + 1)
        except urllib.error.HTTPError as error:
            error.close()
            if error.code in (404, 410):
                raise FileNotFoundError(path) from None
            refuse("source.unreachable", f"{path} was answered with status {error.code}")
        except (OSError, ValueError, http.client.HTTPException):
            refuse("source.unreachable", f"{path} cannot be fetched")
        if len(data) > MAX_FILE_BYTES:
            refuse("source.too_large", f"{path} is larger than any file of a ledger")
        return data

    def widths(self, path: str) -> list[int]:
        """Nothing: a web address lists no files."""
        return []


def open_source(text: str) -> Source:
    """The source a person named: an address if it has a scheme, else a folder."""
    return Web(text) if "://" in text else Folder(Path(text))
