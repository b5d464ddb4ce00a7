"""Notes that officers type in Pentana: HTML, entities and line feeds, read as one line of plain words.

What can only lead to a person, a number to call or an address, is taken out. A name among the words is not recognised.
"""

from html.parser import HTMLParser

from cs_pipeline.words.harmless import CONTACTS

REMOVED = "[removed]"
_HIDDEN = ("script", "style")


class _Words(HTMLParser):
    """Gathers the texts of a piece of HTML; a tag parts words, and what no reader sees is left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in _HIDDEN
        if tag not in ("b", "i", "u", "em", "strong", "span", "a", "font"):
            self.texts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = max(0, self.hidden - (tag in _HIDDEN))
        if tag in ("p", "div", "li", "td", "tr"):
            self.texts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.texts.append(data)


def plain_note(text: str) -> str | None:
    """The words of a note; None where there are none. `<p>On&nbsp;track</p>` is `On track`."""
    words = _Words()
    words.feed(text)
    words.close()
    said = " ".join("".join(words.texts).replace("\xa0", " ").split())
    return CONTACTS.sub(REMOVED, said) or None
