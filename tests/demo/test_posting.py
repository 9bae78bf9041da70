from __future__ import annotations

import pytest

from mingdai.mail.authenticating import Envelope, authenticate
from mingdai.mail.resolving import ZoneResolver
from mingdai.mail.running import receiving
from mingdai.trace.models import Letter as Kept
from mingdai_demo.posting import (
    TEXTS,
    Letter,
    _keys,
    compose,
    folder,
    make_senders,
    post,
    remember_port,
)
from tests.conftest import NOON
from tests.mail.world import make_post

TO = "bakido-tenifa-sopamizo@alias.mingdai.example"


@pytest.mark.parametrize(
    ("kind", "vouched"),
    [
        ("lender", "yunting.example"),
        ("service", "yunting-mail.example"),
        ("stranger", "chengdai.example"),
        ("forged", ""),
    ],
)
def test_each_kind_of_letter_proves_what_it_should(tmp_path, kind, vouched):
    zone = make_senders(tmp_path, ["yunting.example"])

    letter = Letter(kind, "yunting.example", TO)
    sender, raw = compose(letter, _keys(folder(tmp_path)), at=NOON)

    sent = Envelope("127.0.0.1", "mx.test", sender)
    verdict = authenticate(raw, sent, resolver=ZoneResolver.from_file(zone))
    assert verdict.authenticated == vouched
    assert set(TEXTS) == {"lender", "service", "stranger", "forged"}


def test_keys_are_made_once_and_only_their_owner_reads_them(tmp_path):
    first = make_senders(tmp_path, ["yunting.example"]).read_text()
    path = make_senders(tmp_path, ["yunting.example", "songhe.example"])

    assert set(first.splitlines()) <= set(path.read_text().splitlines())
    assert (folder(tmp_path) / "keys.json").stat().st_mode & 0o777 == 0o600


def test_a_letter_is_handed_to_the_running_door(transactional_db, data_folder, settings):
    settings.MINGDAI_MAIL_RATE = 1000
    alias = make_post().address
    make_senders(data_folder, ["yunting.example"])
    with receiving("127.0.0.1", 0) as door:
        remember_port(data_folder, str(door.port))
        taken = post(Letter("stranger", "yunting.example", alias), data=data_folder, at=NOON)
        refused = post(Letter("stranger", "yunting.example", TO), data=data_folder, at=NOON)

    assert taken == "250 taken"
    assert refused.startswith("550")
    assert Kept.objects.count() == 1
