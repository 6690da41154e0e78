"""The generator of the guide on piping API data, in our own words: a row at a time, as an object a line or as XML.

Its cursor costs nothing, which favours it: the rows are in memory, and become dictionaries as a database's cursor gives
them. FLOWS_ROWS names a file of them, a JSON object in each line.
"""

import json
import os
import sys

from flask import Flask, Response, request, stream_with_context

with open(os.environ['FLOWS_ROWS']) as file:
    first = json.loads(next(file))
    columns = list(first)
    rows = [tuple(first.values()), *(tuple(json.loads(line).values()) for line in file)]

app = Flask(__name__)


def cursor(after, before, limit):
    time = columns.index('time')
    for row in rows:
        if limit == 0:
            return
        if after < row[time] <= before:
            limit -= 1
            yield dict(zip(columns, row, strict=True))


def as_json(found):
    for row in found:
        yield json.dumps(row) + '\n'


def as_xml(found):
    yield '<records>'
    for row in found:
        yield '<record>' + ''.join(f'<{name}>{value}</{name}>' for name, value in row.items()) + '</record>'
    yield '</records>'


@app.route('/api/v1/stream/flows')
def flows():
    found = cursor(
        int(request.args.get('scanned_after', 0)),
        int(request.args.get('scanned_before', sys.maxsize)),
        int(request.args.get('limit', -1)),
    )
    if request.args.get('format') == 'xml':
        return Response(stream_with_context(as_xml(found)), mimetype='application/xml')
    return Response(stream_with_context(as_json(found)), mimetype='application/json')
