"""Who sees and adds which rows on PostgreSQL, whatever SQL they send.

Who one is follows from `session_user`, which no SQL of one's own changes, by the table `members`,
which only the owner reads. Helpers run as the owner and tell a caller nothing but what concerns
them. Row security is forced: the owner too sees by a policy, and adds nothing to the log.
"""

from __future__ import annotations

SCHEMA = "monitor"
GROUPS = {"rouo": "monitor_rouo", "mouo": "monitor_mouo", "school": "monitor_school"}

_ROLES = [
    f"""
    DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{group}') THEN
            CREATE ROLE {group} NOLOGIN;
        END IF;
    END $$
    """
    for group in GROUPS.values()
]
_ALL = ", ".join(GROUPS.values())

_MEMBERS = """
    CREATE TABLE members (
        role name PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('rouo', 'mouo', 'school')),
        name text NOT NULL CHECK ((kind = 'rouo') = (name = ''))
    )
    """


def _helper(signature: str, returns: str, body: str) -> str:
    return f"""
    CREATE FUNCTION {signature} RETURNS {returns}
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {SCHEMA}, pg_temp
    AS $$ {body} $$
    """


_HELPERS = {
    "my_kind()": _helper("my_kind()", "text", "SELECT kind FROM members WHERE role = session_user"),
    "my_name()": _helper("my_name()", "text", "SELECT name FROM members WHERE role = session_user"),
    "whoami()": _helper(
        "whoami()",
        "text",
        "SELECT kind || CASE WHEN kind = 'rouo' THEN '' ELSE ':' || name END "
        "FROM members WHERE role = session_user",
    ),
    "issued_by_me(bigint)": _helper(
        "issued_by_me(bigint)",
        "boolean",
        "SELECT EXISTS (SELECT FROM tasks WHERE task_id = $1 AND issuer = whoami())",
    ),
    "addressed_to_my_schools(bigint)": _helper(
        "addressed_to_my_schools(bigint)",
        "boolean",
        "SELECT my_kind() = 'mouo' AND EXISTS "
        "(SELECT FROM addressees WHERE task_id = $1 AND municipality = my_name())",
    ),
    "shown_to_my_school(bigint)": _helper(
        "shown_to_my_school(bigint)",
        "boolean",
        "SELECT my_kind() = 'school' AND EXISTS ("
        "  SELECT FROM addressees a JOIN events e USING (task_id, municipality)"
        "  WHERE a.task_id = $1 AND a.school_id = my_name()"
        "  AND e.deed = 'accepted_by_municipality')",
    ),
}

_GUARD = f"""
    CREATE FUNCTION guard_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = {SCHEMA}, pg_temp
    AS $$
    DECLARE
        me text := my_kind();
        done text[];
        state text;
    BEGIN
        -- What row security will refuse is not looked into: an error would tell how things stand.
        IF me IS NULL
            OR (me = 'mouo' AND NEW.municipality IS DISTINCT FROM my_name())
            OR (me = 'school' AND (NEW.school_id IS DISTINCT FROM my_name()
                OR NOT shown_to_my_school(NEW.task_id)
                OR NOT EXISTS (SELECT FROM addressees WHERE task_id = NEW.task_id
                    AND school_id = my_name() AND municipality = NEW.municipality))) THEN
            RETURN NEW;
        END IF;
        PERFORM hold_task(NEW.task_id);
        SELECT array_agg(deed) INTO done FROM events
        WHERE task_id = NEW.task_id AND municipality = NEW.municipality
            AND (school_id IS NULL OR school_id = NEW.school_id);
        state := CASE
            WHEN 'closed' = ANY (done) THEN 'closed'
            WHEN 'fulfilled' = ANY (done) THEN 'fulfilled'
            WHEN 'accepted_by_school' = ANY (done) THEN 'accepted_by_school'
            WHEN 'accepted_by_municipality' = ANY (done) THEN 'accepted_by_municipality'
            WHEN 'issued' = ANY (done) THEN 'issued'
        END;
        -- What has been done already is left to the index that refuses it.
        IF NEW.from_state IS DISTINCT FROM state
            AND NOT coalesce(NEW.deed = ANY (done), false) THEN
            RAISE EXCEPTION 'the task is in another state' USING ERRCODE = 'check_violation';
        END IF;
        IF NOT EXISTS (SELECT FROM schools WHERE sample) THEN
            NEW.at := clock_timestamp();
        END IF;
        RETURN NEW;
    END $$
    """  # noqa: S608  (nothing in it is from outside)
_GUARD_TASK = f"""
    CREATE FUNCTION guard_task() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = {SCHEMA}, pg_temp
    AS $$
    BEGIN
        IF NOT EXISTS (SELECT FROM schools WHERE sample) THEN
            NEW.issued_at := clock_timestamp();
        END IF;
        RETURN NEW;
    END $$
    """
# Not an advisory lock: anybody may take one, and keep writers out of a task that they do not see.
_HOLDS = "CREATE TABLE holds (task_id bigint PRIMARY KEY)"
_HOLD = f"""
    CREATE FUNCTION hold_task(bigint) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = {SCHEMA}, pg_temp
    AS $$
    BEGIN
        IF coalesce(my_kind() = 'rouo', false) AND EXISTS (SELECT FROM tasks WHERE task_id = $1)
            OR issued_by_me($1) OR addressed_to_my_schools($1) OR shown_to_my_school($1) THEN
            INSERT INTO holds (task_id) VALUES ($1) ON CONFLICT DO NOTHING;
            PERFORM FROM holds WHERE task_id = $1 FOR UPDATE;
        END IF;
    END $$
    """  # noqa: S608  (nothing in it is from outside)
_APPEND_ONLY = """
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql
    AS $$
    BEGIN
        RAISE EXCEPTION 'the log of tasks is append-only' USING ERRCODE = 'restrict_violation';
    END $$
    """
_TABLES = ("schools", "tasks", "addressees", "events")
_LOG = _TABLES[1:]
_WRITTEN = {
    "schools": "school_id, name, municipality, sample",
    "tasks": "title, text, due, issuer, issued_at, addressed_to, indicator, target, week",
    "addressees": "task_id, school_id, name, municipality",
    "events": "task_id, at, actor, deed, municipality, school_id, from_state, note, "
    "indicator, week, numerator, denominator, target",
}
"""What one may say of a new row: its number is the store's to give, or the next one collides."""


def _policies() -> list[str]:
    rouo, mouo, school = GROUPS.values()
    am_rouo = "(SELECT my_kind()) = 'rouo'"
    am_mouo = "(SELECT my_kind()) = 'mouo'"
    am_school = "(SELECT my_kind()) = 'school'"
    me = "(SELECT my_name())"
    signed = "actor = (SELECT whoami())"
    there = (
        "EXISTS (SELECT FROM addressees a WHERE a.task_id = events.task_id "
        "AND a.municipality = events.municipality "
        "AND (events.school_id IS NULL OR a.school_id = events.school_id))"
    )
    registered = (
        "EXISTS (SELECT FROM schools s WHERE s.school_id = addressees.school_id "
        "AND s.municipality = addressees.municipality)"
    )
    reads = {
        ("schools", rouo): am_rouo,
        ("schools", mouo): f"{am_mouo} AND municipality = {me}",
        ("schools", school): f"{am_school} AND school_id = {me}",
        ("tasks", rouo): am_rouo,
        ("tasks", mouo): f"{am_mouo} AND (issuer = (SELECT whoami()) "
        "OR addressed_to_my_schools(task_id))",
        ("tasks", school): "shown_to_my_school(task_id)",
        ("addressees", rouo): am_rouo,
        ("addressees", mouo): f"{am_mouo} AND municipality = {me}",
        ("addressees", school): f"{am_school} AND school_id = {me} AND shown_to_my_school(task_id)",
        ("events", rouo): am_rouo,
        ("events", mouo): f"{am_mouo} AND municipality = {me}",
        ("events", school): f"{am_school} AND (school_id IS NULL OR school_id = {me}) AND "
        "shown_to_my_school(task_id) AND EXISTS (SELECT FROM addressees a "
        "WHERE a.task_id = events.task_id AND a.municipality = events.municipality)",
    }
    adds = {
        ("schools", rouo): am_rouo,
        ("tasks", rouo): f"{am_rouo} AND issuer = 'rouo'",
        ("tasks", mouo): f"{am_mouo} AND issuer = (SELECT whoami())",
        ("addressees", rouo): f"{am_rouo} AND issued_by_me(task_id) AND {registered}",
        ("addressees", mouo): f"{am_mouo} AND municipality = {me} AND issued_by_me(task_id) "
        f"AND {registered}",
        ("events", rouo): f"{am_rouo} AND {signed} AND {there} AND (deed = 'fulfilled' "
        "OR deed IN ('issued', 'closed') AND issued_by_me(task_id))",
        ("events", mouo): f"{am_mouo} AND {signed} AND municipality = {me} AND {there} AND "
        "(deed IN ('accepted_by_municipality', 'fulfilled') "
        "OR deed IN ('issued', 'closed') AND issued_by_me(task_id))",
        ("events", school): f"{am_school} AND {signed} AND deed = 'accepted_by_school' "
        f"AND school_id = {me} AND {there}",
    }
    made = [
        f"CREATE POLICY {group}_reads ON {table} FOR SELECT TO {group} USING ({rule})"
        for (table, group), rule in reads.items()
    ]
    made += [
        f"CREATE POLICY {group}_adds ON {table} FOR INSERT TO {group} WITH CHECK ({rule})"
        for (table, group), rule in adds.items()
    ]
    made += [
        f"CREATE POLICY {rouo}_renames ON schools FOR UPDATE TO {rouo} USING ({am_rouo})",
        "CREATE POLICY owner_adds ON schools FOR INSERT TO CURRENT_USER WITH CHECK (true)",
        "CREATE POLICY owner_renames ON schools FOR UPDATE TO CURRENT_USER USING (true)",
        *(
            f"CREATE POLICY owner_reads ON {table} FOR SELECT TO CURRENT_USER USING (true)"
            for table in _TABLES
        ),
    ]
    made += [f"GRANT INSERT ({_WRITTEN[table]}) ON {table} TO {group}" for table, group in adds]
    return made


STATEMENTS: tuple[str, ...] = (
    *_ROLES,
    f"GRANT USAGE ON SCHEMA {SCHEMA} TO {_ALL}",
    _MEMBERS,
    _HOLDS,
    *_HELPERS.values(),
    _HOLD,
    _GUARD,
    _GUARD_TASK,
    _APPEND_ONLY,
    *(
        f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC"
        for name in (
            *_HELPERS,
            "hold_task(bigint)",
            "guard_event()",
            "guard_task()",
            "refuse_change()",
        )
    ),
    *(f"GRANT EXECUTE ON FUNCTION {name} TO {_ALL}" for name in (*_HELPERS, "hold_task(bigint)")),
    f"GRANT SELECT ON {', '.join((*_TABLES, 'alembic_version'))} TO {_ALL}",
    f"GRANT UPDATE (name, municipality) ON schools TO {GROUPS['rouo']}",
    *(
        f"ALTER TABLE {table} {how} ROW LEVEL SECURITY"
        for table in _TABLES
        for how in ("ENABLE", "FORCE")
    ),
    "CREATE TRIGGER guard BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION guard_event()",
    "CREATE TRIGGER guard BEFORE INSERT ON tasks FOR EACH ROW EXECUTE FUNCTION guard_task()",
    *(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        for table in _LOG
    ),
    *(
        f"CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        for table in _LOG
    ),
    *_policies(),
)
"""What makes a store's tables those of many roles, in order; run once, by the owner."""
