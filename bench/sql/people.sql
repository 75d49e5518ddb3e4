-- Teachers, students and parents by school; a person is one at a school.
CREATE TEMP TABLE teachers AS
WITH person AS (
    SELECT
        school_id, person_id,
        bool_or(role = 'teacher'
            AND coalesce(active_from < getvariable('monday'), true)
            AND coalesce(active_to >= getvariable('monday') - 1, true)) AS counted_0,
        bool_or(role = 'teacher'
            AND coalesce(active_from < getvariable('after'), true)
            AND coalesce(active_to >= getvariable('after') - 1, true)) AS counted_1,
        bool_or(coalesce(activated_at < getvariable('monday'), is_activated, false)) AS activated_0,
        bool_or(coalesce(activated_at < getvariable('after'), is_activated, false)) AS activated_1,
        bool_or(coalesce(esia_login_at < getvariable('monday'), has_esia_login, false)) AS esia_0,
        bool_or(coalesce(esia_login_at < getvariable('after'), has_esia_login, false)) AS esia_1,
        bool_or(coalesce(
            regexp_matches(fold(category), '^(высшая|первая|педагог-методист|педагог-наставник)'),
            false
        )) AS category
    FROM staff
    GROUP BY ALL
)
SELECT
    school_id,
    count_if(counted_0) AS teachers_0,
    count_if(counted_1) AS teachers_1,
    count_if(counted_0 AND activated_0) AS teachers_activated_0,
    count_if(counted_1 AND activated_1) AS teachers_activated_1,
    count_if(counted_0 AND esia_0) AS esia_0,
    count_if(counted_1 AND esia_1) AS esia_1,
    count_if(counted_0 AND category) AS category_0,
    count_if(counted_1 AND category) AS category_1
FROM person
GROUP BY school_id;

CREATE TEMP TABLE student AS
SELECT
    school_id, person_id,
    bool_or(coalesce(active_from < getvariable('monday'), true)
        AND coalesce(active_to >= getvariable('monday') - 1, true)) AS counted_0,
    bool_or(coalesce(active_from < getvariable('after'), true)
        AND coalesce(active_to >= getvariable('after') - 1, true)) AS counted_1,
    bool_or(coalesce(activated_at < getvariable('monday'), is_activated, false)) AS activated_0,
    bool_or(coalesce(activated_at < getvariable('after'), is_activated, false)) AS activated_1
FROM students
GROUP BY ALL;

-- All views of a student in one row: how many there are is needed for references to nobody.
CREATE TEMP TABLE viewed AS
SELECT
    student_id, count(*) AS views,
    bool_or(viewer_role <> 'staff'
        AND viewed_at >= getvariable('before') AND viewed_at < getvariable('monday')) AS viewed_0,
    bool_or(viewer_role <> 'staff'
        AND viewed_at >= getvariable('monday') AND viewed_at < getvariable('after')) AS viewed_1
FROM diary_views
GROUP BY ALL;

CREATE TEMP TABLE students_at AS
SELECT
    school_id,
    count_if(counted_0) AS students_0,
    count_if(counted_1) AS students_1,
    count_if(counted_0 AND activated_0) AS students_activated_0,
    count_if(counted_1 AND activated_1) AS students_activated_1,
    count_if(counted_0 AND viewed_0) AS viewed_0,
    count_if(counted_1 AND viewed_1) AS viewed_1
FROM student LEFT JOIN viewed ON student_id = person_id
GROUP BY school_id;

-- A child that no school knows leaves the parent at the school; a known one must be counted there.
CREATE TEMP TABLE parents_at AS
WITH child AS (
    SELECT
        p.school_id, p.person_id, p.activated_at, p.is_activated, c.counted_0, c.counted_1,
        p.student_id IS NULL OR p.student_id NOT IN (SELECT person_id FROM student) AS unknown
    FROM parents p
    LEFT JOIN student c ON c.school_id = p.school_id AND c.person_id = p.student_id
), person AS (
    SELECT
        school_id, person_id,
        bool_or(coalesce(counted_0, unknown)) AS counted_0,
        bool_or(coalesce(counted_1, unknown)) AS counted_1,
        bool_or(coalesce(activated_at < getvariable('monday'), is_activated, false)) AS activated_0,
        bool_or(coalesce(activated_at < getvariable('after'), is_activated, false)) AS activated_1
    FROM child
    GROUP BY school_id, person_id
)
SELECT
    school_id,
    count_if(counted_0) AS parents_0,
    count_if(counted_1) AS parents_1,
    count_if(counted_0 AND activated_0) AS parents_activated_0,
    count_if(counted_1 AND activated_1) AS parents_activated_1
FROM person
GROUP BY school_id;
