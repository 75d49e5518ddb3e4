"""Attainment (успеваемость): final marks, or current ones averaged, by place."""
