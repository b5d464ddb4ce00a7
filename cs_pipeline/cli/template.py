"""`cs template`: an empty return of one source, to be filled in and sent."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.cli.common import Asked, Verbs, add_verb
from cs_pipeline.words.settings import read_settings

if TYPE_CHECKING:
    from cs_pipeline.declare.source import Source


def add_verbs(verbs: Verbs) -> None:
    parser = add_verb(
        verbs,
        "template",
        "Write an empty return of a source, to be filled in.",
        'cs template marac --to "/tmp/MARAC return.xlsx"',
        template,
    )
    parser.add_argument("source", metavar="SOURCE", help="name of the source, as in sources/catalogue.html")
    parser.add_argument("--to", metavar="FILE", help='file to write (default: "SOURCE template.xlsx", or .csv, here)')


def template(asked: Asked) -> int:
    """Writes one file and says where; prints the notes of a CSV, which has no room for them. 3 when it may not."""
    from cs_pipeline.declare.registry import all_sources

    known = {source.name: source for source in all_sources()}
    if asked.source not in known:
        print(f"cs: there is no source {asked.source}. Give one of: {', '.join(known)}.", file=sys.stderr)
        return 3
    source = known[asked.source]
    ending = ".csv" if source.form == "flat" else ".xlsx"
    path = Path(asked.to or f"{source.name} template{ending}")
    if wrong := _why_not(path, ending):
        print(f"cs: {wrong}", file=sys.stderr)
        return 3
    _write(source, path, asked)
    return 0


def _why_not(path: Path, ending: str) -> str | None:
    """Why nothing may be written there, as two sentences; None when it may."""
    if path.exists():
        return f"{path} is there already, and nothing was written. Give another file with --to."
    if not path.parent.is_dir():
        return f"there is no folder {path.parent}. Make it first, or give another file with --to."
    if path.suffix.lower() != ending:
        return f"{path} does not end in {ending}, the form of this return. Give it that ending."
    return None


def _write(source: "Source", path: Path, asked: Asked) -> None:
    from cs_pipeline.cli.show import show_table
    from cs_pipeline.operate.said import NOTE_HEADINGS, list_columns, list_notes
    from cs_pipeline.operate.template import make_csv, make_workbook

    settings = read_settings(None, asked.warehouse)
    if source.form == "flat":
        print("\n".join(list_notes(source)))
        show_table("", NOTE_HEADINGS, list_columns(source, source.tables[0]))
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(make_csv(source))
    else:
        workbook = make_workbook(source, settings)
        with path.open("xb") as file:
            workbook.save(file)
    print(f"Written: {path}")
    print(f'Before you send it: cs check "{path}" --source {source.name}')
