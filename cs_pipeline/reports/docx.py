"""A pack as a Word document to paste into a committee report: real headings, captions and tables, and no macro.

How it looks is in `docx_style.py`, how a table is written in `docx_table.py`.
"""

from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.reports.docx_style import LANDSCAPE_MM, PORTRAIT_MM, W, new_document, style_id
from cs_pipeline.reports.docx_table import TWIPS_IN_MM, Pictures, is_wider, table_xml, text
from cs_pipeline.reports.pack import AUTHOR, Chart, Pack, Section, Table
from cs_pipeline.reports.zips import fix_zip

if TYPE_CHECKING:
    from docx.document import Document

LONGEST_PROPERTY = 255  # Word's limit of a title among the properties.


def write_docx(pack: Pack, path: Path) -> None:
    """Writes the pack, already `clean`, as a Word document of A4: landscape where one of its tables needs the width.

    Every cell stands in full, whatever its length. The paper and every style are the document's own, so pasted tables
    keep their look; a heading of level 2 becomes Heading 1, for the title is no heading to Word.
    """
    is_landscape = any(is_wider(table, PORTRAIT_MM) for table in pack.tables if table.rows)
    document = new_document(is_landscape)
    writer = _Writer(document, LANDSCAPE_MM if is_landscape else PORTRAIT_MM)
    _frame(document, pack, writer.text_mm)
    _describe(document, pack)
    writer.add(pack.title, "Title")
    writer.add(pack.subtitle, "Subtitle")
    writer.add(pack.cut_on, "Normal")
    for section in pack.sections:
        writer.add_section(section)
    if pack.marks:
        writer.add_section(Section("Shorthand", listed=tuple(f"{mark} {said}" for mark, said in pack.marks.items())))
    document.save(str(path))
    fix_zip(path)


class _Writer:
    """Adds to the end of a document whose text is `text_mm` wide."""

    def __init__(self, document: "Document", text_mm: int) -> None:
        self.document = document
        self.text_mm = text_mm
        self.pictures = Pictures(document.part)

    def add(self, said: str, style: str) -> None:
        self.add_xml(f'<w:p {W}><w:pPr><w:pStyle w:val="{style_id(style)}"/></w:pPr>{text(said)}</w:p>')

    def add_xml(self, xml: str) -> None:
        from docx.oxml import parse_xml

        self.document.element.body.insert_element_before(parse_xml(xml), "w:sectPr")

    def add_section(self, section: Section) -> None:
        self.add(section.title, f"Heading {min(max(section.level - 1, 1), 3)}")
        for sentence in section.sentences:
            self.add(sentence, "Normal")
        for item in section.listed:
            self.add(item, "List Bullet")
        for table in section.tables:
            self.add_table(table)
        for chart in section.charts:
            self.add_chart(chart)

    def add_table(self, table: Table) -> None:
        self.add(table.title, "Caption")
        if table.rows:
            self.add_xml(table_xml(table, self.text_mm, self.pictures))
        else:
            self.add(table.empty, "Normal")

    def add_chart(self, chart: Chart) -> None:
        from cs_pipeline.reports.charts import draw_chart

        self.add(chart.title, "Caption")
        picture = self.pictures.place(draw_chart(chart, "png"), chart.words, round(self.text_mm * TWIPS_IN_MM))
        self.add_xml(f'<w:p {W}><w:pPr><w:pStyle w:val="Chart"/></w:pPr>{picture}</w:p>')
        self.add_table(chart.data)


def _frame(document: "Document", pack: Pack, text_mm: int) -> None:
    """Who may read it above every page; the title and the number of the page below."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.oxml import parse_xml
    from docx.shared import Mm

    section = document.sections[0]
    section.header.paragraphs[0].text = pack.notice
    footer = section.footer.paragraphs[0]
    footer.paragraph_format.tab_stops.add_tab_stop(Mm(text_mm), WD_TAB_ALIGNMENT.RIGHT)
    footer.text = f"{pack.title}\tPage "
    for said in ("PAGE", " of ", "NUMPAGES"):
        if said.isupper():
            footer._p.append(parse_xml(f'<w:fldSimple {W} w:instr="{said}">{text("1")}</w:fldSimple>'))
        else:
            footer.add_run(said)


def _describe(document: "Document", pack: Pack) -> None:
    properties = document.core_properties
    properties.title, properties.subject = pack.title[:LONGEST_PROPERTY], pack.subtitle[:LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = AUTHOR
    properties.comments, properties.language, properties.revision = "", "en-GB", 1
    properties.created = properties.modified = pack.cut_at.astimezone(UTC)
