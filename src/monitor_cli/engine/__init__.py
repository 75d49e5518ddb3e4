"""Counting, once for all indicators: facts, sums at the finest keys, rolled up, divided last."""
