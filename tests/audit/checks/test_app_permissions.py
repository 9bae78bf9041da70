from mingdai.audit.checks.app_permissions import check
from mingdai.audit.visits import Download
from tests.audit.checks.matter_of import matter


def app(*permissions):
    names = tuple(f"android.permission.{each}" for each in permissions)
    return Download(
        1,
        40.0,
        "http://www.one.test/a.apk",
        "a.apk",
        "downloads/001.apk",
        "ab" * 32,
        9,
        "test.one.app",
        names,
    )


def test_an_app_that_wants_contacts_is_a_violation():
    (remark,) = check(matter(downloads=(app("INTERNET", "READ_CONTACTS"),)))

    assert remark.severity == "high"
    assert remark.dark_pattern == "forced_contacts_permission"
    assert remark.said.zh == "应用 test.one.app 要求 1 项多余权限：READ_CONTACTS。"
    assert (remark.evidence[0].ref, remark.evidence[0].note) == ("downloads/001.apk", "ab" * 32)


def test_messages_are_high_and_a_place_medium_and_neither_is_a_violation():
    sms, place = check(matter(downloads=(app("READ_SMS"), app("ACCESS_FINE_LOCATION"))))

    assert (sms.severity, place.severity) == ("high", "medium")
    assert not sms.is_violation
    assert not place.is_violation


def test_the_camera_and_the_network_are_needed():
    assert list(check(matter(downloads=(app("CAMERA", "INTERNET"),)))) == []
