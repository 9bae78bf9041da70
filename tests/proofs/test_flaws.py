import pytest

from mingdai_proofs.flaws import Flaw, Flawed, refuse


def test_a_flaw_is_a_value_with_code_and_reason():
    assert Flaw("a.b", "why") == Flaw("a.b", "why")
    assert str(Flaw("a.b", "why")) == "a.b: why"


def test_refusing_raises_the_flaw():
    with pytest.raises(Flawed, match=r"a\.b: why") as caught:
        refuse("a.b", "why")

    assert caught.value.flaw == Flaw("a.b", "why")
