"""The dataset: what `monitor import` keeps of dumps, week by week, and every command reads."""
