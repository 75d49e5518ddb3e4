"""A week's folder of reports: named, built beside, put in place so that a reader sees whole files.

Source: `cli.md`, «Files are written under a temporary name in the same folder and renamed when
whole».
"""
