"""Every way in which a dump can be dirty, on every table and format it can hit."""
