from mingdai.vault.validating import clean
from mingdai_demo.leaking.people import borrowers, strangers
from tests.demo.leaking.seeds import seeded


def test_every_value_is_one_that_the_form_takes():
    for person in borrowers(20, seeded(1)):
        for code, value in person.fields().items():
            assert clean(code, value)


def test_nobody_is_both_a_borrower_and_a_stranger_and_nobody_is_real():
    ours, theirs = borrowers(50, seeded(1)), strangers(50, seeded(2))
    mobiles = [each.mobile for each in (*ours, *theirs)]

    assert len(set(mobiles)) == 100
    assert all(each.startswith("1990000") for each in mobiles)
    assert all(each.id_number.startswith("999999") for each in (*ours, *theirs))
    assert all(each.email.endswith("@example.com") for each in (*ours, *theirs))


def test_the_same_seed_makes_the_same_people():
    assert borrowers(3, seeded(7)) == borrowers(3, seeded(7))
