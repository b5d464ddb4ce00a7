"""Shapes that several sources share, one file each: a list of cases has the same columns whoever keeps it."""
