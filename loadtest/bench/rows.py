"""Rows made from their numbers, and readers that check a stream of them row by row.

The readers are others': ijson, json, csv and xml.sax. They read as the bytes come, and hold one row. Each row is
compared with what its number makes of it here, so that a row which is lost, repeated or changed is found.
"""

import csv
import datetime
import io
import json
import xml.sax
from dataclasses import dataclass
from decimal import Decimal

FORMATS = 'json', 'ndjson', 'csv', 'xml'

# What every format has to carry: quotes, line ends, blanks at the ends, what XML cannot hold, other planes.
TEXTS = [
    ('plain', "'plain'"),
    ('say "so", or not', '\'say "so", or not\''),
    ('two\r\nlines', "'two' || CHAR(13) || CHAR(10) || 'lines'"),
    (' <a> & ]]> ', "' <a> & ]]> '"),
    ('bell \x07 and \x00', "'bell ' || CHAR(7) || ' and ' || CHAR(0)"),
    ('Zürich \U0001f600', "'Z' || CHAR(252) || 'rich ' || CHAR(55357) || CHAR(56832)"),
    ('', "''"),
]
IN_XML = {ord('\x07'): '\ufffd', ord('\x00'): '\ufffd'}
FIRST_DAY = datetime.date(1992, 1, 1)
DAYS = 10_000


@dataclass(frozen=True)
class Column:
    """A column: the SQL that makes it of X, the same in Python, and the value that stands in CSV or XML."""

    name: str
    sql: str
    value: object
    read: object = str


def text(number):
    return TEXTS[number % len(TEXTS)][0]


def day(number):
    return (FIRST_DAY + datetime.timedelta(days=number % DAYS)).isoformat()


COLUMNS = [
    Column('N', 'X', lambda number: number, int),
    Column(
        'WORDS',
        "CASE WHEN MOD(X, 3) = 0 THEN NULL ELSE 'the row ' || X END",
        lambda number: None if number % 3 == 0 else f'the row {number}',
    ),
    Column('AMOUNT', 'CAST(X * 0.25 AS DECIMAL(20, 2))', lambda number: Decimal(number * 25) / 100, Decimal),
    Column('HALF', 'CAST(X AS DOUBLE PRECISION) / 2', lambda number: number / 2, float),
    Column('EVEN', 'MOD(X, 2) = 0', lambda number: number % 2 == 0, {'true': True, 'false': False}.get),
    Column('DAY_OF', f"DATEADD(DAY, MOD(X, {DAYS}), DATE '{FIRST_DAY}')", day),
    Column(
        'TEXT',
        f'CASE MOD(X, {len(TEXTS)}) ' + ' '.join(f'WHEN {place} THEN {sql}' for place, (_, sql) in enumerate(TEXTS)) + ' END',
        text,
    ),
]
FEW = COLUMNS[:3]  # what is quick to compute and to read, for many rows


def select(columns):
    return 'SELECT ' + ', '.join(f'{column.sql} AS {column.name}' for column in columns)


class WrongRowError(Exception):
    """A row is not what its number makes of it."""


class Check:
    """Counts the rows of one stream, and compares each with the next row that is due."""

    def __init__(self, columns):
        self.columns, self.names, self.count = columns, [column.name for column in columns], 0

    def row(self, names, values):
        self.count += 1
        due = [column.value(self.count) for column in self.columns]
        if names != self.names or values != due:
            raise WrongRowError(f'row {self.count} is {names} {values}, and not {due}')

    def object(self, row):
        self.row(list(row), list(row.values()))


def read_json(stream, check):
    import ijson

    for row in ijson.items(stream, 'item'):
        check.object(row)


def read_ndjson(stream, check):
    for line in io.BufferedReader(stream, 1 << 16):
        check.object(json.loads(line, parse_float=Decimal))


def read_csv(stream, check):
    lines = csv.reader(io.TextIOWrapper(io.BufferedReader(stream, 1 << 16), 'utf-8', newline=''), strict=True)
    names, columns = next(lines), check.columns
    for line in lines:
        # csv does not say whether an empty cell was quoted: here it is NULL where the row has it
        check.row(
            names,
            [
                column.read(cell) if cell or column.value(check.count + 1) == '' else None
                for column, cell in zip(columns, line, strict=True)
            ],
        )


class Records(xml.sax.ContentHandler):
    """What xml.sax finds in <records><record><NAME>text</NAME>…</record></records>."""

    def __init__(self, check):
        super().__init__()
        self.check, self.depth, self.cells, self.parts = check, 0, {}, []

    def startElement(self, name, attrs):
        self.depth += 1
        if self.depth == 3:
            self.parts = []
        elif name != ('records', 'record')[self.depth - 1]:
            raise WrongRowError(f'<{name}> stands where it does not belong')

    def characters(self, content):
        self.parts.append(content)

    def endElement(self, name):
        if self.depth == 3:
            self.cells[name] = ''.join(self.parts)
        elif self.depth == 2:
            self.record()
            self.cells = {}
        self.depth -= 1

    def record(self):
        check = self.check
        check.count += 1
        for column in check.columns:
            cell, due = self.cells.pop(column.name, None), column.value(check.count)
            if isinstance(due, str):
                due = due.translate(IN_XML)
            if (cell if cell is None else column.read(cell)) != due:
                raise WrongRowError(f'{column.name} of record {check.count} is {cell!r}, and not {due!r}')
        if self.cells:
            raise WrongRowError(f'record {check.count} has {self.cells}')


def read_xml(stream, check):
    xml.sax.parse(stream, Records(check))


READERS = {'json': read_json, 'ndjson': read_ndjson, 'csv': read_csv, 'xml': read_xml}
