"""Attainment and the other reports of the second half of the memo: frames in, a Report out."""
