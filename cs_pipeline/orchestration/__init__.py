"""The only Dagster here: tables as assets, claims as checks, the nightly job. It wraps `operate/` and decides nothing
itself.
"""
