"""Turns an openpyxl workbook or a text into a file that holds the same bytes whenever it is written.

What stands in the workbook is decided by the modules beside this one.
"""

import datetime as dt
import io
import zipfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

WRITTEN_AT = dt.datetime(2023, 4, 1)  # noqa: DTZ001  a document property holds no time zone
ZIPPED_AT = (2023, 4, 1, 0, 0, 0)
MADE_ON_UNIX = 3


def save(workbook: Workbook, path: Path) -> None:
    """Write `workbook` to `path`, replacing what is there; folders are made.

    `Workbook.save` stamps the time of writing into the properties and every zip entry, so it is not used.
    """
    workbook.properties.creator = "cs_pipeline.samples"
    workbook.properties.created = WRITTEN_AT
    workbook.properties.modified = WRITTEN_AT
    written = io.BytesIO()
    ExcelWriter(workbook, zipfile.ZipFile(written, "w", allowZip64=True)).save()
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(path, "w") as target:
        for name in sorted(source.namelist()):
            entry = zipfile.ZipInfo(name, ZIPPED_AT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = MADE_ON_UNIX
            entry.external_attr = 0o644 << 16
            target.writestr(entry, source.read(name), compresslevel=9)


def write(path: Path, text: str) -> None:
    """Write `text` as UTF-8 with the line ends it has; folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
