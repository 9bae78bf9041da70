"""Bands cover everybody and say so once."""

from itertools import pairwise

from mingdai.market.bands import AGES, CODES, EMPLOYMENT, INCOME, REGIONS


def test_ages_follow_each_other_from_18():
    assert AGES[0].low == 18
    assert all(a.high + 1 == b.low for a, b in pairwise(AGES))


def test_there_are_31_regions_and_no_code_is_used_twice():
    assert len(REGIONS) == 31
    for kind, bands in zip(CODES, (AGES, REGIONS, EMPLOYMENT, INCOME), strict=True):
        assert len(CODES[kind]) == len(bands)


def test_every_band_has_both_languages():
    assert all(band.zh and band.en for band in (*AGES, *REGIONS, *EMPLOYMENT, *INCOME))
