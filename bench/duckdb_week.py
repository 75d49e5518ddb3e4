"""The indicators of a week by DuckDB: hand-written SQL to hold `monitor week --json` against.

`python -m bench.duckdb_week DUMP WEEK` prints, as JSON, the rows of schools, the totals, the counts
of problems and of references to nothing, under the rules as they are shipped. It reads what
`monitor sample` writes: one Parquet or CSV (UTF-8, comma) file a table, integer ids, times without
offsets, no stamp without an hour. Of the faults of rows it counts the same as the program. Of an
imported dataset it reads the weeks that are needed, and looks for no faults.

What is needed twice is kept in a table, except columns of Parquet files: reading these again is
faster. DuckDB works with two threads, or as many as `--threads` says.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import duckdb

from bench.duckdb_checks import check, open_table, references
from bench.duckdb_dataset import open_dataset
from bench.duckdb_tables import SHEETS
from monitor_cli.dataset.layout import is_dataset

SQL = Path(__file__).with_name("sql")
SCHOOL_YEAR_STARTS = 9
THRESHOLDS = {
    "teacher_activation": 80,
    "student_activation": 80,
    "parent_activation": 80,
    "parent_engagement": 80,
    "teacher_esia": 80,
    "teacher_category": 80,
    "account_activation": 80,
    "school_activity": 100,
    "timetable_filling": 95,
    "lesson_planning": 100,
    "journal_keeping": 80,
    "timely_marks": 80,
    "timely_homework": 70,
}
SHARES = {
    "teacher_activation": ("teachers_activated", "teachers"),
    "student_activation": ("students_activated", "students"),
    "parent_activation": ("parents_activated", "parents"),
    "parent_engagement": ("viewed", "students"),
    "teacher_esia": ("esia", "teachers"),
    "teacher_category": ("category", "teachers"),
    "timetable_filling": ("filled", "classes"),
    "lesson_planning": ("planned", "lessons"),
    "journal_keeping": ("kept", "lessons"),
    "timely_marks": ("timely", "considered"),
    "timely_homework": ("issued", "lessons_ahead"),
}
COMPONENTS = (
    "timetable_filling",
    "lesson_planning",
    "journal_keeping",
    "account_activation",
    "parent_engagement",
    "timely_marks",
)
ACTIVATIONS = ("teacher_activation", "student_activation", "parent_activation")
Sums = dict[str, int]
Pair = tuple[int, int]
Measure = dict[str, object]


def main() -> None:
    """Count, and print the result."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("dump", type=Path)
    parser.add_argument("week", type=date.fromisoformat, help="any day of it")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--timings", action="store_true", help="say on stderr what took how long")
    asked = parser.parse_args()
    started = time.perf_counter()

    def done(what: str) -> None:
        if asked.timings:
            print(f"{time.perf_counter() - started:7.2f} s  {what}", file=sys.stderr)

    monday = asked.week - timedelta(days=asked.week.weekday())
    con = duckdb.connect(config={"threads": asked.threads})
    con.execute("SET VARIABLE monday = ?::DATE", [monday])
    for number, week in enumerate((monday - timedelta(days=7), monday)):
        con.execute(f"SET VARIABLE school_year_{number} = {_school_year(week)}")
    con.execute((SQL / "start.sql").read_text(encoding="utf-8"))
    problems: dict[tuple[str, str], int] = {}
    checked = is_dataset(asked.dump)
    if checked:
        open_dataset(con, asked.dump, monday)
    for table in () if checked else SHEETS:
        open_table(con, asked.dump, table)
        done(f"{table}: opened")
        for reason, rows in check(con, table).items():
            problems[table, reason] = rows
        done(f"{table}: checked")
    for script in ("places", "people", "lessons", "marks", "homework", "sums"):
        con.execute((SQL / f"{script}.sql").read_text(encoding="utf-8"))
        done(script)
    unknown, warned = ({}, {}) if checked else references(con)
    problems.update({(table, "unknown_reference"): rows for table, rows in unknown.items()})
    done("references")
    result = _result(con)
    result["problems"] = [
        {"table": table, "reason": reason, "rows": problems[table, reason]}
        for table in SHEETS
        for reason in sorted(reason for of, reason in problems if of == table)
        if problems[table, reason]
    ]
    result["references"] = {column: rows for column, rows in warned.items() if rows}
    json.dump(result, sys.stdout, ensure_ascii=False)
    done("result")


def _school_year(monday: date) -> int:
    """The year in which the school year of the week's Sunday began."""
    sunday = monday + timedelta(days=6)
    return sunday.year if sunday.month >= SCHOOL_YEAR_STARTS else sunday.year - 1


def _result(con: duckdb.DuckDBPyConnection) -> dict[str, object]:
    """Schools and totals from the sums, the way the program's document has them."""
    covered = {
        week
        for (week,) in con.execute(
            "SELECT DISTINCT (date - getvariable('before')) // 7 FROM lessons"
            " WHERE date >= getvariable('before') AND date < getvariable('over')"
        ).fetchall()
    }
    cursor = con.execute("FROM sums")
    names = [column[0] for column in cursor.description or ()]
    counted = names[names.index("week") + 1 :]
    weeks: tuple[dict[int, Sums], dict[int, Sums]] = ({}, {})
    places: dict[int, dict[str, str | None]] = {}
    for school_id, region, municipality, school, week, *numbers in cursor.fetchall():
        place = {"region": region, "municipality": municipality}
        places[school_id] = {**place, "school_id": str(school_id), "school": school}
        weeks[week][school_id] = dict(
            zip(counted, (number or 0 for number in numbers), strict=True)
        )
    pairs = tuple(
        {school: _pairs(sums, week, covered) for school, sums in weeks[week].items()}
        for week in (0, 1)
    )
    rows = []
    for school, keys in places.items():
        now, was = pairs[1][school], pairs[0][school]
        sums = weeks[1][school]
        indicators = {
            key: _measure(key, now[key], was[key], _extras(key, now, sums)) for key in THRESHOLDS
        }
        rows.append({**keys, "indicators": indicators})
    return {"rows": rows, "totals": _totals(weeks, pairs, covered)}


def _pairs(sums: Sums, week: int, covered: set[int]) -> dict[str, Pair | None]:
    """Numerator and denominator of each indicator of a school; `None`: not available."""
    if week not in covered:
        return dict.fromkeys(THRESHOLDS)
    found: dict[str, Pair | None] = {key: (sums[a], sums[b]) for key, (a, b) in SHARES.items()}
    if week + 1 not in covered:
        found["timely_homework"] = None
    accounts = [sums[name] for key in ACTIVATIONS for name in SHARES[key]]
    found["account_activation"] = sum(accounts[::2]), sum(accounts[1::2])
    present = [key for key in COMPONENTS if (pair := found[key]) and pair[1]]
    found["school_activity"] = sum(_reached(key, found[key]) for key in present), len(present)
    return found


def _reached(key: str, pair: Pair | None) -> bool:
    return pair is not None and pair[1] > 0 and 100 * pair[0] >= THRESHOLDS[key] * pair[1]


def _measure(key: str, now: Pair | None, was: Pair | None, extras: Measure) -> Measure:
    """A measure as the program's document has it."""
    value = 100 * now[0] / now[1] if now and now[1] else None
    before = 100 * was[0] / was[1] if was and was[1] else None
    return {
        "value": value,
        "numerator": now[0] if now else None,
        "denominator": now[1] if now else None,
        "reached": None if value is None else _reached(key, now),
        "change": None if value is None or before is None else value - before,
        **(extras if now else dict.fromkeys(extras)),
    }


def _extras(key: str, found: dict[str, Pair | None], sums: Sums) -> Measure:
    """What stands beside the value of a school."""
    if key == "school_activity":
        present = [one for one in COMPONENTS if (pair := found[one]) and pair[1]]
        reached = [one for one in present if _reached(one, found[one])]
        return {"reached_components": reached, "components": present}
    return _numbers(key, found[key], sums)


def _numbers(key: str, pair: Pair | None, sums: Sums) -> Measure:
    """The extras that are numbers."""
    if key in {*ACTIVATIONS, "account_activation"}:
        return {"not_activated": pair[1] - pair[0] if pair else None}
    if key == "timely_marks":
        all_marks = sums["considered"]
        ceiling = 100 * sums["tracked"] / all_marks if all_marks else None
        names = ("late", "early", "before_week", "after_week")
        return {
            "tracked": sums["tracked"],
            "ceiling": ceiling,
            **{name: sums[name] for name in names},
            "no_time": 0,
        }
    if key == "timely_homework":
        return {
            "lessons": sums["lessons"],
            "next_week_lessons": sums["lessons_ahead"],
            "within_3h": None if sums["endless"] else sums["soon"],
            "no_time": 0,
        }
    return {}


def _totals(
    weeks: tuple[dict[int, Sums], dict[int, Sums]],
    pairs: tuple[dict[int, dict[str, Pair | None]], ...],
    covered: set[int],
) -> dict[str, Measure]:
    """All schools together: sums of numerators and denominators, and how many schools reached."""
    pooled: list[dict[str, Pair | None]] = []
    summed: list[Sums] = []
    counts: dict[str, Pair] = {}
    for week in (0, 1):
        schools = pairs[week].values()
        sums: Sums = {}
        for of_school in weeks[week].values():
            for name, number in of_school.items():
                sums[name] = sums.get(name, 0) + number
        found = _pairs(sums, week, covered)
        for key in THRESHOLDS:
            valued = [pair for one in schools if (pair := one[key]) and pair[1]]
            counts[key] = sum(_reached(key, pair) for pair in valued), len(valued)
        if found["school_activity"] is not None:
            found["school_activity"] = counts["school_activity"]
        pooled.append(found)
        summed.append(sums)
    totals = {}
    for key in THRESHOLDS:
        extras = _numbers(key, pooled[1][key], summed[1])
        reached, valued_schools = counts[key]
        totals[key] = {
            **_measure(key, pooled[1][key], pooled[0][key], extras),
            "schools": valued_schools,
            "schools_reached": reached,
        }
    return totals


if __name__ == "__main__":
    main()
