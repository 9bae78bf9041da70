import pytest

from mingdai_proofs.cosigning import ed25519_statement, mldsa_statement
from mingdai_proofs.flaws import Flawed

# The example of C2SP tlog-cosignature.
TEXT = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"


def test_the_ed25519_statement_is_the_standards_example():
    assert ed25519_statement(TEXT, 1_679_315_147) == (
        b"cosignature/v1\ntime 1679315147\n" + TEXT.encode()
    )


def test_the_mldsa_statement_is_laid_out_as_the_standard_says():
    data = mldsa_statement("w.example", TEXT + "extension\n", 7)

    assert data[:12] == b"subtree/v1\n\x00"
    assert data[12:22] == b"\x09w.example"
    assert data[22:30] == (7).to_bytes(8, "big")
    assert data[30:58] == b"\x1bexample.com/behind-the-sofa"
    assert data[58:66] == bytes(8)
    assert data[66:74] == (20_852_163).to_bytes(8, "big")
    assert data[74:].hex().startswith("0ac5186a91863e8e")
    assert len(data) == 74 + 32


@pytest.mark.parametrize("name", ["", "n" * 256])
def test_a_name_that_does_not_fit_is_refused(name):
    with pytest.raises(Flawed, match=r"cosignature\.name"):
        mldsa_statement(name, TEXT, 7)


def test_only_a_checkpoint_is_cosigned():
    with pytest.raises(Flawed, match=r"checkpoint\.malformed"):
        mldsa_statement("w.example", "some text\n", 7)
