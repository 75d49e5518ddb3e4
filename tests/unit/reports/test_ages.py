"""Age bands as the form ОО-1 has them."""

from __future__ import annotations

import pytest

from monitor_cli.reports.ages import BANDS, UNKNOWN, band_of, full_years


def test_full_years_are_those_of_1_january_after_the_reporting_september() -> None:
    """Born in December 2001: 25 in December 2026, so 25 on 1 January 2027."""
    assert full_years(2001, 2026) == 25


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (2002, "under_25"),
        (2001, "from_25"),
        (1997, "from_25"),
        (1996, "from_30"),
        (1966, "from_60"),
        (1962, "from_60"),
        (1961, "from_65"),
        (1926, "from_65"),
        (2012, "under_25"),
    ],
)
def test_the_edges_of_the_bands(born: int, band: str) -> None:
    assert band_of(born, 2026) == band


@pytest.mark.parametrize("born", [None, 0, 1900, 1925, 2013, 2030, 19])
def test_no_birth_year_and_an_impossible_one_are_unknown(born: int | None) -> None:
    assert band_of(born, 2026) == UNKNOWN


def test_the_bands_are_those_of_the_form() -> None:
    titles = [band.title.ru for band in BANDS]
    assert titles == [
        "моложе 25",
        "25–29",
        "30–34",
        "35–39",
        "40–44",
        "45–49",
        "50–54",
        "55–59",
        "60–64",
        "65 и старше",
    ]
    assert [(one.most + 1) for one in BANDS[:-1]] == [one.least for one in BANDS[1:]]
