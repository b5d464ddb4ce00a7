"""Turns a drawing into a PNG on white paper, or into an SVG that is one element of a page and takes its colours.

What is drawn is in `charts.py`. Nothing of the clock or of the machine stands in the bytes.
"""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

from cs_pipeline.reports.palette import LIGHT

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Form = Literal["svg", "png"]

DPI = 180
# matplotlib knows no CSS: each colour of a page is drawn as a number of no other use, and replaced by its name.
_SIGNS = {name: f"#01fe{place:02x}" for place, name in enumerate(LIGHT)}
_NAMES = {sign: name for name, sign in _SIGNS.items()}
_SETTINGS: dict[Any, Any] = {
    "font.family": "DejaVu Sans",  # Comes with matplotlib, so a picture is the same on every machine.
    "font.size": 8.5,
    "lines.scale_dashes": False,
    "lines.solid_capstyle": "round",
    "text.parse_math": False,  # Else $$ in a name would be set as a formula.
    "svg.fonttype": "none",
}


def find_colours(form: Form) -> dict[str, str]:
    return _SIGNS if form == "svg" else LIGHT


@contextmanager
def drawing(name: str) -> Iterator[None]:
    """The settings of one picture. The ids of an SVG come from its name, so they are its own among those of a page."""
    from matplotlib import rc_context

    with rc_context({**_SETTINGS, "svg.hashsalt": name}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph ")  # A name may hold a character that the font lacks.
        yield


def save_picture(figure: "Figure", form: Form, words: str) -> bytes:
    """The bytes; `words` become the label of an SVG. To be called while `drawing` is open."""
    file = BytesIO()
    if form == "png":
        figure.savefig(file, format="png", dpi=DPI, facecolor=LIGHT["paper"], metadata={"Software": None})
        return file.getvalue()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(file, format="svg", facecolor="none", metadata=nothing)
    return _make_inline(file.getvalue().decode(), words).encode()


def _make_inline(svg: str, words: str) -> str:
    """Without a prolog, a style that would hold for the whole page, and ids to which nothing refers."""
    _, _, element = svg.partition("<svg ")
    opening, _, body = element.partition(">")
    size = " ".join(re.findall(r'(?:width|height|viewBox)="[^"]+"', opening))
    body = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", body, count=1, flags=re.DOTALL)
    body = re.sub(r"<[^>]+>", lambda found: _make_tag_inline(found[0]), body)
    label = f'role="img" aria-label="{escape(words)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {label} stroke-linejoin="round">{body.strip()}'


def _make_tag_inline(tag: str) -> str:
    if tag.startswith("<g "):
        return re.sub(r' id="[^"]*"', "", tag)
    tag = tag.replace("xlink:href", "href").replace("font-family: 'DejaVu Sans'", "font-family: inherit")
    return re.sub(r"#01fe[0-9a-f]{2}", lambda found: f"var(--{_NAMES[found[0]]})", tag)
