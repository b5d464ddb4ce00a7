"""Words that several sources share: a column that means the same has the same name and the same description everywhere.

A column of one source only stands in that source's file. A test keeps one name to one meaning.
"""

from typing import Any, Final

# Keyword arguments of `declare.columns.Column`, so that words need not know declarations.
PI_CODE: Final[dict[str, Any]] = {
    "name": "indicator_code",
    "kind": "pi_code",
    "description": "Code of the performance indicator in Pentana, such as ComS_011.",
    "headings": ("PI code", "Code", "PI Code"),
    "required": True,
    "example": "ComS_011",
}
LSOA_CODE: Final[dict[str, Any]] = {
    "name": "lsoa_code",
    "description": "Code of the 2011 lower layer super output area, such as E01028069.",
    "headings": ("LSOA code",),
    "pattern": r"[EW]01\d{6}",
    "example": "E01028069",
}
WARD_CODE: Final[dict[str, Any]] = {
    "name": "ward_code",
    "description": "Code of the electoral ward, such as E05010516.",
    "headings": ("Ward code", "ward_code"),
    "pattern": r"E05\d{6}",
    "example": "E05010516",
}
WARD_NAME: Final[dict[str, Any]] = {
    "name": "ward_name",
    "description": "Name of the electoral ward as the source writes it.",
    "headings": ("Ward", "ward_name"),
}
# A ward in a record that must lie in the borough: it is looked up, whichever year's boundaries it was drawn by.
BOROUGH_WARD: Final[dict[str, Any]] = WARD_NAME | {
    "looked_up_in": "wards.ward_name",
    "aliases": {
        "Attenborough and Chilwell East": "Attenborough & Chilwell East",
        "Awsworth Cossall and Trowell": "Awsworth, Cossall & Trowell",
        "Nuthall East and Strelley": "Nuthall East & Strelley",
        "Toton and Chilwell Meadows": "Toton & Chilwell Meadows",
        "Watnall and Nuthall West": "Watnall & Nuthall West",
    },
}
PLAN_EDITION: Final[dict[str, Any]] = {
    "name": "edition",
    "kind": "period",
    "description": "Years of the Business Plan's edition, as its title prints them.",
    "place": "title",
    "found_by": r"Business Plan (\d{4}[–-]\d{2})",
    "required": True,
}
ACTION_CODE: Final[dict[str, Any]] = {
    "name": "action_code",
    "description": "Code of the action in the Business Plan, such as COMS2324_01.",
    "headings": ("Action code",),
    "pattern": r"COMS\d{4}_\d{2}[a-z]?",
    "example": "COMS2324_01",
}
# The months as a heading spells them, and a heading that is a month: Apr 2019, April 2019, or a date of its first day.
MONTH_NAMES: Final = (
    "Jan(uary)?|Feb(ruary)?|Mar(ch)?|Apr(il)?|May|June?|July?|"
    "Aug(ust)?|Sept?(ember)?|Oct(ober)?|Nov(ember)?|Dec(ember)?"
)
MONTH_HEADING: Final = rf"(?P<period>({MONTH_NAMES})[ -]\d{{2,4}}|\d{{4}}-\d{{2}}-01)"
