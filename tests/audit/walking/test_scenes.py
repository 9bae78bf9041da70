from mingdai.audit.walking.scenes import Control, Look, Scene


def _control(**facts):
    return Control(Look(0, None, None, "http://a.test/"), 0, facts.pop("kind", "field"), facts)


def test_a_control_keeps_its_key_when_the_page_is_drawn_anew():
    assert _control(name="sjh", top=10).key == _control(name="sjh", top=90).key
    assert _control(top=10).key != _control(top=90).key


def test_two_looks_differ_when_a_value_does():
    one, two = (Scene("u", "", "t", (_control(name="a", value=v),), ()) for v in ("", "1"))

    assert one.signature() != two.signature()


def test_only_boxes_of_consent_count_as_boxes():
    scene = Scene(
        "", "", "", (_control(kind="box", consent=True), _control(kind="box"), _control()), ()
    )

    assert len(scene.boxes) == 1
