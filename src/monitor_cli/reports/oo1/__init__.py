"""The federal form ОО-1: what of it a dump can fill, and what it cannot."""
