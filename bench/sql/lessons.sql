-- Lessons, and what stands in the journal at each of them. Weeks: 0 before, 1 the week, 2 after,
-- 3 later; a lesson that counts nowhere has none, and is there for what refers to it.
-- A variable, as in a subquery every row would be folded before the distinct names are found.
SET VARIABLE names = (
    SELECT list(name)
    FROM (SELECT DISTINCT subject AS name FROM lessons UNION SELECT DISTINCT "group" FROM lessons)
);

CREATE TEMP TABLE name AS
SELECT name, dense_rank() OVER (ORDER BY fold(name)) AS code
FROM (SELECT unnest(getvariable('names')) AS name)
WHERE fold(name) <> '';

CREATE TEMP TABLE lesson AS
SELECT
    lesson_id, school_at, class_at,
    (class_at::BIGINT << 32) | (coalesce(s.code, 0) << 16) | coalesce(g.code, 0) AS series,
    date,
    CASE WHEN date >= getvariable('before') AND NOT coalesce(is_cancelled, false)
        THEN least((date - getvariable('before')) // 7, 3)
    END::TINYINT AS week,
    coalesce(written(topic), false) AS planned,
    coalesce(written(comment), false) OR coalesce(is_conducted, false) AS kept,
    coalesce(date + ends_at::TIME, date + starts_at::TIME + INTERVAL 40 MINUTE) AS ends
FROM lessons
JOIN class USING (class_id)
LEFT JOIN name s ON s.name = subject
LEFT JOIN name g ON g.name = "group";

CREATE TEMP TABLE marked AS SELECT lesson_id, count(*) AS rows FROM marks GROUP BY lesson_id;

CREATE TEMP TABLE noted AS
SELECT
    lesson_id, count(*) AS rows,
    bool_or(status IN ('absent', 'ill', 'pass')) AS absent
FROM attendance
GROUP BY lesson_id;

CREATE TEMP TABLE given AS
SELECT
    lesson_id, count(*) AS rows, bool_or(written(text) OR has_files) AS given
FROM homework
GROUP BY lesson_id;

-- Only the lessons that do not speak for themselves are looked up in the other tables.
CREATE TEMP TABLE lessons_at AS
WITH own AS (
    SELECT
        school_at, week, count(*) AS lessons, count_if(planned) AS planned, count_if(kept) AS kept,
        count_if(ends IS NULL) AS endless
    FROM lesson
    WHERE week < 3
    GROUP BY ALL
), homework AS (
    SELECT school_at, week, count(*) AS planned
    FROM lesson SEMI JOIN (FROM given WHERE given) USING (lesson_id)
    WHERE week < 2 AND NOT planned
    GROUP BY ALL
), journal AS (
    SELECT school_at, week, count_if(m.rows IS NOT NULL OR coalesce(absent, false)) AS kept
    FROM lesson
    LEFT JOIN marked m USING (lesson_id)
    LEFT JOIN noted USING (lesson_id)
    WHERE week < 2 AND NOT kept
    GROUP BY ALL
)
SELECT
    school_at, week, lessons, own.planned + coalesce(homework.planned, 0) AS planned,
    own.kept + coalesce(journal.kept, 0) AS kept, endless
FROM own LEFT JOIN homework USING (school_at, week) LEFT JOIN journal USING (school_at, week);

CREATE TEMP TABLE filled AS
WITH held AS (
    SELECT class_at, count_if(week = 0) AS held_0, count_if(week = 1) AS held_1
    FROM lesson
    GROUP BY class_at
)
SELECT
    school_at,
    count_if(active_0) AS classes_0,
    count_if(active_1) AS classes_1,
    count_if(active_0 AND held_0 >= 8) AS filled_0,
    count_if(active_1 AND held_1 >= 8) AS filled_1
FROM class LEFT JOIN held USING (class_at)
GROUP BY school_at;
