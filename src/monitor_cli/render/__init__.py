"""Results as bytes or text."""
