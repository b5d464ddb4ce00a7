"""Archives of the same content are the same bytes, whenever and in whatever order they were written."""

from pathlib import Path
from zipfile import ZipFile, ZipInfo

from cs_pipeline.reports.zips import fix_zip

MEMBERS = {"word/document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>", "_rels/.rels": b"<r/>"}


def write(path: Path, names: list[str], year: int) -> Path:
    with ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(ZipInfo(name, (year, 5, 6, 7, 8, 10)), MEMBERS[name])
    return path


def test_neither_time_nor_order_shows(tmp_path: Path) -> None:
    one = write(tmp_path / "one.docx", list(MEMBERS), 2022)
    two = write(tmp_path / "two.docx", list(reversed(MEMBERS)), 2031)
    assert one.read_bytes() != two.read_bytes()
    fix_zip(one)
    fix_zip(two)
    assert one.read_bytes() == two.read_bytes()
    with ZipFile(one) as archive:
        assert archive.namelist() == ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]
        assert {name: archive.read(name) for name in MEMBERS} == MEMBERS
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert sorted(tmp_path.iterdir()) == [one, two]
