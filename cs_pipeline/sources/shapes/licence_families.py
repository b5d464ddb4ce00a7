"""The families of licences and the activities of Licensing, with other spellings seen; which family has which."""

from collections.abc import Mapping

from cs_pipeline.declare.columns import Column, headed

FAMILIES = {
    "Licensing Act 2003 premises": ("Premises licences", "LA03 premises"),
    "Licensing Act 2003 clubs": ("Club premises certificates", "LA03 clubs"),
    "Personal licences": ("Personal licences (alcohol)",),
    "Temporary event notices": ("TENs",),
    "Gambling Act 2005": ("Gambling",),
    "Hackney carriage and private hire drivers": ("HC/PH drivers",),
    "Hackney carriage and private hire vehicles": ("HC/PH vehicles",),
    "Private hire operators": ("PH operators",),
    "Animal welfare": ("Animal licences",),
    "Street trading": ("Street trading consents",),
    "Scrap metal": ("Scrap metal dealers",),
    "Other licences and permits": ("Other",),
}
ACTIVITIES = {
    "Inspected": ("Inspections",),
    "Received": ("Applications received",),
    "Issued": ("Granted",),
    "Issued within 14 days": ("Granted within 14 days",),
    "Refused": ("Applications refused",),
    "Notices dealt with": ("Notices processed",),
}
NOTICES = "Temporary event notices"  # Given to the council and dealt with: nothing is issued, refused or in force.
NEVER_INSPECTED = ("Personal licences", NOTICES)
# Of a typed row, whether its family has its activity.
HAS_ACTIVITY = f"""case licensing_activity_name
    when 'Received' then true
    when 'Notices dealt with' then licence_family_name = '{NOTICES}'
    when 'Inspected' then licence_family_name not in {NEVER_INSPECTED}
    else licence_family_name <> '{NOTICES}' end"""


def other_spellings(listed: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {seen: name for name, spellings in listed.items() for seen in spellings}


FAMILY: Column = headed(
    "Licence type",
    "licence_family_name",
    "Family of licences, by the Act or the trade that they are for.",
    allowed=tuple(FAMILIES),
    aliases=other_spellings(FAMILIES),
    required=True,
)
