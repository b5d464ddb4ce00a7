"""`cs run` and `cs rollback`: making publications, and going back to an older one."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cs_pipeline.cli.common import Asked, Verbs, add_sources, add_verb
from cs_pipeline.words.settings import Settings, read_settings

if TYPE_CHECKING:
    from cs_pipeline.operate.night import Listener, Outcome
    from cs_pipeline.operate.packs import MadePacks

MOST_SENTENCES = 12


def add_verbs(verbs: Verbs) -> None:
    parser = add_verb(
        verbs,
        "run",
        "Take in what is new, build what is stale, publish, write the packs that are due.",
        "cs run --sources sources --warehouse warehouse",
        run,
    )
    add_sources(parser)
    add_verb(verbs, "rollback", "Point the publication's link at the one before.", "cs rollback", rollback)


def run(asked: Asked) -> int:
    """Does nothing, in well under a second, when no file has moved; starts a Dagster run only when there is work."""
    settings = read_settings(asked.sources, asked.warehouse)
    if not settings.sources.is_dir():
        print(
            f"cs: there is no folder {settings.sources}. Give the folder of the deliveries with --sources.",
            file=sys.stderr,
        )
        return 3
    from cs_pipeline.operate import seen
    from cs_pipeline.operate.packs import are_looked_at

    code = seen.nothing_moved(settings) if are_looked_at(settings) else None
    if code is None:
        from cs_pipeline.operate.night import has_work, one_at_a_time

        with one_at_a_time(settings):
            if has_work(settings) or not are_looked_at(settings):
                return _work(settings)
            code = seen.remembered_code(settings)
            seen.remember(settings, code)
    print("Nothing new: no delivery to take in and no table to build, so no run was started.")
    print(f"Published: {settings.publication}")
    print_packs(settings)
    return code


def _work(settings: Settings) -> int:
    from cs_pipeline.orchestration.run import run_in_dagster

    print(f"Taking in deliveries from {settings.sources}")
    outcome = run_in_dagster(settings, make_printer())
    if outcome.packs:
        print()
    print_outcome(settings, outcome)
    print_packs(settings, outcome.packs)
    return outcome.exit_code


def make_printer() -> "Listener":
    """Prints what happens in a run as it happens, one line a delivery, and a line that moves while tables are built."""
    from cs_pipeline.cli.look import count_rows
    from cs_pipeline.operate.night import Listener
    from cs_pipeline.warehouse.take import Taken

    class Printer(Listener):
        n_arrivals = n_taken = n_tables = n_packs = 0

        def starting(self, n_arrivals: int) -> None:
            self.n_arrivals = n_arrivals
            print(f"{n_arrivals} new files.")

        def taken(self, taken: Taken) -> None:
            self.n_taken += 1
            reading = taken.reading
            of = f"{self.n_taken}/{self.n_arrivals}" if taken.is_new else "again"
            name = f"  {of:>7}  {reading.title}: {reading.file_name}"
            if reading.is_refused:
                print(f"{name} — refused")
            else:
                print(f"{name} — {count_rows(reading)}")
            for sentence in reading.sentences()[:MOST_SENTENCES]:
                print(f"           {sentence}")
            if (more := len(reading.findings) - MOST_SENTENCES) > 0:
                print(f"           … and {more} more; cs status lists them all.")

        def building(self, table: str) -> None:
            self.n_tables += 1
            if self.n_tables == 1:
                print("Building tables", end="", flush=True)
            print(".", end="", flush=True)

        def judged(self, connection: object, verdict: object) -> None:
            print(f" {self.n_tables} built." if self.n_tables else "No table was stale.")

        def packed(self, made: "MadePacks") -> None:
            self.n_packs += 1
            print("Writing packs" if self.n_packs == 1 else "", end=".", flush=True)  # _work ends the line

    return Printer()


def print_outcome(settings: Settings, outcome: "Outcome") -> None:
    """What the gate found, and where the result is."""
    verdict = outcome.verdict
    for note in outcome.notes:
        print(note)
    if verdict is not None:
        _print_list("Not published, because this must hold and does not:", verdict.fails)
        _print_list("Held, so shown as not available with its reason:", verdict.holds)
        _print_list("Worth knowing:", verdict.warns)
        _print_list("Refused deliveries:", verdict.refused)
        _print_list("Packs that were not written:", tuple(outcome.stopped))
    if outcome.publication is not None:
        print(f"Published: {settings.publication}")
        print(f"           which is {outcome.publication.path.name}; older ones are kept beside it.")
    elif outcome.exit_code < 2:
        print(f"Nothing changed in what is published: {settings.publication}")
    print('Look at it with: cs status, or cs sql "select * from marts.figure_against_plan where not agrees"')


def print_packs(settings: Settings, packs: "Sequence[MadePacks]" = ()) -> None:
    """Where the packs are, and which of them were written now."""
    if settings.reports.is_dir():
        print(f"Packs for meetings, as workbook, page, document and flat files: {settings.reports}")
    for made in packs:
        print(f"  {made.folder.name}: {made.ask.kind}, {len(made.files)} files written")


def _print_list(heading: str, sentences: tuple[str, ...]) -> None:
    if sentences:
        print(heading)
    for sentence in sentences[:MOST_SENTENCES]:
        print(f"  - {sentence}")
    if (more := len(sentences) - MOST_SENTENCES) > 0:
        print(f"  … and {more} more; cs status lists them all.")


def rollback(asked: Asked) -> int:
    """Points the links at the publication before the current one. A run that finds something new publishes again."""
    from cs_pipeline.operate.night import one_at_a_time
    from cs_pipeline.publish.release import roll_back

    settings = read_settings(None, asked.warehouse)
    with one_at_a_time(settings):
        target = roll_back(settings)
    if target is None:
        print("cs: there is no older publication to go back to. Nothing was changed.", file=sys.stderr)
        return 2
    print(f"Published again: {target.name}")
    return 0
