"""Persons and users by role, their visits, and the composition of staff."""
