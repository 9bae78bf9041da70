from mingdai.audit.reporting.charting import chart, views_with_pictures
from mingdai.audit.reporting.loading import load_bundle


def test_the_spine_is_every_host_the_visitor_came_to_in_order(bundle):
    stops = chart(bundle)

    assert [each.host for each in stops] == [
        "www.one.test",
        "m.two.test",
        "h5.three.test",
        "h5.four.test",
    ]
    assert [each.source for each in stops] == [0, 1, 2, 1]


def test_frames_data_ways_back_and_ways_out_are_branches(bundle):
    stops = chart(bundle)

    kinds = {(each.kind, each.host) for each in stops[0].branches}
    assert kinds == {
        ("data", "beacon.spy.test"),
        ("data", "late.spy.test"),
        ("frame", "ad.frame.test"),
        ("app", "loanapp:"),
    }
    assert [each.kind for each in stops[3].branches] == ["back"]


def test_data_tells_its_fields_and_whether_before_consent(bundle):
    branches = {each.host: each for each in chart(bundle)[0].branches}

    assert branches["beacon.spy.test"].fields == ("sjh",)
    assert branches["beacon.spy.test"].early is True
    assert branches["late.spy.test"].early is False


def test_a_walk_that_went_nowhere_has_one_stop(empty):
    assert [each.host for each in chart(load_bundle(empty))] == ["www.one.test"]


def test_only_pages_with_a_picture_are_shown(bundle):
    assert [view.number for view, _ in views_with_pictures(bundle)] == [1, 3]
