-- A row for each school and week, the week before first.
CREATE TEMP TABLE sums AS
WITH week AS (SELECT unnest([0, 1])::TINYINT AS week)
SELECT
    school.school_id, region, municipality, school, week,
    CASE week WHEN 0 THEN teachers_0 ELSE teachers_1 END AS teachers,
    CASE week WHEN 0 THEN teachers_activated_0 ELSE teachers_activated_1 END AS teachers_activated,
    CASE week WHEN 0 THEN esia_0 ELSE esia_1 END AS esia,
    CASE week WHEN 0 THEN category_0 ELSE category_1 END AS category,
    CASE week WHEN 0 THEN students_0 ELSE students_1 END AS students,
    CASE week WHEN 0 THEN students_activated_0 ELSE students_activated_1 END AS students_activated,
    CASE week WHEN 0 THEN viewed_0 ELSE viewed_1 END AS viewed,
    CASE week WHEN 0 THEN parents_0 ELSE parents_1 END AS parents,
    CASE week WHEN 0 THEN parents_activated_0 ELSE parents_activated_1 END AS parents_activated,
    CASE week WHEN 0 THEN classes_0 ELSE classes_1 END AS classes,
    CASE week WHEN 0 THEN filled_0 ELSE filled_1 END AS filled,
    here.lessons, here.planned, here.kept, here.endless, ahead.lessons AS lessons_ahead,
    considered, tracked, timely, late, early, before_week, after_week,
    issued, soon
FROM school
CROSS JOIN week
LEFT JOIN teachers USING (school_id)
LEFT JOIN students_at USING (school_id)
LEFT JOIN parents_at USING (school_id)
LEFT JOIN filled USING (school_at)
LEFT JOIN lessons_at here USING (school_at, week)
LEFT JOIN lessons_at ahead ON ahead.school_at = school.school_at AND ahead.week = week.week + 1
LEFT JOIN marks_at USING (school_at, week)
LEFT JOIN homework_at USING (school_at, week)
ORDER BY school.school_id, week;
