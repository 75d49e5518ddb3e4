"""Who is in a school: staff with their posts, students, parents with one row a child."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

from monitor_cli.sampling.habits import CATEGORIES, CATEGORIES_OR_NONE, profile_of
from monitor_cli.sampling.plan import DAY, HOUR, ID_MARGIN, MINUTE, PEOPLE_A_SCHOOL, day_number
from monitor_cli.sampling.rows import at, repeated
from monitor_cli.sampling.words import PRIMARY_POST, word_list

if TYPE_CHECKING:
    from monitor_cli.sampling.plan import Plan

FIRST_PERSON, PERSON_STEP = 1_600_397_763_924, 89
FIRST_STUDENT = 256
FIRST_PARENT = 2304
"""The places of a school's people: staff, then students, then two parents for each student."""
SECONDARY = 5
"""From this parallel on every subject has a teacher of its own."""
TEACHER, ADMIN, TECHNICAL, OTHER = "Учитель", "Администратор", "Технический персонал", "Прочее"
_DEPUTY = "заместитель директора"
"""Who is also the school's first teacher: two rows, one person."""
_OTHERS = (
    ("директор", ADMIN),
    (_DEPUTY, ADMIN),
    ("секретарь", TECHNICAL),
    ("педагог-психолог", OTHER),
)
OWN_CLASS, NO_LESSONS = -2, -1
"""Instead of a post's place in the words: a primary class has its own teacher; does not teach."""
WOMEN_TEACH, WOMEN = 850, 500
"""Of a thousand people."""
LATELY, TWO_PARENTS, SIBLINGS, NEWCOMERS = 40, 550, 130, 10
"""Of a thousand: accounts activated these two months, families, students."""


def make_staff(
    plan: Plan, schools: pl.DataFrame, classes: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The staff in the order of schools, teachers first; and where whose posts are.

    Staff: the columns of the table, and `school_at`, `nth` (in the school), `profile` (when they
    enter things). Posts: a row for each school and each of `word_list().posts`: `first` (the place
    of the first one in staff), `count`. The teachers of primary classes stand before them.
    """
    dice = plan.dice
    staff = repeated(_wanted(classes), "count", "in_post").with_columns(
        at=pl.int_range(pl.len()), nth=pl.int_range(pl.len()).over("school_at")
    )
    is_deputy = pl.col("position") == _DEPUTY
    person = pl.when(is_deputy).then(0).otherwise("nth")
    school = at(schools["key"], pl.col("school_at"))
    key = pl.col("key")
    staff = staff.with_columns(
        key=school * PEOPLE_A_SCHOOL + person,
        share=at(schools["staff"], pl.col("school_at")),
        **{name: at(schools[name], pl.col("school_at")) for name in ("school_id", "esia", "tier")},
    )
    woman = dice.chance("woman", key, WOMEN_TEACH)
    staff = staff.with_columns(
        _person_id(plan, key).alias("person_id"),
        _name(plan, key, key, key, woman).alias("name"),
        *_account(plan, key, pl.col("share"), pl.lit(_accounts_for(plan))),
        birth_year=1961 + dice.below("born", key, 42),
        profile=profile_of(pl.col("tier"), dice.below("profile", key, 100)),
    )
    category = (
        pl.when(pl.col("tier") == 0)
        .then(dice.pick("category", key, CATEGORIES))
        .otherwise(dice.pick("category", key, CATEGORIES_OR_NONE))
    )
    logged = pl.col("is_activated") & dice.chance("esia", key, pl.col("esia"))
    later = dice.below("esia login", key, 600) * MINUTE
    posts = staff.filter(pl.col("post") >= 0).group_by("school_at", "post", maintain_order=True)
    return (
        staff.with_columns(
            category=pl.when(pl.col("role") == TEACHER).then(category),
            has_esia_login=logged,
            esia_login_at=pl.when(logged).then(pl.col("activated_at") + later),
        ),
        posts.agg(first=pl.col("at").first(), count=pl.len().cast(pl.Int64)),
    )


def _wanted(classes: pl.DataFrame) -> pl.DataFrame:
    """How many of each post a school has: `school_at`, `post`, `position`, `role`, `count`.

    `post`: the place in `word_list().posts`, or `OWN_CLASS`, or `NO_LESSONS`.
    """
    primary = (pl.col("parallel") < SECONDARY).sum().cast(pl.Int64)
    numbers = classes.group_by("school_at", maintain_order=True).agg(
        primary=primary, secondary=pl.len().cast(pl.Int64) - primary
    )
    rows = [
        numbers.select(
            "school_at",
            post=pl.lit(OWN_CLASS),
            order=pl.lit(0),
            position=pl.lit(PRIMARY_POST),
            role=pl.lit(TEACHER),
            count="primary",
        )
    ]
    for place, post in enumerate(word_list().posts):
        taught = pl.col("secondary") + pl.col("primary") * int(post.primary)
        rows.append(
            numbers.select(
                "school_at",
                post=pl.lit(place),
                order=pl.lit(1 + place),
                position=pl.lit(post.name),
                role=pl.lit(TEACHER),
                count=(taught + post.classes - 1) // post.classes,
            )
        )
    rows += [
        numbers.select(
            "school_at",
            post=pl.lit(NO_LESSONS),
            order=pl.lit(100 + place),
            position=pl.lit(position),
            role=pl.lit(role),
            count=pl.lit(1, dtype=pl.Int64),
        )
        for place, (position, role) in enumerate(_OTHERS)
    ]
    return pl.concat(rows).sort("school_at", "order").drop("order")


def make_students(plan: Plan, schools: pl.DataFrame, classes: pl.DataFrame) -> pl.DataFrame:
    """The students in the order of classes; those who left stand last in theirs.

    Columns: those of the table, and `school_at`, `class_at`, `key`, `nth` (in the school),
    `in_class`, `family` (the `nth` of the student whose parents they share), `viewers` (who can
    open the diary: 1 the student, 2 a parent, 3 both).
    """
    dice, key = plan.dice, pl.col("key")
    base = classes.select(
        "school_at", "school_key", "school_id", "class_id", "parallel", "size",
        class_at=pl.col("at"), number=pl.col("size") + pl.col("left"),
    )  # fmt: skip
    frame = repeated(base, "number", "in_class").with_columns(
        nth=pl.int_range(pl.len()).over("school_at"),
    )
    school = pl.col("school_key") * PEOPLE_A_SCHOOL
    frame = frame.with_columns(key=school + FIRST_STUDENT + pl.col("nth"))
    elder = dice.chance("sibling", key, SIBLINGS) & (pl.col("nth") > 0)
    other = dice.below("elder", key, pl.max_horizontal(pl.col("nth"), pl.lit(1)))
    frame = frame.with_columns(family=pl.when(elder).then(other).otherwise("nth"))
    family = school + FIRST_STUDENT + pl.col("family")
    parent = school + FIRST_PARENT + pl.col("family") * 2
    shares = {name: at(schools[name], pl.col("school_at")) for name in ("students", "parents")}
    gone = pl.col("in_class") >= pl.col("size")
    came = pl.date(plan.week.school_year + 1 - pl.col("parallel"), 9, 1)
    new = plan.mondays[0] - timedelta(days=12)
    frame = frame.with_columns(
        _person_id(plan, key).alias("person_id"),
        _name(plan, key, family, family, dice.chance("girl", key, WOMEN)).alias("name"),
        *_account(plan, key, shares["students"], _since_september(plan, pl.col("parallel"))),
        active_from=pl.when(dice.chance("new", key, NEWCOMERS) & ~gone)
        .then(pl.lit(new))
        .otherwise(came),
        active_to=pl.when(gone).then(pl.lit(plan.mondays[0] - timedelta(days=17))),
        mother=dice.chance("activated", parent, shares["parents"]),
        father=dice.chance("activated", parent + 1, shares["parents"])
        & dice.chance("two parents", parent, TWO_PARENTS),
    )
    return frame.with_columns(
        viewers=pl.col("is_activated").cast(pl.Int64)
        + 2 * (pl.col("mother") | pl.col("father")).cast(pl.Int64)
    )


def make_parents(plan: Plan, schools: pl.DataFrame, students: pl.DataFrame) -> pl.DataFrame:
    """The parents in the order of their children: the columns of the table."""
    dice, key = plan.dice, pl.col("key")
    base = students.select(
        "school_at", "school_id", "school_key", "family", student_id=pl.col("person_id")
    )
    school = pl.col("school_key") * PEOPLE_A_SCHOOL
    first = school + FIRST_PARENT + pl.col("family") * 2
    both = dice.chance("two parents", first, TWO_PARENTS)
    frame = repeated(base.with_columns(parents=both.cast(pl.Int64) + 1), "parents", "which")
    frame = frame.with_columns(key=first + pl.col("which"))
    share = at(schools["parents"], pl.col("school_at"))
    family = school + FIRST_STUDENT + pl.col("family")
    return frame.with_columns(
        _person_id(plan, key).alias("person_id"),
        _name(plan, key, family, key, pl.col("which") == 0).alias("name"),
        *_account(plan, key, share, pl.lit(_accounts_for(plan))),
    )


def _person_id(plan: Plan, key: pl.Expr) -> pl.Expr:
    jitter = plan.dice.below("person id", key, PERSON_STEP - ID_MARGIN)
    return FIRST_PERSON + key * PERSON_STEP + jitter


def _name(plan: Plan, key: pl.Expr, surname: pl.Expr, father: pl.Expr, woman: pl.Expr) -> pl.Expr:
    """Surname, name, patronymic; keys of the person, of the surname and of the father."""
    known, dice = word_list(), plan.dice
    women = [f"{name[:-2]}ая" if name.endswith("й") else f"{name}а" for name in known.surnames]
    men = [name for name, _, _ in known.men]
    which = dice.below("surname", surname, len(women))
    parent = dice.below("father", father, len(men))
    hers = [
        at(women, which),
        dice.pick("woman's name", key, known.women),
        at([daughter for _, _, daughter in known.men], parent),
    ]
    his = [
        at(known.surnames, which),
        dice.pick("man's name", key, men),
        at([son for _, son, _ in known.men], parent),
    ]
    return pl.concat_str(
        [pl.when(woman).then(one).otherwise(other) for one, other in zip(hers, his, strict=True)],
        separator=" ",
    )


def _accounts_for(plan: Plan) -> int:
    """For how many days there have been accounts: five school years."""
    return (plan.week.sunday - date(plan.week.school_year - 5, 9, 1)).days


def _since_september(plan: Plan, parallel: pl.Expr) -> pl.Expr:
    """For how many days a student has been at school, at most as long as there were accounts."""
    this_year = (plan.week.sunday - date(plan.week.school_year, 9, 1)).days + 1
    return pl.min_horizontal((parallel - 1) * 365 + this_year, pl.lit(_accounts_for(plan)))


def _account(plan: Plan, key: pl.Expr, share: pl.Expr, days: pl.Expr) -> list[pl.Expr]:
    """`is_activated`, and `activated_at` in seconds: in so many days, more often in the last."""
    dice = plan.dice
    recent = pl.min_horizontal(days, pl.lit(60))
    among = pl.when(dice.chance("lately", key, LATELY)).then(recent).otherwise(days)
    second = 8 * HOUR + dice.below("second", key, 13 * HOUR)
    moment = (day_number(plan.week.sunday) - dice.below("days", key, among)) * DAY + second
    activated = dice.chance("activated", key, share)
    return [activated.alias("is_activated"), pl.when(activated).then(moment).alias("activated_at")]
