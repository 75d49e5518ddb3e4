"""One module a version of the tables; a released one is never edited."""
