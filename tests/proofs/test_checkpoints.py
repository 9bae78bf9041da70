import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai_proofs.checkpoints import Checkpoint
from mingdai_proofs.flaws import Flawed

# The example of C2SP tlog-checkpoint.
EXAMPLE = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="


def test_the_example_of_the_standard_is_read_and_written():
    head = Checkpoint.parse(EXAMPLE)

    assert (head.origin, head.size) == ("example.com/behind-the-sofa", 20_852_163)
    assert head.text == EXAMPLE


@given(st.integers(0, (1 << 63) - 1), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_is_read_as_it_was_written(size, root):
    head = Checkpoint("log.example", size, root, ("more",))

    assert Checkpoint.parse(head.text) == head


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "o\n1\n",
        f"o\n1\n{ROOT}",
        f"\n1\n{ROOT}\n",
        f"o\n01\n{ROOT}\n",
        f"o\n-1\n{ROOT}\n",
        f"o\n\n{ROOT}\n",
        f"o\n1\n{ROOT}\n\n",
        f"o\n1\n{ROOT[:-2]}\n",
        "o\n1\nAAAA\n",
        f"o\n1 \n{ROOT}\n",
        f"o\n9223372036854775808\n{ROOT}\n",
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(Flawed, match=r"checkpoint\.malformed"):
        Checkpoint.parse(text)
