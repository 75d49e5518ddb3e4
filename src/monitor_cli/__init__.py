"""The weekly indicators of an electronic school journal, counted from its exports."""
