"""Files that are zip archives, written so that the same content gives the same bytes (.docx; XlsxWriter does it)."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

CONTENT_TYPES = "[Content_Types].xml"  # Office expects it first.
EARLIEST = (1980, 1, 1, 0, 0, 0)


def fix_zip(path: Path) -> None:
    """Writes the archive again with its members in order of name, and without the times at which they were added."""
    with ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    fixed = path.with_name(f"{path.name}.fixed")
    with ZipFile(fixed, "w", ZIP_DEFLATED) as archive:
        for name in sorted(members, key=lambda name: (name != CONTENT_TYPES, name)):
            info = ZipInfo(name, EARLIEST)
            info.compress_type = ZIP_DEFLATED
            info.create_system = 0  # Else it says on which system it was made.
            archive.writestr(info, members[name])
    fixed.replace(path)
