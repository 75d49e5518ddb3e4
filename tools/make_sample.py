"""Make the invented dump that ships with the program: `python tools/make_sample.py [folder]`.

What the schools are and how they behave stands in `sample/words.toml`. The same words give the same
bytes: chance comes from a fixed seed.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    runpy.run_module("tools.sample", run_name="__main__")
