"""«Загруженность учителей»: who was to give which lessons, and which of them were given."""
