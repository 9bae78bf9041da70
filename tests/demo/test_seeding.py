import json

import pytest

from mingdai.errors import Refused
from mingdai.market.comparing import compare
from mingdai.market.matching import Wish
from mingdai.partners.admitting import admit
from mingdai.partners.models import Partner, SealingKey
from mingdai_client.opening import Trust
from mingdai_demo.seeding import Addresses, sandbox_config, seed
from tests.conftest import NOON

pytestmark = pytest.mark.django_db

ADDRESSES = Addresses(platform="http://127.0.0.1:8000", sandbox="http://127.0.0.1:8002")


def config() -> dict:
    return json.loads(sandbox_config().read_text(encoding="utf-8"))


def test_the_demo_world_is_complete_and_all_made_up(data_folder):
    seed(ADDRESSES, at=NOON)

    partners = list(Partner.objects.all())
    assert len(partners) == 7
    assert all("示例" in each.legal_name + each.licence_number for each in partners)
    assert {each.status for each in partners} == {Partner.Status.ACTIVE}
    assert len(compare(Wish(amount=1_000_000), at=NOON).shelf.products) >= 12


def test_lenders_hold_what_the_platform_expects_of_them(data_folder):
    seed(ADDRESSES, at=NOON)

    for lender in config()["lenders"]:
        assert admit(lender["api_key"], at=NOON).pk == lender["id"]
        kid = lender["opening_keys"][0]["kid"]
        assert SealingKey.objects.filter(partner=lender["id"], kid=kid).exists()
    platform = config()["platform"]
    assert Trust.parse(policy=platform["policy"], manifest_key=platform["manifest_key"])


def test_seeding_again_keeps_keys_and_brings_addresses_up_to_date(data_folder):
    seed(ADDRESSES, at=NOON)
    before = config()
    moved = Addresses(platform="http://127.0.0.1:9000", sandbox="http://127.0.0.1:9002")

    seed(moved, at=NOON)

    assert config()["lenders"] == before["lenders"]
    assert config()["platform"]["url"] == "http://127.0.0.1:9000"
    endpoints = set(Partner.objects.values_list("endpoint", flat=True))
    assert all(each.startswith("http://127.0.0.1:9002/") for each in endpoints)


def test_production_is_not_a_demo(data_folder, settings):
    settings.MINGDAI_PRODUCTION = True

    with pytest.raises(Refused, match="demo.production"):
        seed(ADDRESSES, at=NOON)

    assert not Partner.objects.exists()
