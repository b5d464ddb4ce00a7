"""What the sample years of Licensing hold: in 2019/20, 2020/21, 2021/22, and April to December 2022.

The plan prints of the first three years what was processed (1,385, 1,012 and 1,058), premises inspected under the
Licensing Act (42, 105, 49) and the Gambling Act (2, 0, 1), other premises visited (2, 0, 6), and 100%, 99% and 100% of
non-statutory licences within 14 days; of 2021/22 also 49, 21, 1, 4 and 6 pro-active inspections. All else is invented.
"""

NOTICES = "Notices dealt with"
Totals = tuple[int, int, int, int]
_ISSUED: dict[str, Totals] = {
    "Licensing Act 2003 premises": (62, 41, 55, 44),
    "Licensing Act 2003 clubs": (6, 3, 5, 4),
    "Personal licences": (78, 40, 66, 50),
    "Gambling Act 2005": (31, 24, 28, 20),
    "Hackney carriage and private hire drivers": (262, 248, 215, 170),
    "Hackney carriage and private hire vehicles": (395, 412, 330, 245),
    "Private hire operators": (38, 35, 31, 22),
    "Animal welfare": (34, 30, 32, 21),
    "Street trading": (22, 14, 19, 15),
    "Scrap metal": (12, 9, 8, 6),
    "Other licences and permits": (105, 92, 55, 40),
}
_REFUSED: dict[str, Totals] = {
    "Licensing Act 2003 premises": (2, 1, 1, 1),
    "Hackney carriage and private hire drivers": (4, 3, 5, 3),
    "Hackney carriage and private hire vehicles": (3, 2, 2, 2),
    "Street trading": (1, 0, 1, 1),
}
DECIDED: dict[tuple[str, str], Totals] = {
    **{(family, "Issued"): n for family, n in _ISSUED.items()},
    **{(family, "Refused"): _REFUSED.get(family, (0, 0, 0, 0)) for family in _ISSUED},
    ("Temporary event notices", NOTICES): (330, 58, 205, 180),
}
# Received and neither issued nor refused in the year, by family; one or none of the others.
UNDECIDED: dict[str, Totals] = {
    "Licensing Act 2003 premises": (3, 4, 2, 1),
    "Temporary event notices": (5, 11, 3, 2),
    "Hackney carriage and private hire drivers": (6, 9, 4, 3),
    "Hackney carriage and private hire vehicles": (4, 2, 3, 2),
}
LATE = (3, 9, 2, 4)  # Non-statutory licences that were not issued within 14 days.
STATUTORY_IN_TIME = {
    "Licensing Act 2003 premises": 0.1,
    "Licensing Act 2003 clubs": 0.0,
    "Personal licences": 0.85,
    "Gambling Act 2005": 0.3,
    "Animal welfare": 0.1,
}
INSPECTED: dict[str, tuple[int, int]] = {
    "Licensing Act 2003 premises": (38, 97),
    "Licensing Act 2003 clubs": (4, 8),
    "Gambling Act 2005": (2, 0),
    "Hackney carriage and private hire drivers": (5, 0),
    "Hackney carriage and private hire vehicles": (30, 8),
    "Private hire operators": (1, 0),
    "Animal welfare": (9, 1),
    "Street trading": (0, 0),
    "Scrap metal": (1, 0),
    "Other licences and permits": (0, 0),
}
# From April 2021: pro-active and reactive, of 2021/22 and of April to December 2022.
INSPECTED_APART: dict[str, tuple[tuple[int, int], tuple[int, int]]] = {
    "Licensing Act 2003 premises": ((45, 0), (33, 3)),
    "Licensing Act 2003 clubs": ((4, 0), (3, 0)),
    "Gambling Act 2005": ((1, 0), (2, 0)),
    "Hackney carriage and private hire drivers": ((5, 2), (4, 1)),
    "Hackney carriage and private hire vehicles": ((15, 4), (17, 3)),
    "Private hire operators": ((1, 0), (2, 0)),
    "Animal welfare": ((6, 1), (5, 1)),
    "Street trading": ((1, 1), (2, 0)),
    "Scrap metal": ((2, 0), (1, 1)),
    "Other licences and permits": ((1, 0), (1, 0)),
}
# At 31 March 2019, 2020, 2021 and 2022.
IN_FORCE: dict[str, Totals] = {
    "Licensing Act 2003 premises": (268, 266, 265, 267),
    "Licensing Act 2003 clubs": (34, 33, 32, 31),
    "Personal licences": (1520, 1561, 1580, 1622),
    "Gambling Act 2005": (118, 112, 109, 107),
    "Hackney carriage and private hire drivers": (242, 238, 221, 214),
    "Hackney carriage and private hire vehicles": (231, 224, 205, 198),
    "Private hire operators": (36, 34, 31, 30),
    "Animal welfare": (38, 36, 37, 39),
    "Street trading": (21, 18, 19, 22),
    "Scrap metal": (24, 22, 20, 19),
    "Other licences and permits": (96, 90, 78, 83),
}
