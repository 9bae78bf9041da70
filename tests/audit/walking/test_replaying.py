import yaml

from mingdai.audit.walking.replaying import script_of, script_text
from mingdai.audit.walking.scripting import parse_script
from tests.audit.visit_of import MOBILE, visit


def test_a_recorded_walk_becomes_a_script_without_values():
    script = script_of(visit())

    assert [step.verb for step in script.steps] == ["fill", "press", "tick", "press"]
    assert MOBILE not in script_text(script)
    assert parse_script(yaml.safe_load(script_text(script))) == script
