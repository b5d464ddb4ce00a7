"""A page of HTML for screen, phone and A4: tags that escape whatever is put into them, tables, and the style.

It stands alone: no network, no script. What the catalogue says is in `catalogue.py`.
"""

from collections.abc import Iterable, Sequence
from html import escape

STYLE = """
:root { color-scheme: light dark; --ink: #1d2329; --faint: #4d5a66; --line: #b4bec8; --head: #e8eef3; --paper: #fff;
  --link: #0b4f8a }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaee; --faint: #b0bbc5; --line: #4e5a65; --head: #26313a;
  --paper: #14191e; --link: #8ec5f7 } }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 1.5rem; max-width: 80rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 "Segoe UI", "Liberation Sans", Arial, sans-serif; overflow-wrap: break-word }
a { color: var(--link) }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .5rem }
h2 { font-size: 1.5rem; margin: 0 0 .25rem }
h3 { font-size: 1.15rem; margin: 1.75rem 0 .25rem }
p { margin: .25rem 0 .75rem; max-width: 48rem }
section { border-top: 3px solid var(--line); margin-top: 3rem; padding-top: 1rem }
code { font: .9em "Cascadia Mono", "Liberation Mono", Consolas, monospace; color: var(--faint) }
dl { display: grid; grid-template-columns: minmax(9rem, max-content) 1fr; gap: .3rem 1.25rem; margin: .5rem 0 }
dt { font-weight: 600 }
dd { margin: 0; max-width: 48rem }
ul { margin: 0; padding-left: 1.1rem }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; font-size: .925rem; line-height: 1.4 }
caption { text-align: left; font-weight: 600; padding: .5rem 0 }
th, td { text-align: left; vertical-align: top; padding: .45rem .6rem; border: 1px solid var(--line) }
thead th { background: var(--head) } tbody th { width: 20% }
.columns td:nth-child(2) { width: 26% } .columns td:last-child { width: 20%; overflow-wrap: anywhere }
.quiet { color: var(--faint); display: block }
@media screen and (max-width: 45rem) {
  body { padding: 1rem }
  dl { grid-template-columns: 1fr; gap: 0 } dd { margin-bottom: .5rem }
  table, caption, tbody, tr, th, td { display: block } thead { display: none }
  tr { border: 1px solid var(--line); margin-bottom: .75rem }
  tbody th, tbody td { border: 0; width: auto !important } tbody th { background: var(--head) }
  td::before { content: attr(data-label); display: block; font-weight: 600; font-size: .85em; color: var(--faint) }
}
@media print {
  @page { size: A4; margin: 14mm 12mm }
  :root { --ink: #000; --faint: #333; --line: #888; --head: #eee; --paper: #fff; --link: #000; color-scheme: light }
  html { font-size: 8.5pt } body { padding: 0; max-width: none; line-height: 1.35 }
  table { width: 99.8% } th, td { padding: .25rem .4rem }
  section { break-before: page; border: 0; margin: 0; padding: 0 }
  h2, h3, caption, thead { break-after: avoid } tr { break-inside: avoid } thead { display: table-header-group }
  tbody tr:first-child { break-before: avoid }
  .back { display: none }
}
"""


class Html(str):
    """Markup; any other text is escaped where it is put into a tag."""

    __slots__ = ()


def tag(name: str, *content: str, **attributes: str) -> Html:
    """One element; an attribute without a value is left out, and `class_` and `data_label` are written as HTML does."""
    named = ((key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items() if value)
    given = "".join(f' {key}="{escape(value)}"' for key, value in named)
    return Html(f"<{name}{given}>{join(*content)}</{name}>")


def join(*content: str) -> Html:
    return Html("".join(each if isinstance(each, Html) else escape(each) for each in content))


def lines(texts: Iterable[str]) -> Html:
    """A list, or its only text as it is."""
    listed = list(texts)
    return join(*listed) if len(listed) < 2 else tag("ul", *(tag("li", text) for text in listed))


def facts(known: Iterable[tuple[str, str]]) -> Html:
    """Names with what is known of each; those of which nothing is known are left out."""
    return tag("dl", *(join(tag("dt", name), tag("dd", said), "\n") for name, said in known if said))


def table(caption: str, headings: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "") -> Html:
    """Rows with their first cell as heading. Roles keep it a table for those who hear it on a phone, where cells stand
    under each other.
    """
    heads = (tag("th", heading, scope="col", role="columnheader") for heading in headings)
    body = (
        tag(
            "tr",
            tag("th", row[0], scope="row", role="rowheader"),
            *(tag("td", said, role="cell", data_label=head) for head, said in zip(headings[1:], row[1:], strict=True)),
            role="row",
        )
        for row in rows
    )
    return tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", *heads, role="row"), role="rowgroup"),
        tag("tbody", *(join(row, "\n") for row in body), role="rowgroup"),
        role="table",
        class_=kind,
    )


def page(title: str, *content: str) -> Html:
    head = join(
        Html('<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'),
        tag("title", title),
        tag("style", Html(STYLE)),
    )
    return Html(f'<!doctype html>\n<html lang="en-GB">\n<head>\n{head}\n</head>\n{tag("body", *content)}\n</html>\n')
