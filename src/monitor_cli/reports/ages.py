"""Ages as the federal form ОО-1 has them: full years on 1 January, in bands.

A dump holds the year of birth alone, and that suffices: whoever was born in year B has Y - B full
years on 1 January of Y + 1, where Y is the year of the reporting September. The birthday of year Y
has passed by then, and who was born on 1 January completes a year with the end of that day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monitor_cli.language import same, words

if TYPE_CHECKING:
    from monitor_cli.language import Words


class Band(NamedTuple):
    """An age band: its key, its title, the least and the greatest number of full years."""

    key: str
    title: Words
    least: int
    most: int


YOUNGEST, OLDEST = 14, 100
"""Ages that a worker can have; a year of birth that makes another is a slip, and so unknown."""
_EDGES = tuple(range(25, 66, 5))

BANDS = (
    Band("under_25", words("моложе 25", "under 25"), YOUNGEST, _EDGES[0] - 1),
    *(Band(f"from_{at}", same(f"{at}–{at + 4}"), at, at + 4) for at in _EDGES[:-1]),
    Band("from_65", words("65 и старше", "65 and over"), _EDGES[-1], OLDEST),
)
"""The bands of the form, from the youngest: under 25, 25–29, … 60–64, 65 and over."""
UNKNOWN = "age_unknown"
UNKNOWN_TITLE = words("год рожд. не указан", "no birth year")


def full_years(birth_year: int, reporting_year: int) -> int:
    """Full years on the 1 January that follows the reporting September of `reporting_year`."""
    return reporting_year - birth_year


def band_of(birth_year: int | None, reporting_year: int) -> str:
    """The key of the band that a year of birth falls into; `UNKNOWN` where there is none."""
    if birth_year is None:
        return UNKNOWN
    age = full_years(birth_year, reporting_year)
    return next((band.key for band in BANDS if band.least <= age <= band.most), UNKNOWN)
