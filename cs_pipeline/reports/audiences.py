"""Who reads the packs of a quarter, and what each of them gets: data alone. The packs are made in `quarterly.py`."""

from dataclasses import dataclass

FULL = ("code", "title", "quarter", "target", "status", "trend", "to_date", "previous", "status_to_date",
        "trend_to_date", "noise", "outlook", "history", "comment")  # fmt: skip
BRIEF = ("code", "title", "to_date", "target_to_date", "status_to_date", "previous", "trend_to_date", "outlook",
         "history", "comment")  # fmt: skip


@dataclass(frozen=True)
class Audience:
    """Who reads a pack: its subtitle, the sets it shows and draws large, its columns, and whether it is for managers.

    `most_drawn` is how many charts a section has at most; `services` says that there is a pack for each service.
    """

    subtitle: str
    sets: tuple[str, ...]
    drawn: tuple[str, ...]
    columns: tuple[str, ...] = FULL
    most_drawn: int | None = None
    manages: bool = False
    services: bool = False


AUDIENCES = {
    "members": Audience("Members Matters: quarterly performance", ("CSI", "KPI"), ("CSI",)),
    "gmt": Audience("General Management Team: quarterly monitoring", ("CSI", "KPI", "MPI"), ("CSI",), manages=True),
    "cabinet": Audience(
        "Cabinet and Overview and Scrutiny: progress by objective", ("CSI",), ("CSI",), BRIEF, most_drawn=1
    ),
    "service": Audience(
        "Quarterly report of the service",
        ("CSI", "KPI", "MPI", "service data"),
        ("CSI", "KPI", "MPI"),
        services=True,
    ),
}
