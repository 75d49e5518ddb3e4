"""Shares and averages of whole numbers: divided last, and nothing where there is nothing."""

from __future__ import annotations


def share(part: object, whole: object) -> float | None:
    """A percentage: one multiplication, one division; None where there is nothing to divide by."""
    if not isinstance(part, int) or not isinstance(whole, int) or not whole:
        return None
    return 100 * part / whole


def quotient(total: object, count: object) -> float | None:
    """An average; None where there is nothing to divide by."""
    if not isinstance(total, int) or not isinstance(count, int) or not count:
        return None
    return total / count
