"""«Поручения»: issued, accepted, held against the data; states follow from an append-only log."""
