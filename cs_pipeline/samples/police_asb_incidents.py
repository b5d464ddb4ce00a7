"""Draws the synthetic ASB incidents of a financial year, each as the police force last knew it.

How they stand in deliveries is planned in `police_asb.py`; how a workbook looks is in `police_asb_book.py`.
"""

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from itertools import groupby
from random import Random

# The 13 headings of the National Standard for Incident Recording: how common, and logged as which types.
HEADINGS: dict[str, tuple[int, tuple[str, ...]]] = {
    "Abandoned vehicle": (3, ("Environmental",)),
    "Vehicle nuisance": (15, ("Nuisance", "Nuisance", "Environmental")),
    "Rowdy or inconsiderate behaviour": (42, ("Nuisance", "Nuisance", "Nuisance", "Personal")),
    "Nuisance neighbours": (14, ("Personal", "Nuisance")),
    "Littering/drugs paraphernalia": (3, ("Environmental",)),
    "Animal problems": (3, ("Nuisance", "Environmental")),
    "Trespass": (3, ("Nuisance",)),
    "Nuisance communications": (5, ("Personal",)),
    "Street drinking": (2, ("Nuisance",)),
    "Prostitution-related activity": (1, ("Nuisance",)),
    "Noise": (5, ("Nuisance", "Environmental")),
    "Begging": (2, ("Nuisance",)),
    "Fireworks": (2, ("Nuisance", "Environmental")),
}
STILL_OPEN = ""
NOT_ASB = ("Crime recorded", "Concern for safety", "Duplicate log")
QUALIFIERS = ("Alcohol", "Drugs", "Youth", "Mental health", "Hate", "Vehicle")
COVID = "COVID-19"
# Town centres carry more: one weight for each of the 20 wards in the order of the ward list.
WARD_WEIGHTS = (4, 4, 13, 5, 5, 6, 5, 2, 8, 4, 7, 9, 4, 6, 4, 8, 8, 7, 5, 3)
HOUR_WEIGHTS = (6, 4, 2, 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 4, 5, 6, 8, 9, 10, 11, 12, 11, 10, 8)
STREET_FIRST = ("Sample", "Example", "Specimen", "Invented", "Pretend", "Imagined")
STREET_SECOND = ("Street", "Road", "Lane", "Close", "Avenue", "Drive", "Crescent", "Green")
NOWHERE_SHARE = 0.04
LAST_NUMBER = 9999  # Four digits of an incident's number count the logs of its day.


@dataclass(frozen=True)
class Incident:
    """One log. `date_form` and `time_form`, 0 to 99, fix how its date and time are typed on every tab."""

    number: str
    at: dt.datetime
    opening: str
    closing: str
    asb_type: str
    qualifiers: str
    beat: int
    ward: str
    street: str
    easting: int
    northing: int
    date_form: int
    time_form: int

    @property
    def is_asb(self) -> bool:
        """Whether it counts: closed under one of the 13 headings."""
        return self.closing in HEADINGS


def draw_month(rng: Random, month: dt.date, n_asb: int, covid_share: float, wards: list[str]) -> list[Incident]:
    """Exactly `n_asb` incidents that count and about four in a hundred that do not, by date and time."""
    closings = rng.choices(list(HEADINGS), [weight for weight, _ in HEADINGS.values()], k=n_asb)
    n_others = 2 + n_asb // 28
    closings += [STILL_OPEN if rng.random() < 0.35 else rng.choice(NOT_ASB) for _ in range(n_others)]
    rng.shuffle(closings)
    incidents = []
    for _, of_a_day in groupby(_draw_moments(rng, month, len(closings)), key=lambda moment: moment.date()):
        moments = list(of_a_day)
        widest = min(20, LAST_NUMBER // len(moments))
        sequence = 0
        for at in moments:
            sequence += rng.randint(min(3, widest), widest)
            number = f"NP-{at:%Y%m%d}-{sequence:04d}"
            incidents.append(_draw_incident(rng, number, at, closings.pop(), covid_share, wards))
    return incidents


def _draw_moments(rng: Random, month: dt.date, count: int) -> list[dt.datetime]:
    days = [month.replace(day=day) for day in range(1, monthrange(month.year, month.month)[1] + 1)]
    weights = [1.3 if day.weekday() >= 4 else 1.0 for day in days]
    return sorted(
        dt.datetime.combine(day, dt.time(rng.choices(range(24), HOUR_WEIGHTS)[0], rng.randrange(60)))
        for day in rng.choices(days, weights, k=count)
    )


def _draw_incident(
    rng: Random, number: str, at: dt.datetime, closing: str, covid_share: float, wards: list[str]
) -> Incident:
    opening = closing if closing in HEADINGS and rng.random() < 0.8 else rng.choice(list(HEADINGS))
    asb_type = rng.choice(HEADINGS[closing if closing in HEADINGS else opening][1])
    place = rng.choices(range(len(wards)), WARD_WEIGHTS)[0]
    easting, northing = _draw_point(rng, place)
    return Incident(
        number=number,
        at=at,
        opening=opening,
        closing=closing,
        asb_type="" if closing in NOT_ASB else asb_type,
        qualifiers=_draw_qualifiers(rng, covid_share),
        beat=place // 3 + 1,
        ward=wards[place],
        street=f"{STREET_FIRST[rng.randrange(6)]} {STREET_SECOND[rng.randrange(8)]}",
        easting=easting,
        northing=northing,
        date_form=rng.randrange(100),
        time_form=rng.randrange(100),
    )


def _draw_qualifiers(rng: Random, covid_share: float) -> str:
    chosen = [name for name in QUALIFIERS if rng.random() < 0.08]
    if rng.random() < covid_share:
        chosen.insert(0, COVID)
    return "; ".join(chosen)


def _draw_point(rng: Random, place: int) -> tuple[int, int]:
    """A point in an invented grid of wards; (0,0) where the force could not place the call."""
    if rng.random() < NOWHERE_SHARE:
        return 0, 0
    easting = 447_500 + place % 4 * 1_500 + rng.randrange(-700, 700)
    northing = 334_500 + place // 4 * 3_000 + rng.randrange(-1_400, 1_400)
    return easting, northing
