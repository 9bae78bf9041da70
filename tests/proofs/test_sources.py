from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from mingdai_proofs.flaws import Flawed
from mingdai_proofs.ledgers import verify_ledger
from mingdai_proofs.sources import Folder, Web, open_source
from tests.proofs.worlds import POLICY, written


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        if self.path.endswith("/broken"):
            self.send_error(500)
        else:
            super().do_GET()


@pytest.fixture
def folder(tmp_path):
    written(300)[0].save(tmp_path)
    return tmp_path


@pytest.fixture
def address(folder):
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_ledger_is_verified_over_http(address):
    report = verify_ledger(open_source(address), POLICY)

    assert (report.flaw, report.entries) == (None, 300)


def test_a_file_changed_on_the_way_is_noticed_over_http(address, folder):
    data = bytearray((folder / "tile/0/000").read_bytes())
    data[0] ^= 1
    (folder / "tile/0/000").write_bytes(data)

    assert verify_ledger(open_source(address), POLICY).flaw.code == "tile.mismatch"


def test_a_missing_file_is_missing_either_way(address, folder):
    for source in (Web(address), Folder(folder)):
        with pytest.raises(FileNotFoundError):
            source.read("tile/9/000")


def test_trouble_on_the_way_is_a_flaw(address):
    with pytest.raises(Flawed, match="status 500"):
        Web(address).read("broken")
    with pytest.raises(Flawed, match=r"source\.unreachable"):
        Web("http://127.0.0.1:1").read("checkpoint")
    with pytest.raises(Flawed, match=r"source\.unreachable"):
        Web("http://[").read("checkpoint")


def test_only_the_web_is_an_address():
    with pytest.raises(Flawed, match=r"source\.scheme"):
        open_source("file:///etc/passwd")


def test_the_widths_of_partial_files_are_known_in_a_folder(folder):
    (folder / "tile/0/000.p/notes").write_text("not a width")

    assert Folder(folder).widths("tile/0/000") == [100, 200]
    assert Folder(folder).widths("tile/0/009") == []


def test_a_folder_where_a_file_should_be_is_no_file(folder):
    with pytest.raises(FileNotFoundError):
        Folder(folder).read("tile")
    with pytest.raises(FileNotFoundError):
        Folder(folder).read("checkpoint/x")
