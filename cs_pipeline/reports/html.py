"""Writes a pack as one page for screen, phone and A4. It needs no network and no script.

What it looks like is in `pack.css`, how it is built in `pack.html`; what it says, in `pack.py`.
"""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.reports.charts import draw_chart, draw_line
from cs_pipeline.reports.pack import SHAPES, Chart, Line, Pack
from cs_pipeline.reports.palette import DARK, LIGHT

if TYPE_CHECKING:
    from jinja2 import Template


def write_html(pack: Pack, path: Path) -> None:
    """Writes the page in UTF-8. The pack is clean already; all its text is escaped here, whatever it looks like."""
    said = _read_template().render(pack=pack, shapes=SHAPES, light=LIGHT, dark=DARK)
    path.write_text(said + "\n", encoding="utf-8", newline="\n")


@lru_cache(maxsize=1)
def _read_template() -> "Template":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folder = FileSystemLoader(Path(__file__).parent)
    environment = Environment(
        loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(css=_quote_for_css, picture=_draw, anchor=_name_anchor)
    return environment.get_template("pack.html")


def _draw(drawn: Chart | Line) -> str:
    """The SVG as an element of the page, where its namespace goes without saying."""
    from markupsafe import Markup

    svg = draw_chart(drawn, "svg") if isinstance(drawn, Chart) else draw_line(drawn, "svg")
    return Markup(svg.decode().replace(' xmlns="http://www.w3.org/2000/svg"', "", 1))  # noqa: S704  (ours; escaped)


def _quote_for_css(text: str) -> str:
    r"""A text as a CSS string of letters, figures, spaces and escapes such as `\3c `, so that no `</style>` ends it."""
    from markupsafe import Markup

    plain = (each if each.isascii() and (each.isalnum() or each == " ") else f"\\{ord(each):x} " for each in text)
    return Markup('"{}"').format("".join(plain))


def _name_anchor(mark: str) -> str:
    """Where a mark is explained: `[b]` at `mark-b`."""
    return f"mark-{mark.strip('[]')}"
