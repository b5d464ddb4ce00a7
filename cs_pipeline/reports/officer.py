"""The page for the information governance officer: the policy, what it hides now, and what the audit does and does not
prove.

It tells which figures are protected and why, so it is for inside use, but it holds no protected number.
"""

from collections import Counter
from datetime import UTC
from typing import TYPE_CHECKING

from cs_pipeline.disclosure.policy import Policy
from cs_pipeline.disclosure.protection import Protection, say_key
from cs_pipeline.disclosure.told import BOROUGH
from cs_pipeline.disclosure.versions import Key
from cs_pipeline.figures.trace import read_rows
from cs_pipeline.reports.pack import Column, Pack, Section, Table, clean
from cs_pipeline.reports.parts import make_table
from cs_pipeline.words.days import say_day

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

NOTICE = (
    "For the information governance officer, inside the council: no protected number is here, but which are small is."
)
CLASSES = {
    "not_people": "Counts of no people: offences, premises, licences",
    "person_ordinary": "Ordinary counts of people: cases of anti-social behaviour and their like",
    "person_sensitive": "Sensitive counts of people: domestic abuse, hate crime, the panel, encampments",
}
OPEN = {
    "published": "It was published, and is small: it is shown as it was printed.",
    "known": "It follows from what was published, or for a ward from what is open of the borough: it is shown, or "
    "named here where it is only narrowed.",
    "shown": "Numbers that were published, with counts that are about nobody, give it away.",
}
PROVES = (
    "The reader in mind knows every number that any pack of the publication could show, whether or not it is in the "
    "pack at hand, and every number on the register: the plan of 2023–26 as printed, and all that was published since.",
    "He knows what adds up to what: quarters and their year, year to date and odd period, wards and the borough, bands "
    "and their whole, a percentage and what it is taken of as far as it is printed, one count inside another, and all "
    "this again for each earlier version that was published. He knows the policy, and that nobody is less than none.",
    "For each hidden count the audit solves what he could: if it has one answer, or fewer than {least}, no pack is "
    "written, and the message names the figure and what it would follow from.",
    "Status, trend, noise, year-end estimates and charts are reckoned anew from the open numbers alone, in a copy of "
    "the warehouse that holds no protected number. Then every finished pack is read once more: a cell, a point of a "
    "chart or a sentence that tells of a protected number stops it.",
)
PROVES_NOT = (
    "That nobody recognises somebody by what he knows himself: a neighbour may know one of two cases.",
    "That two hidden numbers cannot be compared: that one is larger may follow where neither is narrowed too far.",
    "Anything against a reader who works backwards from how numbers to hide were chosen, of several that would do: he "
    "may find one choice likelier than another.",
    "Anything of numbers that the police, the Home Office or others publish, unless they are put on the register.",
    "That a comment typed by an officer tells of nobody. A comment on a hidden figure is left out. So is one on an "
    "indicator with any hidden figure that names a number, in figures or in words up to twelve, which is none of its "
    "open ones. The rest is for its author to weigh.",
    "Anything of packs made with --internal, or of the warehouse that analysts query: both hold every number.",
)
RUN = (
    "cs report quarterly 2021-22-Q3 --for members writes a pack for the public; it is audited each time.",
    "cs report quarterly 2021-22-Q3 --for gmt --internal writes one with every number, for inside use.",
    "cs register quarterly 2021-22-Q3 --for members --on 10/02/2022 puts a pack that went out on the register.",
    "cs disclosure writes this page again. The policy is cs_pipeline/disclosure/policy.yml; a change of it is a new "
    "version with its reason and who approved it.",
    "make proof attacks ten thousand random tables, and make test a sample of them.",
)


def officer_pack(publication: "Connection", protection: Protection) -> Pack:
    """The page, from a publication and what was found of it."""
    policy = protection.policy
    cut = read_rows(publication, "select published_at from meta.publication")[0]["published_at"].replace(tzinfo=UTC)
    sections = (
        Section("In short", _in_short(protection)),
        Section("The policy", _policy_words(policy), (), (_classes(policy, protection), _audiences(policy))),
        Section("What is hidden now", (), (), (_hidden(publication, protection),)),
        Section("What cannot be protected", (), (), (_open(protection),)),
        Section("What the audit proves", (), tuple(said.format(least=policy.least_values) for said in PROVES)),
        Section("What it does not prove", (), PROVES_NOT),
        Section("How to run it", (), RUN),
    )
    names = ("Disclosure control", "What is protected of the figures about people, how, and what the audit proves")
    return clean(Pack("disclosure", *names, "officer", NOTICE, cut, sections))


def _in_short(protection: Protection) -> tuple[str, ...]:
    found = protection.sentence or "The audit found no hidden number that can be worked out or narrowed too far."
    return (_told("figures about people", protection, False), _told("numbers of wards", protection, True), found)


def _told(what: str, protection: Protection, of_wards: bool) -> str:
    now = _now(protection, of_wards)
    why = Counter(protection.pattern.why[key] for _, key in now if key in protection.pattern.hidden)
    small = "small, or there are too few to tell them by ward" if of_wards else "small"
    return (
        f"Of {len(now):,} {what}, {sum(why.values()):,} are hidden: {why['small']:,} because they are {small}, and "
        f"{why['covers']:,} because they would give one away."
    )


def _now(protection: Protection, of_wards: bool) -> list[tuple[str, Key]]:
    """Code and key of every figure about people as it stands, of the borough or of its wards."""
    return [
        (slot[0], next(iter(of.values())))
        for slot, of in protection.equations.figures.items()
        if slot[0] in protection.about_people and (slot[3] != BOROUGH) == of_wards
    ]


def _policy_words(policy: Policy) -> tuple[str, ...]:
    return (
        f"Version {policy.version}, since {say_day(policy.since)}, approved by {policy.approved_by}. {policy.because}",
        f"A hidden count must be able to be any of at least {policy.least_values} numbers. A count is told by ward "
        f"only where the borough's comes to {policy.least_per_ward} a ward.",
    )


def _classes(policy: Policy, protection: Protection) -> Table:
    kept = Counter(each.sensitivity for each in protection.equations.kept.values())
    rows = [
        {
            "class": words,
            "threshold": f"below {of.threshold}" if of.threshold else "never hidden",
            "zeros": of.zeros if of.threshold else "shown",
            "rounding": f"to {of.rounds_to}" if of.rounds_to else "none",
            "n_indicators": kept[name],
        }
        for name, words in CLASSES.items()
        for of in [getattr(policy.classes, name)]
    ]
    columns = (
        Column("class", "Class", width=40),
        Column("threshold", "Hidden", width=14),
        Column("zeros", "Zeros", width=10),
        Column("rounding", "Rounding", width=10),
        Column("n_indicators", "Indicators", "number"),
    )
    return make_table("classes", "Classes of counts", columns, rows, "None.")


def _audiences(policy: Policy) -> Table:
    rows = [{"audience": name, "reads": "public and protected, always"} for name in policy.audiences.public]
    words = "public and protected, or with --internal every number"
    rows += [{"audience": name, "reads": words} for name in policy.audiences.may_be_internal]
    columns = (Column("audience", "Pack", width=20), Column("reads", "Is", width=60))
    return make_table("audiences", "Who reads what", columns, rows, "Nobody.")


def _hidden(publication: "Connection", protection: Protection) -> Table:
    titles = {row["indicator_code"]: row for row in read_rows(publication, "from meta.indicator")}
    now, hidden = _now(protection, False), Counter[tuple[str, str]]()
    for code, key in now:
        if key in protection.pattern.hidden:
            hidden[code, protection.pattern.why[key]] += 1
    rows = [
        {
            "indicator_code": code,
            "indicator_title": titles[code]["indicator_title"],
            "class": protection.equations.kept[code].sensitivity.replace("_", ", "),
            "n_figures": n,
            "n_small": hidden[code, "small"],
            "n_covers": hidden[code, "covers"],
        }
        for code, n in sorted(Counter(code for code, _ in now).items())
    ]
    columns = (
        Column("indicator_code", "Code", "code"),
        Column("indicator_title", "Indicator", width=40),
        Column("class", "Class", width=16),
        Column("n_figures", "Figures", "number"),
        Column("n_small", "Hidden: small", "number"),
        Column("n_covers", "Hidden with one", "number"),
    )
    return make_table("hidden", "Figures about people, and how many are hidden", columns, rows, "None.", 1)


def _open(protection: Protection) -> Table:
    """By indicator and reason, so that a page shows them all."""
    found: dict[tuple[str, str], list[str]] = {}
    for each in protection.pattern.open:
        found.setdefault((each.key[0], each.why), []).append(say_key(each.key).removeprefix(f"{each.key[0]} for "))
    rows = [
        {"indicator_code": code, "n_figures": len(told), "periods": ", ".join(told), "why": OPEN[why]}
        for (code, why), told in sorted(found.items())
    ]
    columns = (
        Column("indicator_code", "Code", "code"),
        Column("n_figures", "Figures", "number", 6),
        Column("periods", "Which", width=60),
        Column("why", "Why", width=40),
    )
    title = "Small counts that are public already, or follow from what is"
    return make_table("open", title, columns, rows, "None: every small count is protected.")
