"""Texts and native values → moments as they are written, with their offset from UTC.

A moment is a naive `Datetime("us")` «wall», the seconds east of UTC if it bears an offset, and
whether it has a time of day. Source: `dump.md`, «Values» and «Time».
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

import polars as pl

from monitor_cli.dump.texts import missing_to_null

WALL = pl.Datetime("us")
OFFSET = pl.Int32
_EPOCH = date(1970, 1, 1)
_MICROSECONDS_A_DAY = 86_400_000_000
_FIRST = (date(1900, 1, 1) - _EPOCH).days * _MICROSECONDS_A_DAY
_BEYOND = (date(2101, 1, 1) - _EPOCH).days * _MICROSECONDS_A_DAY
_LARGEST_OFFSET = 14 * 3600

_LONG = 10_000
_TO_THE_SECOND = len("2026-11-16 08:30:00")
_FRACTION = r"(?:[.,]\d{1,9})?"
_ZONE = r"(?:Z|[+-]\d{2}(?::?\d{2})?)?"


class _Form(NamedTuple):
    """A common way to write a moment: what matches it whole, and the format of its beginning."""

    pattern: str
    format: str
    length: int
    timed: bool


_DAYS = ((r"\d{4}-\d{2}-\d{2}", "%Y-%m-%d"), (r"\d{2}\.\d{2}\.\d{4}", "%d.%m.%Y"))
_HOURS = (
    (r"\d{2}:\d{2}:[0-5]\d" + _FRACTION + _ZONE, "%H:%M:%S", 19),
    (r"\d{2}:\d{2}" + _ZONE, "%H:%M", 16),
)
_FORMS = tuple(
    _Form(f"^{day}{between}{hours}$", f"{day_format}{between}{format_}", length, timed=True)
    for day, day_format in _DAYS
    for between in " T"
    for hours, format_, length in _HOURS
) + tuple(_Form(f"^{day}$", day_format, 10, timed=False) for day, day_format in _DAYS)

_ANY_FORM = (
    r"^(?:(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})|(?<dd>\d{1,2})\.(?<mm>\d{1,2})\.(?<yy>\d{4}))"
    r"(?:(?: ?T ?| )(?<hour>\d{1,2}):(?<minute>\d{2})"
    r"(?::(?<second>[0-5]\d)(?<fraction>[.,]\d{1,9})?)?"
    r" ?(?<zone>[Zz]|[+−-]\d{2}(?::?\d{2})?)?)?$"
)
_REST = r"^(?<fraction>[.,]\d{1,9})?(?<zone>Z|[+-]\d{2}(?::?\d{2})?)?$"


@dataclass(frozen=True, slots=True)
class Moments:
    """A column of moments, one per row.

    `wall`: Datetime("us"), as written. `timed`: Boolean, null where `wall` is. `offset`: Int32,
    seconds, null where none is written; `None` where no row has one. `bad`: Boolean, a value that
    is no moment of 1900–2100; `None` where there is none.
    """

    wall: pl.Series
    timed: pl.Series
    offset: pl.Series | None = None
    bad: pl.Series | None = None


def moments(raw: pl.Series) -> Moments:
    """Read a column of any scalar type; plain numbers are no moments."""
    kind = raw.dtype
    if isinstance(kind, pl.Datetime):
        read = _native(raw, kind)
    elif kind in (pl.Date, pl.Null):
        wall = raw.cast(WALL)
        read = Moments(wall, _where_known(wall, timed=False))
    elif kind == pl.String:
        read = _text(raw)
    else:
        wall = pl.Series(raw.name, [None], dtype=WALL).new_from_index(0, len(raw))
        read = Moments(wall, _where_known(wall, timed=False), bad=_if_any(raw.is_not_null()))
    return _within_years(read)


def _native(raw: pl.Series, kind: pl.Datetime) -> Moments:
    """Timestamps of Parquet: naive ones have no offset, aware ones that of their zone."""
    stamp = raw.dt.cast_time_unit("us")
    if kind.time_zone is None:
        return Moments(stamp, _where_known(stamp, timed=True))
    wall = stamp.dt.replace_time_zone(None)
    utc = stamp.dt.convert_time_zone("UTC").dt.replace_time_zone(None)
    offset = (wall - utc).dt.total_seconds().cast(OFFSET)
    return Moments(wall, _where_known(wall, timed=True), offset=offset)


def _text(text: pl.Series) -> Moments:
    """Common forms column-wise, each at most once; what is left, one expression for all forms."""
    stamps = _stamps(text)
    if stamps is not None:
        return Moments(stamps, _where_known(stamps, timed=True))
    count = len(text)
    wall = pl.Series(text.name, [None], dtype=WALL).new_from_index(0, count)
    timed = pl.Series(text.name, [None], dtype=pl.Boolean).new_from_index(0, count)
    offset: pl.Series | None = None
    left = text.is_not_null().arg_true()
    tried: set[str] = set()
    while len(left):
        rest = text if len(left) == count else text.gather(left)
        form = _form_of(rest.item(0))
        if form is None or form.pattern in tried:
            break
        tried.add(form.pattern)
        fits = rest.str.contains(form.pattern)
        if fits.all() and len(left) == count:
            return _in_form(rest, form)
        read, at = _in_form(rest.filter(fits), form), left.filter(fits)
        wall, timed = wall.scatter(at, read.wall), timed.scatter(at, read.timed)
        offset = _scattered(offset, at, read.offset, count)
        left = left.filter(~fits)
    if len(left):
        read = _in_any_form(text.gather(left))
        wall, timed = wall.scatter(left, read.wall), timed.scatter(left, read.timed)
        offset = _scattered(offset, left, read.offset, count)
        text = text.scatter(left, missing_to_null(text.gather(left)))
    bad = wall.is_null() & text.is_not_null()
    return Moments(wall, timed, offset=offset, bad=_if_any(bad))


def _stamps(text: pl.Series) -> pl.Series | None:
    """The moments of a long column, if each text of it is one to the second by ISO 8601.

    Of 19 characters pyarrow takes that form alone, and twice as soon as a pattern would fit.
    """
    lengths = text.str.len_bytes()
    if len(text) < _LONG or lengths.min() != _TO_THE_SECOND or lengths.max() != _TO_THE_SECOND:
        return None
    import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415  (short ones do without)

    try:
        stamps = text.to_arrow().cast(pa.timestamp("us"))
    except pa.ArrowInvalid:
        return None
    return pl.Series(text.name, stamps, dtype=WALL)


def _form_of(text: str) -> _Form | None:
    """The common form of a text, if it has one."""
    return next((form for form in _FORMS if re.match(form.pattern, text, re.ASCII)), None)


def _in_form(text: pl.Series, form: _Form) -> Moments:
    """Read texts that all match `form`; those with an impossible day or hour become null."""
    if not form.timed:
        wall = text.str.to_date(form.format, strict=False, cache=False).cast(WALL)
        return Moments(wall, _where_known(wall, timed=False), bad=_if_any(wall.is_null()))
    longer = text.str.len_bytes() > form.length
    if not longer.any():
        wall = text.str.to_datetime(form.format, time_unit="us", strict=False, cache=False)
        return Moments(wall, _where_known(wall, timed=True), bad=_if_any(wall.is_null()))
    head = text.str.head(form.length)
    wall = head.str.to_datetime(form.format, time_unit="us", strict=False, cache=False)
    rest = text.str.slice(form.length).str.extract_groups(_REST).struct
    wall, offset = _with_rest(wall, rest.field("fraction"), rest.field("zone"))
    return Moments(wall, _where_known(wall, timed=True), offset=offset, bad=_if_any(wall.is_null()))


def _in_any_form(text: pl.Series) -> Moments:
    """Read texts of any accepted form, with doubled blanks and one-digit days and hours."""
    parts = (
        text.str.strip_chars().str.replace_all(r"\s+", " ").str.extract_groups(_ANY_FORM).struct
    ).unnest()
    hour = pl.col("hour").str.zfill(2)
    written = parts.select(
        pl.concat_str(
            pl.coalesce("y", "yy"),
            pl.coalesce("m", "mm").str.zfill(2),
            pl.coalesce("d", "dd").str.zfill(2),
            pl.coalesce(hour, pl.lit("00")),
            pl.col("minute").fill_null("00"),
            pl.col("second").fill_null("00"),
            separator=" ",
        ).alias("written"),
        pl.col("hour").is_not_null().alias("timed"),
    )
    wall = written["written"].str.to_datetime(
        "%Y %m %d %H %M %S", time_unit="us", strict=False, cache=False
    )
    zone = parts["zone"].str.to_uppercase().str.replace("−", "-", literal=True)
    wall, offset = _with_rest(wall, parts["fraction"], zone)
    timed = written.select(pl.when(wall.is_not_null()).then(pl.col("timed"))).to_series()
    return Moments(wall, timed, offset=offset, bad=_if_any(wall.is_null()))


def _with_rest(
    wall: pl.Series, fraction: pl.Series, zone: pl.Series
) -> tuple[pl.Series, pl.Series | None]:
    """Add fractions of a second (cut to microseconds) and read offsets; a bad offset voids."""
    if fraction.null_count() < len(fraction):
        micro = fraction.str.slice(1, 6).str.pad_end(6, "0").cast(pl.Int64).fill_null(0)
        wall = (wall.cast(pl.Int64) + micro).cast(WALL)
    if zone.null_count() == len(zone):
        return wall, None
    frame = pl.DataFrame({"wall": wall, "zone": zone}).with_columns(
        pl.col("zone").str.slice(1, 2).cast(pl.Int32, strict=False).alias("hours"),
        pl.col("zone").str.slice(3).str.strip_prefix(":").alias("minutes"),
    )
    minutes = (
        pl.when(pl.col("minutes") == "")
        .then(0)
        .otherwise(pl.col("minutes").cast(pl.Int32, strict=False))
    )
    sign = pl.when(pl.col("zone").str.starts_with("-")).then(-1).otherwise(1)
    seconds = sign * (pl.col("hours") * 3600 + minutes * 60)
    offset = pl.when(pl.col("zone") == "Z").then(0).otherwise(seconds).cast(OFFSET)
    known = frame.select("wall", "zone", offset.alias("offset"), minutes.alias("minutes"))
    fine = pl.col("zone").is_null() | (
        pl.col("offset").abs().le(_LARGEST_OFFSET) & pl.col("minutes").fill_null(0).lt(60)
    )
    known = known.with_columns(pl.when(fine).then(pl.col("wall")).alias("wall"))
    return known["wall"], known["offset"]


def _within_years(read: Moments) -> Moments:
    """Void moments outside 1900–2100."""
    since_1970 = read.wall.to_physical()
    out = ~since_1970.is_between(_FIRST, _BEYOND, closed="left").fill_null(value=True)
    if not out.any():
        return read
    bad = out if read.bad is None else read.bad | out
    return replace(read, wall=read.wall.set(out, None), timed=read.timed.set(out, None), bad=bad)


def _where_known(wall: pl.Series, *, timed: bool) -> pl.Series:
    """`timed` in each row that has a moment."""
    if not wall.null_count():
        return pl.Series(wall.name, [timed], dtype=pl.Boolean).new_from_index(0, len(wall))
    return (
        wall.is_not_null().set(wall.is_null(), None)
        if timed
        else wall.is_null().set(wall.is_null(), None)
    )


def _if_any(mask: pl.Series) -> pl.Series | None:
    """The mask, or nothing where no row is set in it."""
    return mask if mask.any() else None


def _scattered(
    whole: pl.Series | None, at: pl.Series, values: pl.Series | None, count: int
) -> pl.Series | None:
    """Put `values` at their rows of a column that need not be there yet."""
    if values is None:
        return whole
    if whole is None:
        whole = pl.Series(values.name, [None], dtype=values.dtype).new_from_index(0, count)
    return whole.scatter(at, values)
