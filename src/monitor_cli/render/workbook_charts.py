"""The charts of workbooks, drawn by Excel from cells: bars against thresholds, stacks of misses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.chart import BarChart, LineChart
from openpyxl.chart.marker import DataPoint
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)

from monitor_cli.result import Band

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.chart import Reference
    from openpyxl.chart._chart import ChartBase

BARS = {Band.GREEN: "2E8B57", Band.YELLOW: "D39A00", Band.RED: "C62F38"}
"""The colours of bars (RGB), those of the page."""

_LINES = ("0B57A4", "C62F38", "2E8B57", "8E44AD", "D39A00", "16808A", "5B6572")
_MARKS = ("circle", "square", "triangle", "diamond")
_LINE_WIDTH = 22_000
"""In 12,700ths of a point."""

_FONT = "Arial"
_SMALL, _LARGE = 900, 1200
"""Sizes of letters, in hundredths of a point."""

_MARK = "1A1F26"
_RULE = "D5DCE4"
_UPRIGHT = -2700000
"""Titles under bars rise by 45 degrees, in 60,000ths of one."""


def against_thresholds(  # noqa: PLR0913, PLR0917  (what a chart is made of)
    title: str,
    names: Reference,
    values: Reference,
    thresholds: Reference,
    bands: Sequence[Band | None],
    most: float | None,
) -> ChartBase:
    """Columns of shares in the colours of their `bands`, a dash at the threshold of each.

    The first cell of `values` and of `thresholds` is the title of the series. `most` is where
    the axis ends, of itself without.
    """
    bars = BarChart()
    bars.type = "col"
    bars.gapWidth = 45
    bars.add_data(values, titles_from_data=True)
    bars.set_categories(names)
    [series] = bars.series
    series.graphicalProperties = _filled(BARS[Band.GREEN])
    for at, band in enumerate(bands):
        if band is not None:
            point = DataPoint(idx=at, invertIfNegative=False)
            point.graphicalProperties = _filled(BARS[band])
            series.dPt.append(point)
    dashes = LineChart()
    dashes.add_data(thresholds, titles_from_data=True)
    [of_thresholds] = dashes.series
    of_thresholds.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
    of_thresholds.marker.symbol = "dash"
    of_thresholds.marker.size = 14
    of_thresholds.marker.graphicalProperties = _filled(_MARK)
    of_thresholds.smooth = False
    bars.y_axis.number_format = "0%"
    bars.y_axis.scaling.min = 0
    bars.y_axis.scaling.max = most
    bars.x_axis.txPr = _text(_SMALL, turned=_UPRIGHT)
    bars += dashes
    bars.legend.position = "t"
    return _framed(bars, title)


def stacked(title: str, names: Reference, series: Sequence[tuple[Reference, Band]]) -> ChartBase:
    """Bars of counts, one after the other, the first name on top.

    The first cell of each series is its title.
    """
    bars = BarChart()
    bars.type = "bar"
    bars.grouping = "stacked"
    bars.overlap = 100
    bars.gapWidth = 40
    for reference, band in series:
        bars.add_data(reference, titles_from_data=True)
        bars.series[-1].graphicalProperties = _filled(BARS[band])
    bars.set_categories(names)
    bars.x_axis.scaling.orientation = "maxMin"
    bars.x_axis.txPr = _text(_SMALL)
    bars.y_axis.number_format = "0"
    bars.y_axis.majorUnit = 1
    bars.y_axis.scaling.min = 0
    bars.y_axis.crosses = "max"
    bars.legend.position = "t"
    return _framed(bars, title)


def lines(
    title: str, weeks: Reference, rows: Reference, bounds: tuple[float, float | None]
) -> ChartBase:
    """A line a row of `rows`, whose first cell is its name.

    The axis is of shares within `bounds`; it ends of itself where the second is none. Each line
    has its own mark, so that they are told apart without colours.
    """
    chart = LineChart()
    chart.add_data(rows, from_rows=True, titles_from_data=True)
    chart.set_categories(weeks)
    for at, series in enumerate(chart.series):
        colour = _LINES[at % len(_LINES)]
        series.smooth = False
        series.graphicalProperties = GraphicalProperties(
            ln=LineProperties(solidFill=colour, w=_LINE_WIDTH)
        )
        series.marker.symbol = _MARKS[at % len(_MARKS)]
        series.marker.size = 7
        series.marker.graphicalProperties = _filled(colour)
    chart.y_axis.number_format = "0%"
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = bounds
    chart.x_axis.txPr = _text(_SMALL)
    chart.legend.position = "b"
    return _framed(chart, title)


def _framed(chart: ChartBase, title: str) -> ChartBase:
    """The title and what LibreOffice and Excel want to be told to show axes and letters alike."""
    chart.title = title
    chart.title.overlay = False
    run = chart.title.tx.rich.p[0].r[0]
    run.rPr = _letters(_LARGE, bold=True)
    chart.title.tx.rich.p = [Paragraph(r=[RegularTextRun(rPr=run.rPr, t=title)])]
    chart.legend.txPr = _text(_SMALL)
    chart.x_axis.delete = False
    chart.y_axis.delete = False
    chart.y_axis.txPr = _text(_SMALL)
    chart.y_axis.title = None
    chart.x_axis.title = None
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=_RULE))
    return chart


def _filled(colour: str) -> GraphicalProperties:
    return GraphicalProperties(solidFill=colour, ln=LineProperties(noFill=True))


def _letters(size: int, *, bold: bool = False) -> CharacterProperties:
    return CharacterProperties(latin=Font(typeface=_FONT), sz=size, b=bold)


def _text(size: int, *, turned: int | None = None) -> RichText:
    letters = _letters(size)
    return RichText(
        bodyPr=RichTextProperties(rot=turned),
        p=[Paragraph(pPr=ParagraphProperties(defRPr=letters), endParaRPr=letters)],
    )
