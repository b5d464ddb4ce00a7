"""An empty Word document of A4 in the styles of a pack. Everything that has a look has it here, none in a paragraph.

The parts of python-docx's own template are replaced: it is American, of Calibri, and half a megabyte. What stands in
the document is in `docx.py`.
"""

from typing import TYPE_CHECKING

from cs_pipeline.reports.palette import LIGHT

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.rel import Relationships

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
KEPT = ("/officeDocument", "/core-properties", "/styles", "/settings", "/numbering", "/theme")
MARGIN_MM, HEADER_MM = 20, 10
PORTRAIT_MM, LANDSCAPE_MM = 210 - 2 * MARGIN_MM, 297 - 2 * MARGIN_MM  # What is left for text.
PADDING = 170  # Left and right of a table's cell together, in twips.

_COLOURS = {name: colour.lstrip("#") for name, colour in LIGHT.items()}
_INK, _FAINT, _BLUE = (f'<w:color w:val="{_COLOURS[name]}"/>' for name in ("ink", "faint", "link"))
_BOLD = "<w:b/><w:bCs/>"


def _size(points: float) -> str:
    return f'<w:sz w:val="{points * 2:.0f}"/><w:szCs w:val="{points * 2:.0f}"/>'


def _space(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before * 20}" w:after="{after * 20}" w:line="240" w:lineRule="auto"/>'


def _heading(level: int, points: float, before: int) -> tuple[str, str, str, str, str]:
    paragraph = f'<w:keepNext/><w:keepLines/>{_space(before, 4)}<w:outlineLvl w:val="{level - 1}"/>'
    return (f"heading {level}", "Normal", "Normal", paragraph, f"{_BOLD}{_BLUE}{_size(points)}")


# Paragraph styles: name, based on, followed by, properties of the paragraph, properties of its letters.
_BULLET = '<w:numPr><w:numId w:val="1"/></w:numPr>'
_RULE = '<w:pBdr><w:%s w:val="single" w:sz="4" w:space="4" w:color="' + _COLOURS["line"] + '"/></w:pBdr>'
_RIGHT = '<w:jc w:val="right"/>'
PARAGRAPHS = (
    ("Normal", "", "", "", ""),
    ("Title", "Normal", "Subtitle", f"<w:keepNext/>{_space(0, 4)}", f"{_BOLD}{_BLUE}{_size(22)}"),
    ("Subtitle", "Normal", "Normal", _space(0, 14), f"{_FAINT}{_size(13)}"),
    _heading(1, 16, 18),
    _heading(2, 13, 14),
    _heading(3, 11, 12),
    ("List Bullet", "Normal", "List Bullet", f"{_BULLET}{_space(0, 4)}", ""),
    ("caption", "Normal", "Normal", f"<w:keepNext/><w:keepLines/>{_space(12, 4)}", f"{_BOLD}{_size(10)}"),
    ("Chart", "Normal", "Normal", f"<w:keepNext/>{_space(0, 4)}", ""),
    ("header", "Normal", "header", f"{_RULE % 'bottom'}{_space(0, 0)}", f"{_BOLD}{_size(9)}"),
    ("footer", "Normal", "footer", f"{_RULE % 'top'}{_space(0, 0)}", f"{_FAINT}{_size(9)}"),
    ("Table Text", "Normal", "Table Text", _space(0, 0), _size(9)),
    ("Table Number", "Table Text", "Table Number", _RIGHT, ""),
    ("Table Row Heading", "Table Text", "Table Text", "", _BOLD),
    ("Table Heading", "Table Text", "Table Text", "<w:keepNext/>", _BOLD),
    ("Table Heading Right", "Table Heading", "Table Number", _RIGHT, ""),
)
# Styles of letters: the marks beside a number, and the shape before a status.
_SHAPE = '<w:rFonts w:ascii="Segoe UI Symbol" w:hAnsi="Segoe UI Symbol" w:eastAsia="Segoe UI Symbol"/>'
LETTERS = (
    ("Mark", f"{_FAINT}{_size(8)}"),
    *((f"Status {status}", f'{_SHAPE}<w:color w:val="{_COLOURS[status]}"/>') for status in ("green", "amber", "red")),
)


def _border(side: str, eighths: int, colour: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="{_COLOURS[colour]}"/>'


_SIDES = (("top", 45), ("left", PADDING // 2), ("bottom", 45), ("right", PADDING // 2))
_ROOM = "".join(f'<w:{side} w:w="{twips}" w:type="dxa"/>' for side, twips in _SIDES)
TABLES = f"""
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>
  <w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>
<w:style w:type="table" w:customStyle="1" w:styleId="PackTable"><w:name w:val="Pack Table"/>
  <w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
  <w:tblPr><w:tblBorders>{_border("top", 8, "faint")}{_border("bottom", 8, "faint")}{_border("insideH", 4, "line")}
    </w:tblBorders><w:tblCellMar>{_ROOM}</w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{_border("bottom", 8, "faint")}</w:tcBorders>
    <w:shd w:val="clear" w:color="auto" w:fill="{_COLOURS["shade"]}"/><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>
</w:style>"""
DEFAULTS = f"""<w:docDefaults><w:rPrDefault><w:rPr>
  <w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>{_INK}{_size(11)}
  <w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
  <w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault>
</w:docDefaults>"""
NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/><w:lvlText w:val="•"/>
  <w:lvlJc w:val="left"/><w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
SETTINGS = f"""<w:settings {W}><w:defaultTabStop w:val="720"/>
  <w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode"
  w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-GB"/>
  <w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>"""


def new_document(is_landscape: bool) -> "Document":
    """The document, with a header and a footer whose right edge is a tab stop."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.oxml import parse_xml
    from docx.shared import Mm

    document = Document()
    for element, xml in (
        (document.styles.element, f"<w:styles {W}>{DEFAULTS}{_styles()}{TABLES}</w:styles>"),
        (document.part.numbering_part.element, NUMBERING),
        (document.settings.element, SETTINGS),
    ):
        element[:] = parse_xml(xml)[:]
    _drop_others(document.part.rels)
    _drop_others(document.part.package.rels)
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(297), Mm(210)) if is_landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN_MM)
    section.header_distance = section.footer_distance = Mm(HEADER_MM)
    return document


def style_id(name: str) -> str:
    """`Table Text` is `TableText` where a paragraph names its style."""
    return "".join(word[0].upper() + word[1:] for word in name.split())


def _styles() -> str:
    made = []
    for name, base, after, paragraph, letters in PARAGRAPHS:
        own = name.startswith(("Table", "Chart"))
        given = "".join(f'<w:{key} w:val="{style_id(to)}"/>' for key, to in (("basedOn", base), ("next", after)) if to)
        made.append(_style("paragraph", name, own, f"{given}<w:qFormat/><w:pPr>{paragraph}</w:pPr>", letters))
    made += [_style("character", name, True, "<w:qFormat/>", letters) for name, letters in LETTERS]
    return "".join(made)


def _style(kind: str, name: str, own: bool, content: str, letters: str) -> str:
    """A style of ours, or one that Word knows by its name."""
    which = 'w:customStyle="1"' if own else 'w:default="1"' if name == "Normal" else ""
    return (
        f'<w:style w:type="{kind}" {which} w:styleId="{style_id(name)}"><w:name w:val="{name}"/>{content}'
        f"<w:rPr>{letters}</w:rPr></w:style>"
    )


def _drop_others(relations: "Relationships") -> None:
    """Forgets the template's thumbnail, its copies of the styles, and the properties of the machine that made it."""
    for key, relation in list(relations.items()):
        if not relation.reltype.endswith(KEPT):
            relations.pop(key)
