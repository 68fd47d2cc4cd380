"""The ranking as a chart in SVG: a bar for each candidate, diverging from 50, with a part for each criterion."""

from steelyard.render.chart.chart import to_svg

__all__ = ["to_svg"]
