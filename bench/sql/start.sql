-- Words of the journal, and the weeks: `before` and `monday` are the Mondays that are measured,
-- `after` the Monday of the timetable that homework is held against.
SET VARIABLE before = getvariable('monday') - 7;
SET VARIABLE after = getvariable('monday') + 7;
SET VARIABLE over = getvariable('monday') + 14;

CREATE TEMP MACRO fold(x) AS
    regexp_replace(trim(replace(lower(x), 'ё', 'е')), '\s+', ' ', 'g');
-- Most texts show by their first character that they are not blank.
CREATE TEMP MACRO written(x) AS CASE
    WHEN unicode(x) > 160 OR unicode(x) BETWEEN 33 AND 126 THEN true
    ELSE trim(x, chr(160) || E' \t\r\n') <> ''
END;

-- What words stand for. These are asked once for each word of a file, not for each row.
CREATE TEMP MACRO flag(x) AS CASE
    WHEN lower(x) IN ('да', 'true', '1', '+', '✓', '✔', 'yes', 'истина') THEN true
    WHEN lower(x) IN ('нет', 'false', '0', 'no', 'ложь') THEN false
END;
CREATE TEMP MACRO class_status(x) AS CASE
    WHEN lower(x) IN (
        'active', 'активный', 'активен', 'активна', 'действующий', 'действует'
    ) THEN 'active'
    WHEN lower(x) IN (
        'archive', 'archived', 'архив', 'архивный', 'в архиве', 'архивирован'
    ) THEN 'archive'
END;
CREATE TEMP MACRO staff_role(x) AS CASE
    WHEN x IS NULL OR lower(x) IN ('teacher', 'учитель', 'педагог') THEN 'teacher'
    WHEN lower(x) IN ('admin', 'administrator', 'администратор', 'администрация') THEN 'admin'
    WHEN lower(x) IN ('technical', 'технический персонал', 'технический') THEN 'technical'
    ELSE 'other'
END;
CREATE TEMP MACRO attendance_status(x) AS CASE
    WHEN lower(x) IN (
        'absent', 'н', 'неявка', 'отсутствовал', 'отсутствовала', 'отсутствие',
        'отсутствует'
    ) THEN 'absent'
    WHEN lower(x) IN ('ill', 'б', 'болеет', 'болезнь', 'болел', 'болела', 'по болезни') THEN 'ill'
    WHEN lower(x) IN ('pass', 'п', 'пропуск') THEN 'pass'
    WHEN lower(x) IN ('late', 'о', 'опоздал', 'опоздала', 'опоздание') THEN 'late'
    WHEN lower(x) IN (
        'present', 'присутствовал', 'присутствовала', 'присутствует', 'присутствие'
    ) THEN 'present'
END;
CREATE TEMP MACRO viewer_role(x) AS CASE
    WHEN lower(x) IN ('parent', 'родитель', 'eduparent') THEN 'parent'
    WHEN lower(x) IN (
        'student', 'ученик', 'ученица', 'обучающийся', 'учащийся', 'edustudent'
    ) THEN 'student'
    WHEN lower(x) IN (
        'staff', 'сотрудник', 'edustaff', 'учитель', 'педагог', 'teacher'
    ) THEN 'staff'
END;
CREATE TEMP MACRO tracked(x) AS
    fold(x) IN ('ответ на уроке', 'поведение', 'работа на уроке', 'наизусть');
