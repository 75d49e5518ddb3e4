-- The two-shift rule. A mark is of one kind: 0 before the week, 1 after it, 2 of a type that is not
-- tracked, 3 timely, 4 late, 5 before the lesson's day.
-- The few spellings of work types are looked at once each.
SET VARIABLE spellings = (SELECT list(work_type) FROM (SELECT DISTINCT work_type FROM marks));
SET VARIABLE tracked_types = list_filter(getvariable('spellings'), lambda x: tracked(x));

CREATE TEMP TABLE marks_at AS
WITH due AS (
    SELECT
        lesson_id, (school_at * 2 + week)::INTEGER AS place, week::TINYINT AS week,
        date::TIMESTAMP AS opens,
        CASE WHEN CASE week WHEN 0 THEN two_0 ELSE two_1 END
            THEN date + INTERVAL 37 HOUR
            ELSE date + INTERVAL 21 HOUR
        END AS deadline
    FROM lesson JOIN shift USING (school_at)
    WHERE week < 2
), entered AS (
    SELECT
        lesson_id, created_at, updated_at, coalesce(list_contains(getvariable('tracked_types'), work_type), false) AS tracked,
        CASE
            WHEN created_at < getvariable('before') THEN -1
            WHEN created_at < getvariable('monday') THEN 0
            WHEN created_at < getvariable('after') THEN 1
            ELSE 2
        END::TINYINT AS week
    FROM marks
), sorted AS (
    SELECT
        place * 8 + CASE
            WHEN m.week < l.week THEN 0
            WHEN m.week > l.week THEN 1
            WHEN NOT tracked THEN 2
            WHEN created_at >= opens AND created_at < deadline
                OR updated_at >= opens AND updated_at < deadline THEN 3
            WHEN created_at >= deadline THEN 4
            ELSE 5
        END AS kind
    FROM entered m JOIN due l USING (lesson_id)
), counted AS (SELECT kind, count(*) AS rows FROM sorted GROUP BY kind)
SELECT
    (kind // 16)::INTEGER AS school_at, (kind // 8 % 2)::TINYINT AS week,
    sum(rows) FILTER (kind % 8 > 1)::BIGINT AS considered,
    sum(rows) FILTER (kind % 8 > 2)::BIGINT AS tracked,
    sum(rows) FILTER (kind % 8 = 3)::BIGINT AS timely,
    sum(rows) FILTER (kind % 8 = 4)::BIGINT AS late,
    sum(rows) FILTER (kind % 8 = 5)::BIGINT AS early,
    sum(rows) FILTER (kind % 8 = 0)::BIGINT AS before_week,
    sum(rows) FILTER (kind % 8 = 1)::BIGINT AS after_week
FROM counted
GROUP BY ALL;
