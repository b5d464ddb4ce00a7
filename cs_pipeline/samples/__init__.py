"""Sample deliveries made from nothing but a seed and the published plan, the same bytes every time.

Each source has a module here, and `all.py` calls them; how a delivery is read is declared in `sources/` and done in
`intake/`.
"""
