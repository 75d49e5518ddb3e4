"""A report for each municipality, or each school, made of one counting of the dump."""
