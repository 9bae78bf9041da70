"""What a field of a lead-exchange call holds, told by its key and checked by its value.

Key names are those of the families in use; a value that is a mobile or an ID number is known
under any key.
"""

from __future__ import annotations

import re

from mingdai.audit.protocols.calls import Call, Seen

_MOBILE = re.compile(r"1[3-9]\d{9}")
_ID = re.compile(r"\d{17}[\dXx]")
_DIGEST = re.compile(r"[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}")
_FIRST8 = re.compile(r"1[3-9]\d{6}")
_MASK = re.compile(r"1[3-9]\d[*xX＊]{4}\d{4}|1[3-9]\d{6}[*xX＊]{3}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

_KEYS: dict[str, str] = {
    "name": r"(?:cn|real|user|cust)?name|nm|xm|cnname",
    "mobile": r"(?:mobile|phone)(?:no|phone|number)?|tel|sjh|mobilephone",
    "id_number": r"id(?:card|number|no|nomd5)?(?:no)?|idcard|certno|sfz",
    "profile": r"age|sex|gender|city|province(?:name)?|education|degree|house|housingstatus|"
    r"vehicle|car|hascar|carnum|carloan|job|occupation|profession|overdue|creditcard|credit_card|insurance|"
    r"commercialinsurance|gongjijin|hasprovidentfund|shebao|hassocialsecurity|monthincome|"
    r"salaryofmonth|salarypay|paymentform|zhima|zhimascore|weilidai|weili|jingdong|baitiao|huabei|"
    r"licensetime|businesstime|marriage|mtmaritalstscd|mtgendercd|mtedulvlcd|mtresidencestscd|"
    r"mtjobsectorcd|mtcitycd|is_trust|have_loan|birth_year|birth_month|household|portrait|sbscop|"
    r"creditcardlines|isfamily|address",
    "device": r"ip|applyip|clientip|useragent|ua|os|device.*|imei|idfa|oaid|mac",
    "contacts": r"contacts?|contactlist|addressbook|relatives?|emergency.*|linkman.*",
    "biometric": r"face.*|liveness|live.*photo|idimages?|idcardimage.*|.*faceimage",
    "consent": r".*consent.*|.*receipt.*|grantid|authorization(?:id|no)|authno|agreementhash|"
    r"protocolhash|authtoken",
    "signature": r"sign|signature|b-signature|x-ca-signature",
    "time": r"timestamp|ts|time|b-timestamp|x-ca-timestamp",
    "nonce": r"nonce|x-ca-nonce|requestid|reqid|random",
    "price": r"price|discountprice|bid|settlementprice|cpa",
    "amount": r"amount|loanamount|money|lmtappr",
}
_PATTERNS = {kind: re.compile(rf"^(?:{keys})$", re.IGNORECASE) for kind, keys in _KEYS.items()}


def kind_of(seen: Seen) -> str:
    """What the field holds; "" where nothing known."""
    text = seen.text.strip()
    if _DIGEST.fullmatch(text):
        return "signature" if _PATTERNS["signature"].match(seen.key) else "digest"
    if _MOBILE.fullmatch(text):
        return "mobile"
    if _ID.fullmatch(text) and id_is_valid(text):
        return "id_number"
    if _MASK.fullmatch(text):
        return "mask"
    if _FIRST8.fullmatch(text) and re.search(r"phone|mobile|prefix|sjh", seen.key, re.IGNORECASE):
        return "first8"
    for kind, pattern in _PATTERNS.items():
        if pattern.match(seen.key) and kind not in {"mobile", "id_number"}:
            return kind
    return ""


def held(call: Call, *kinds: str) -> list[Seen]:
    """The request's fields of these kinds."""
    return [seen for seen in call.asked if kind_of(seen) in kinds]


def has_consent(call: Call) -> bool:
    """Whether the request, or its headers, refer to a consent at all."""
    if any(seen.text for seen in held(call, "consent")):
        return True
    return any(_PATTERNS["consent"].match(name.replace("-", "")) for name in call.headers)


def is_precheck(call: Call) -> bool:
    """Whether the call asks before the person applied: a digest and no plain number, no order."""
    name = f"{call.name} {call.url}".lower()
    if re.search(r"strike|match|hit|collision|撞库|precheck|check/access", name):
        return True
    return bool(held(call, "digest")) and not held(call, "mobile") and not order_of(call)


def order_of(call: Call) -> str:
    """The order number a call stands under, "" where it has none."""
    for seen in call.asked:
        if seen.key.lower() in {"applyno", "orderno", "appid", "thirdorderno", "outtradeno", "id"}:
            return seen.text
    return ""


def id_is_valid(number: str) -> bool:
    """Whether the check digit fits (GB 11643-1999)."""
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17].upper()


def sex_of_id(number: str) -> str:
    """`male` or `female` by the 17th digit."""
    return "male" if int(number[16]) % 2 else "female"
