"""Workbooks made cell by cell, down to what no library would write."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

import xlwt  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_HIDDEN, _OFF = ' state="hidden"', ' table:style-name="off"'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OF_LINKS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A ZIP of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def text_cell(text: str) -> str:
    """A cell of XLSX that holds its own text."""
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def sheet(rows: Iterable[Iterable[str]], before: str = "") -> str:
    """A sheet of XLSX of cells as XML."""
    lines = (f"<row>{''.join(cells)}</row>" for cells in rows)
    return f"<worksheet {_MAIN}>{before}<sheetData>{''.join(lines)}</sheetData></worksheet>"


def xlsx(
    sheets: Mapping[str, str],
    *,
    hidden: Iterable[str] = (),
    properties: str = "",
    more: Mapping[str, str] | None = None,
) -> bytes:
    """An XLSX of sheets as XML; style 1 is a day, style 2 a day with hours."""
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="r{n}"'
        f"{_HIDDEN if name in hidden else ''}/>"
        for n, name in enumerate(sheets, 1)
    )
    links = "".join(
        f'<Relationship Id="r{n}" Type="{_LINKS}/worksheet" Target="worksheets/s{n}.xml"/>'
        for n, _ in enumerate(sheets, 1)
    )
    for kind in ("styles", "sharedStrings"):
        if f"xl/{kind}.xml" in (more or {}) or kind == "styles":
            links += f'<Relationship Id="{kind}" Type="{_LINKS}/{kind}" Target="{kind}.xml"/>'
    styles = (
        f'<styleSheet {_MAIN}><numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy\\ hh:mm"/>'
        '</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs>'
        "</styleSheet>"
    )
    return zipped(
        {
            "_rels/.rels": f'<Relationships {_OF_LINKS}><Relationship Id="r1" '
            f'Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f"<workbook {_MAIN} {_R}>{properties}<sheets>{listed}</sheets>"
            "</workbook>",
            "xl/_rels/workbook.xml.rels": f"<Relationships {_OF_LINKS}>{links}</Relationships>",
            "xl/styles.xml": styles,
            **{f"xl/worksheets/s{n}.xml": xml for n, xml in enumerate(sheets.values(), 1)},
            **(more or {}),
        }
    )


def ods_cell(text: str) -> str:
    """A cell of ODS that holds text."""
    inside = f"<text:p>{escape(text)}</text:p>"
    return f'<table:table-cell office:value-type="string">{inside}</table:table-cell>'


def ods(tables: Mapping[str, Iterable[Iterable[str]]], *, hidden: Iterable[str] = ()) -> bytes:
    """An ODS of sheets of cells as XML."""
    body = "".join(
        f"<table:table table:name={quoteattr(name)}{_OFF if name in hidden else ''}>"
        + "".join(f"<table:table-row>{''.join(cells)}</table:table-row>" for cells in rows)
        + "</table:table>"
        for name, rows in tables.items()
    )
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text", "style")
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": '<?xml version="1.0" encoding="UTF-8"?>'
            f"<office:document-content {spaces}><office:automatic-styles>"
            '<style:style style:name="off" style:family="table">'
            '<style:table-properties table:display="false"/></style:style>'
            "</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
            "</office:document-content>",
        }
    )


def xls(
    sheets: Mapping[str, Iterable[Iterable[object]]],
    *,
    hidden: Iterable[str] = (),
    since_1904: bool = False,
) -> bytes:
    """An XLS of sheets of texts, numbers, days and moments; None is `#REF!`."""
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = since_1904
    styles: dict[type, xlwt.XFStyle] = {
        kind: xlwt.easyxf(num_format_str=code)
        for kind, code in ((date, "DD.MM.YYYY"), (datetime, "DD.MM.YYYY HH:MM:SS"))
    }
    for name, rows in sheets.items():
        page = book.add_sheet(name)
        page.visibility = int(name in hidden)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell is None:
                    page.row(row).set_cell_error(column, "#REF!")
                elif cell != "":
                    page.write(row, column, cell, styles.get(type(cell), xlwt.Style.default_style))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
