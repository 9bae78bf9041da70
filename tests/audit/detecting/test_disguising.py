import base64
import codecs

import pytest

MOBILE = "19900012345"
EMAIL = "li.lei@mail.example.cn"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (" ".join(MOBILE).encode(), "mobile"),
        ("\u200b".join(MOBILE).encode(), "mobile"),
        (MOBILE.translate({ord("0") + n: 0xFF10 + n for n in range(10)}).encode(), "mobile"),
        ("一九九零零零一二三四五".encode(), "mobile"),
        (",".join(str(ord(each)) for each in MOBILE).encode(), "mobile"),
        (",".join(str(ord(each)) for each in "王小明").encode(), "name"),
        (base64.b64encode(bytes(each ^ 0x5A for each in MOBILE.encode())), "mobile"),
        (b"20011123456", "mobile"),
        (codecs.encode(EMAIL, "rot13").encode(), "email"),
        (b"li.lei(at)mail.example.cn", "email"),
        (MOBILE[::-1].encode(), "mobile"),
        (b"a=1990001&b=2345", "mobile"),
        (base64.b64encode(MOBILE.encode()).swapcase(), "mobile"),
        (b'{"a":"199","b":"0001","c":"2345"}', "mobile"),
        (b"1x9q9y0x0z0q1y2x3y4z5", "mobile"),
        ("①⑨⑨⓪⓪⓪①②③④⑤".encode(), "mobile"),
        ("\ufe0f\u20e3".join((*MOBILE, "")).encode(), "mobile"),
    ],
)
def test_a_deliberate_disguise_is_seen_through(seen, body, field):
    assert field in seen(b"d=" + body if b"=" not in body else body)


def test_a_short_value_is_not_disguised(seen):
    assert seen("无关的文字".encode()) == {}
