"""The colours of a chart, and the style sheet that changes them for a dark screen.

Shapes carry the light colours as attributes, so that a viewer that ignores style sheets still shows all of it.
"""

from enum import StrEnum

TINTS = 3
"""How many tints take turns on either side of a bar."""


class Role(StrEnum):
    """What a colour is for; the value is its name in the palettes."""

    PAPER = "paper"
    INK = "ink"
    MUTED = "muted"
    HAIRLINE = "hairline"
    FOR = "for"
    AGAINST = "against"
    SCORE = "score"


LIGHT: dict[str, str] = {
    "paper": "#faf9f6",
    "ink": "#1c1b1a",
    "muted": "#615d57",
    "hairline": "#e1ddd4",
    "score": "#8a6116",
    "for": "#0f766e",
    "for-0": "#0f766e",
    "for-1": "#0a5750",
    "for-2": "#3b736e",
    "against": "#b4532a",
    "against-0": "#b4532a",
    "against-1": "#8c3d1c",
    "against-2": "#a05f43",
}

DARK: dict[str, str] = {
    "paper": "#171614",
    "ink": "#e9e6e1",
    "muted": "#a39e96",
    "hairline": "#33312d",
    "score": "#e3b866",
    "for": "#3fa89c",
    "for-0": "#3fa89c",
    "for-1": "#2d8f84",
    "for-2": "#66b5ac",
    "against": "#db7f57",
    "against-0": "#db7f57",
    "against-1": "#c4673f",
    "against-2": "#d89878",
}

CHART = "steelyard-chart"
"""The class of the whole chart."""


def tint(side: Role, place: int) -> str:
    """The colour of a part of a bar, by its side and the place of its criterion."""
    return f"{side}-{place % TINTS}"


def class_of(name: str) -> str:
    """The class of shapes in this colour; its prefix keeps the styles of chart and page around it apart."""
    return f"steelyard-{name}"


_DARK_RULES = "".join(f".{class_of(name)}{{fill:{color}}}" for name, color in DARK.items())

STYLE = f".{CHART} text{{font-variant-numeric:tabular-nums}}@media (prefers-color-scheme:dark){{{_DARK_RULES}}}"
"""The same for every chart, so that a Content-Security-Policy can allow it by its hash."""
