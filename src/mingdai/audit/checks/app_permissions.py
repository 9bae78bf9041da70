"""What an app handed over by the flow demands in its manifest; it is read and never run."""

from __future__ import annotations

from collections.abc import Iterator

from mingdai.audit.checks.matters import Matter
from mingdai.audit.checks.remarks import Evidence, Remark, Rule, Said
from mingdai.audit.checks.sources import NDR_22, NECESSARY, PIPL_6

RULE = Rule(
    "app_permissions",
    Said(
        "从清单中去掉与借款无关的权限；通讯录、通话记录、短信一律不申请。",
        "Remove permissions a loan does not need; never ask for contacts, call log or messages.",
    ),
    (PIPL_6, NDR_22, NECESSARY),
    severity="medium",
)
WORST = {"READ_CONTACTS", "WRITE_CONTACTS", "GET_ACCOUNTS", "READ_CALL_LOG", "READ_SMS"}
UNNEEDED = {
    *WORST, "RECEIVE_SMS", "SEND_SMS", "PROCESS_OUTGOING_CALLS", "ACCESS_FINE_LOCATION",
    "ACCESS_COARSE_LOCATION", "ACCESS_BACKGROUND_LOCATION", "READ_PHONE_STATE", "RECORD_AUDIO",
    "READ_PHONE_NUMBERS", "READ_EXTERNAL_STORAGE", "READ_MEDIA_IMAGES", "QUERY_ALL_PACKAGES",
    "READ_CALENDAR", "SYSTEM_ALERT_WINDOW", "BIND_ACCESSIBILITY_SERVICE",
}  # fmt: skip
"""Android permissions a loan can do without; the camera (documents) is not one of them."""


def check(matter: Matter) -> Iterator[Remark]:
    """One remark for each app with such permissions; contacts make it forced."""
    for each in matter.visit.downloads:
        asked = [name.rpartition(".")[2] for name in each.permissions]
        beyond = [name for name in asked if name in UNNEEDED]
        if not beyond:
            continue
        name = each.package or each.name
        contacts = "READ_CONTACTS" in beyond
        said = Said(
            f"应用 {name} 要求 {len(beyond)} 项多余权限：{'、'.join(beyond)}。",
            f"The app {name} demands {len(beyond)} permissions a loan does "
            f"not need: {', '.join(beyond)}.",
        )
        worst = any(name in WORST for name in beyond)
        yield Remark(
            RULE,
            said,
            (Evidence("download", each.file, each.sha256),),
            severity="high" if worst else "medium",
            dark_pattern="forced_contacts_permission" if contacts else "",
        )
