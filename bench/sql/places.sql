-- Schools and classes with small numbers for keys. A suffix says the week: 0 is the one before.
CREATE TEMP TABLE school AS
SELECT
    (row_number() OVER () - 1)::INTEGER AS school_at,
    school_id, coalesce(school, school_id::VARCHAR) AS school, municipality, region, shifts
FROM schools;

CREATE TEMP TABLE class AS
SELECT
    (row_number() OVER () - 1)::INTEGER AS class_at,
    class_id, school_id, school_at, shift,
    coalesce(status <> 'archive', true)
        AND coalesce(study_year = getvariable('school_year_0'), true) AS active_0,
    coalesce(status <> 'archive', true)
        AND coalesce(study_year = getvariable('school_year_1'), true) AS active_1
FROM classes JOIN school USING (school_id);

CREATE TEMP TABLE shift AS
SELECT
    school_at,
    coalesce(any_value(s.shifts), count(DISTINCT shift) FILTER (active_0)) >= 2 AS two_0,
    coalesce(any_value(s.shifts), count(DISTINCT shift) FILTER (active_1)) >= 2 AS two_1
FROM school s LEFT JOIN class USING (school_at)
GROUP BY school_at;
