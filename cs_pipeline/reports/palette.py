"""The colours of a pack on light and on dark paper, by what they stand for; the forms name no colour themselves.

Text has a contrast of 4.5:1 at least, and a line or a shape of 3:1 (WCAG 2.2, 1.4.3 and 1.4.11). Bands and shades lie
under both and carry no meaning alone.
"""

LIGHT = {
    "paper": "#ffffff",
    "ink": "#1d2329",
    "faint": "#4d5a66",
    "line": "#808b96",
    "shade": "#e8eef3",
    "link": "#0b4f8a",
    "series": "#0b4f8a",
    "target": "#9a3d00",
    "limit": "#5c6873",
    "band": "#e8eef3",
    "green": "#1b6b2f",
    "amber": "#8a5200",
    "red": "#b01717",
}
DARK = {
    "paper": "#14191e",
    "ink": "#e6eaee",
    "faint": "#b0bbc5",
    "line": "#76828d",
    "shade": "#26313a",
    "link": "#8ec5f7",
    "series": "#8ec5f7",
    "target": "#ffb077",
    "limit": "#9aa6b1",
    "band": "#222c35",
    "green": "#7fd394",
    "amber": "#f0b45a",
    "red": "#ff9a90",
}
