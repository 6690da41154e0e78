"""Prints, as JSON, what Python reads from the answers 0, 1, ... of a folder in each format."""

import csv
import json
import sys
import xml.sax
from pathlib import Path


class Records(xml.sax.ContentHandler):
    """Collects the name and the text of each element of each record."""

    def __init__(self):
        super().__init__()
        self.records = []
        self.path = []
        self.text = []

    def startElement(self, name, attrs):
        self.path.append(name)
        if len(self.path) == 2:
            self.records.append([])
        self.text = []

    def characters(self, content):
        self.text.append(content)

    def endElement(self, name):
        if len(self.path) == 3:
            assert self.path[:2] == ['records', 'record'], self.path
            self.records[-1].append([name, ''.join(self.text)])
        self.path.pop()


def read_json(text):
    """Objects as pairs, in their order; numbers with all their digits."""
    return json.loads(text, object_pairs_hook=lambda pairs: pairs, parse_int=str, parse_float=str)


def read(folder, name):
    with open(folder / f'{name}.csv', encoding='utf-8', newline='') as file:
        lines = list(csv.reader(file, strict=True))
    with open(folder / f'{name}.ndjson', encoding='utf-8', newline='\n') as file:
        rows = [read_json(line) for line in file]
    records = Records()
    xml.sax.parse(str(folder / f'{name}.xml'), records)
    array = read_json((folder / f'{name}.json').read_text(encoding='utf-8'))
    return {'json': array, 'ndjson': rows, 'csv': lines, 'xml': records.records}


if __name__ == '__main__':
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    print(json.dumps([read(folder, name) for name in range(count)]))
