"""A fresh ledger, and witnesses that are real servers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from mingdai.ledger import keys
from mingdai.ledger.sequencing import forget_writer
from mingdai_proofs.notes import KeyKind, Signer
from mingdai_proofs.serving import WitnessServer
from mingdai_proofs.witnessing import Witness
from tests.ledger.world import NOON, check_log, checkpoint, publish_all


class LocalWitness:
    """A witness on a port of its own that can be stopped and started again."""

    def __init__(self, folder: Path, name: str) -> None:
        self.signers = [
            Signer.from_seed(name, kind, bytes([number]) * 32)
            for number, kind in enumerate(
                (KeyKind.ED25519_COSIGNATURE, KeyKind.MLDSA44_COSIGNATURE), sum(name.encode()) % 200
            )
        ]
        self.name = name
        self.port = 0
        self._folder = folder / name
        self._server: WitnessServer | None = None

    @property
    def triple(self) -> tuple[str, str, str]:
        return self.name, self.signers[0].verifier.vkey, f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._witness = Witness(self._folder, self.signers, [keys.log_key().verifier])
        clock = lambda: int(NOON.timestamp())  # noqa: E731
        self._server = WitnessServer(("127.0.0.1", self.port), self._witness, clock)
        self.port = self._server.server_port
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    def stop(self) -> None:
        if self._server is None:
            return
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._witness.close()
        self._server = None


@pytest.fixture
def ledger(data_folder: Path, transactional_db: None, settings) -> Iterator[Path]:
    """A data folder whose log has not started yet; afterwards the log must verify."""
    settings.MINGDAI_WITNESSES = []
    yield data_folder
    forget_writer()


@pytest.fixture
def story(ledger: Path) -> Iterator[Path]:
    """A ledger that must verify when the story has been told."""
    yield ledger
    publish_all()
    report = check_log()
    assert report.flaw is None
    assert checkpoint()


@pytest.fixture
def witness(ledger: Path, tmp_path_factory, settings) -> Iterator[LocalWitness]:
    """One witness, asked by the ledger."""
    made = LocalWitness(tmp_path_factory.mktemp("witness"), "witness.example/one")
    made.start()
    settings.MINGDAI_WITNESSES = [made.triple]
    yield made
    made.stop()
