"""The store of tasks: SQLite on one's own disk, or one PostgreSQL for a region."""
