"""From the files of a dump to checked frames: find, read, type, check."""
