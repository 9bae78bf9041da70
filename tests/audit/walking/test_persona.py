from mingdai.audit.walking.persona import persona_of

DOCUMENT = {
    "fields": {
        "phone": "19900012345",
        "xm": "王小明",
        "idno": "99999919900101123X",
        "hobby": "读书",
    },
    "otp": 123456,
}


def test_the_kind_of_a_value_finds_its_role_whatever_the_field_is_called():
    persona = persona_of(DOCUMENT)

    assert persona.value_for("mobile").field == "phone"
    assert persona.value_for("id_number").field == "idno"
    assert persona.value_for("name").field == "xm"


def test_a_field_of_another_kind_is_found_by_the_inputs_own_name():
    assert persona_of(DOCUMENT).value_for("", ("hobby",)).field == "hobby"


def test_a_code_is_typed_only_where_the_identity_has_one():
    assert persona_of(DOCUMENT).value_for("code").text == "123456"
    assert persona_of({"fields": {"phone": "19900012345"}}).value_for("code") is None


def test_a_plain_answer_belongs_to_no_field():
    assert persona_of(DOCUMENT).value_for("income").field == ""
