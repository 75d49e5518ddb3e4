"""`monitor week` in plain Python: slow, obvious, and sharing no code with the program.

It is written from the definitions alone, so that the two can only agree by being right.
"""

from __future__ import annotations

from tests.generative.reference.answer import week
from tests.generative.reference.rules import ALL as INDICATORS

__all__ = ["INDICATORS", "week"]
