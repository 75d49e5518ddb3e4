-- Words of the journal, and the weeks: `before` and `monday` are the Mondays that are measured,
-- `after` the Monday of the timetable that homework is held against.
SET VARIABLE before = getvariable('monday') - 7;
SET VARIABLE after = getvariable('monday') + 7;
SET VARIABLE over = getvariable('monday') + 14;

CREATE TEMP MACRO fold(x) AS
    regexp_replace(trim(replace(lower(x), 'ё', 'е')), '\s+', ' ', 'g');
CREATE TEMP MACRO written(x) AS trim(x, chr(160) || E' \t\r\n') <> '';

-- A WHEN for each word: a list of them would become a join, which takes longer than all of these
-- comparisons and is done even where nobody asks for the value.
CREATE TEMP MACRO flag(x) AS CASE lower(x)
    WHEN 'да' THEN true
    WHEN 'true' THEN true
    WHEN '1' THEN true
    WHEN '+' THEN true
    WHEN '✓' THEN true
    WHEN '✔' THEN true
    WHEN 'yes' THEN true
    WHEN 'истина' THEN true
    WHEN 'нет' THEN false
    WHEN 'false' THEN false
    WHEN '0' THEN false
    WHEN 'no' THEN false
    WHEN 'ложь' THEN false
END;
CREATE TEMP MACRO class_status(x) AS CASE lower(x)
    WHEN 'active' THEN 'active'
    WHEN 'активный' THEN 'active'
    WHEN 'активен' THEN 'active'
    WHEN 'активна' THEN 'active'
    WHEN 'действующий' THEN 'active'
    WHEN 'действует' THEN 'active'
    WHEN 'archive' THEN 'archive'
    WHEN 'archived' THEN 'archive'
    WHEN 'архив' THEN 'archive'
    WHEN 'архивный' THEN 'archive'
    WHEN 'в архиве' THEN 'archive'
    WHEN 'архивирован' THEN 'archive'
END;
CREATE TEMP MACRO staff_role(x) AS CASE lower(x)
    WHEN 'teacher' THEN 'teacher'
    WHEN 'учитель' THEN 'teacher'
    WHEN 'педагог' THEN 'teacher'
    WHEN 'admin' THEN 'admin'
    WHEN 'administrator' THEN 'admin'
    WHEN 'администратор' THEN 'admin'
    WHEN 'администрация' THEN 'admin'
    WHEN 'technical' THEN 'technical'
    WHEN 'технический персонал' THEN 'technical'
    WHEN 'технический' THEN 'technical'
    ELSE CASE WHEN x IS NULL THEN 'teacher' ELSE 'other' END
END;
CREATE TEMP MACRO attendance_status(x) AS CASE lower(x)
    WHEN 'absent' THEN 'absent'
    WHEN 'н' THEN 'absent'
    WHEN 'неявка' THEN 'absent'
    WHEN 'отсутствовал' THEN 'absent'
    WHEN 'отсутствовала' THEN 'absent'
    WHEN 'отсутствие' THEN 'absent'
    WHEN 'отсутствует' THEN 'absent'
    WHEN 'ill' THEN 'ill'
    WHEN 'б' THEN 'ill'
    WHEN 'болеет' THEN 'ill'
    WHEN 'болезнь' THEN 'ill'
    WHEN 'болел' THEN 'ill'
    WHEN 'болела' THEN 'ill'
    WHEN 'по болезни' THEN 'ill'
    WHEN 'pass' THEN 'pass'
    WHEN 'п' THEN 'pass'
    WHEN 'пропуск' THEN 'pass'
    WHEN 'late' THEN 'late'
    WHEN 'о' THEN 'late'
    WHEN 'опоздал' THEN 'late'
    WHEN 'опоздала' THEN 'late'
    WHEN 'опоздание' THEN 'late'
    WHEN 'present' THEN 'present'
    WHEN 'присутствовал' THEN 'present'
    WHEN 'присутствовала' THEN 'present'
    WHEN 'присутствует' THEN 'present'
    WHEN 'присутствие' THEN 'present'
END;
CREATE TEMP MACRO viewer_role(x) AS CASE lower(x)
    WHEN 'parent' THEN 'parent'
    WHEN 'родитель' THEN 'parent'
    WHEN 'eduparent' THEN 'parent'
    WHEN 'student' THEN 'student'
    WHEN 'ученик' THEN 'student'
    WHEN 'ученица' THEN 'student'
    WHEN 'обучающийся' THEN 'student'
    WHEN 'учащийся' THEN 'student'
    WHEN 'edustudent' THEN 'student'
    WHEN 'staff' THEN 'staff'
    WHEN 'сотрудник' THEN 'staff'
    WHEN 'edustaff' THEN 'staff'
    WHEN 'учитель' THEN 'staff'
    WHEN 'педагог' THEN 'staff'
    WHEN 'teacher' THEN 'staff'
END;
CREATE TEMP MACRO tracked(x) AS
    fold(x) IN ('ответ на уроке', 'поведение', 'работа на уроке', 'наизусть');
