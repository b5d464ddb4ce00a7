"""Puts a copy for the supplier under `warehouse/quarantine/<source>/` for each delivery with findings.

What stands in it is `intake/mark.py`. A delivery that is read again without findings loses its copy.
"""

from pathlib import Path

from cs_pipeline.declare.registry import source_named
from cs_pipeline.intake.child import Reader
from cs_pipeline.intake.mark import may_return_workbook, write_copy
from cs_pipeline.intake.reading import Reading
from cs_pipeline.intake.seal import Key
from cs_pipeline.warehouse.ledger import Delivery
from cs_pipeline.words.findings import Refused
from cs_pipeline.words.settings import Settings


def give_back(
    settings: Settings, reader: Reader, delivery: Delivery, reading: Reading, path: Path, key: Key | None
) -> Path | None:
    """Writes the copy of one delivery, or takes it away where there is nothing to say; returns where it is.

    A workbook that cannot be copied, or may not be, goes back as the list of its findings alone.
    """
    folder = settings.quarantine / delivery.source
    for old in folder.glob(f"*{delivery.sha256[:12]}.xlsx"):
        old.unlink()
    if not reading.findings:
        return None
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    to = folder / f"{Path(delivery.file_name).stem} {delivery.sha256[:12]}.xlsx".lstrip()
    part = to.with_suffix(".part")
    source = source_named(delivery.source)
    only_list = not may_return_workbook(source, delivery.file_name) or not reading.may_be_kept
    for alone in (only_list, True):
        try:
            asked = (source.name, path, delivery.file_name, reading.findings, part, key)
            reader.call(write_copy, *asked, only_list=alone)
            part.replace(to)
            return to
        except Refused:
            part.unlink(missing_ok=True)
    return None
