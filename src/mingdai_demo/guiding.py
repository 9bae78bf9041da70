"""Say where the marketplace is, how to sign in and what to try first, once it answers."""

from __future__ import annotations

import os
import time
import urllib.error
import urllib.request

from mingdai_demo.staffing import DemoLogin

PERSON = {
    "手机 mobile": "19900000123",
    "姓名 name": "测试甲",
    "身份证 ID": "999999199001010016",
    "证件有效期 valid until": "2040-01-01",
    "银行卡 card": "6200000000000005",
    "邮箱 e-mail": "jia@example.com",
}
"""A made-up borrower to type in; region 999999 does not exist."""


def wait_until_ready(url: str, *, timeout_s: float = 60.0) -> bool:
    """Whether `url` answered 200 in time."""
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - our own address
                if answer.status == 200:
                    return True
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    return False


def guide_text(address: str, logins: list[DemoLogin]) -> str:
    """The lines a newcomer needs."""
    person = "\n".join(f"      {key}: {value}" for key, value in PERSON.items())
    staff = "\n".join(f"      {each.login} / {each.password}  ({each.role})" for each in logins)
    return f"""
明贷 mingdai  →  {address}/

  先试 try first
    1. {address}/            比较真实成本，不用账号 · compare, no account
    2. 选一家，登录，填资料，看成本表，单独同意 · pick one, sign in, consent
       登录验证码在 the code is at {address}/inbox/
       虚构的资料 made-up person:
{person}
    3. {address}/path/       资料去向：验证、下载凭证、撤回 · verify, receipt, withdraw
    4. {address}/console/    控制台 console
{staff}
      第二因素 second factor: .venv/bin/python -m mingdai_demo code
    5. .venv/bin/mingdai verify ledger {os.environ.get("MINGDAI_DATA", "data")}/log --vkey \
"$(.venv/bin/mingdai ledger vkey)"

  机构、征信机构都是示例；短信、放款是模拟的 · lenders and bureau are made up, SMS and payouts
  are simulated · Ctrl-C 结束 to stop
"""
