import os

from hypothesis import given
from hypothesis import strategies as st

from mingdai.audit.detecting.identity import Kind, kind_of
from mingdai.audit.planting import made_up_person, with_check_digit


def test_two_people_are_hardly_ever_alike():
    people = {tuple(made_up_person(os.urandom).values()) for _ in range(200)}

    assert len(people) == 200


@given(st.randoms(use_true_random=False))
def test_every_value_is_of_its_kind_and_of_nobody(random):
    person = made_up_person(random.randbytes)

    kinds = {code: kind_of(code, value) for code, value in person.items()}
    assert kinds == {
        "name": Kind.NAME,
        "mobile": Kind.MOBILE,
        "id_number": Kind.ID_NUMBER,
        "email": Kind.EMAIL,
        "address": Kind.ADDRESS,
    }
    assert person["id_number"].startswith("999999")
    assert person["mobile"].startswith("1990000")
    assert person["email"].endswith(".test")


def test_the_check_digit_is_the_standards():
    assert with_check_digit("11010519491231002") == "11010519491231002X"
