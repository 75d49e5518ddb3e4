"""A realistic dump of any size, invented: the same seed gives the same rows on every machine."""
