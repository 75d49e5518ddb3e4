"""«Работа перед началом года»: staff, migration, timetable and planning before the first lesson."""
