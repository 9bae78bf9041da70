import io

from mingdai.cli.progress import Bar


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_elsewhere_each_step_is_a_line():
    stream = io.StringIO()
    with Bar(stream, steps=2) as bar:
        bar.say("one")
        bar.say("two")

    lines = stream.getvalue().splitlines()
    assert [line.split("s  ")[1] for line in lines] == ["one", "two"]
    assert lines[0].count("#") < lines[1].count("#")


def test_on_a_terminal_one_line_is_written_over_and_taken_away():
    stream = Terminal()
    with Bar(stream, steps=2) as bar:
        bar.say("one")

    assert "\n" not in stream.getvalue()
    assert stream.getvalue().endswith("\r\x1b[2K")


def test_the_bar_never_passes_its_end():
    stream = io.StringIO()
    bar = Bar(stream, steps=1)
    for _ in range(5):
        bar.say("on")

    assert {line.index("]") for line in stream.getvalue().splitlines()} == {25}


def test_quiet_is_quiet():
    stream = Terminal()
    with Bar(stream, steps=1, quiet=True) as bar:
        bar.say("one")

    assert stream.getvalue() == ""
