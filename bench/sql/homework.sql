-- Homework that is due for the next lessons of a lesson: same series, the nearest later date.
-- Sorting what is distinct and looking one row back beats a window by series more than twice.
CREATE TEMP TABLE next AS
SELECT series, date, CASE WHEN series = lag(series) OVER () THEN lag(date) OVER () END AS previous
FROM (
    SELECT DISTINCT series, date FROM lesson WHERE week IS NOT NULL ORDER BY series, date
);

CREATE TEMP TABLE issued AS
SELECT
    series, previous AS date,
    min(least(
        CASE WHEN issued_at >= previous - 7 THEN issued_at END,
        CASE WHEN updated_at >= previous - 7 THEN updated_at END
    )) AS issued
FROM homework
JOIN lesson USING (lesson_id)
JOIN next USING (series, date)
WHERE week IS NOT NULL AND previous < getvariable('after') AND (written(text) OR has_files)
GROUP BY ALL;

CREATE TEMP TABLE homework_at AS
SELECT
    school_at, week,
    count_if(issued < date + INTERVAL 37 HOUR) AS issued,
    count_if(issued <= ends + INTERVAL 3 HOUR) AS soon
FROM lesson JOIN issued USING (series, date)
WHERE week < 2
GROUP BY ALL;
