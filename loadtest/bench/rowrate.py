"""Rows a second of one stream: the service, the generator of the guide on piping API data, and a bare loop over a cursor.

All give the same 300,000 rows of the guide's columns, the service and the loop from the same table in H2.
"""

import json
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import program
from machine import DIRECT, free_port
from report import number, quartiles, verdict

HERE = Path(__file__).resolve().parent
ROWS, SAME = 300_000, 1_000  # rows of a stream; so many are compared one by one
PATH = '/api/v1/stream/flows'
FORMATS = 'json', 'xml'
# What the service is compared with, and the least ratio of rows per second.
OTHERS = {'loop': 0.6, 'gunicorn': 10, 'flask': 10}
TITLES = {
    'papi': 'Papi',
    'loop': 'a bare loop over the cursor',
    'gunicorn': "the guide's generator, gunicorn",
    'flask': "the guide's generator, `flask run`",
}
SQL = 'SELECT * FROM flows WHERE "time" > {after} AND "time" <= {before}'
TABLE = f"""
CREATE TABLE flows AS SELECT
  X AS "id", 1 + X / 50 AS "time", MOD(X * 7919, 61) AS "duration",
  'C' || MOD(X * 69621, 12007) AS "src_comp", 'N' || MOD(X * 48271, 16001) AS "src_port",
  'C' || MOD(X * 16807, 797) AS "dst_comp", '443' AS "dst_port",
  6 AS "protocol", 1 + MOD(X * 39373, 89) AS "packet_count", 46 + MOD(X * 39373, 65521) AS "byte_count"
FROM SYSTEM_RANGE(1, {ROWS});
"""
CONFIGURATION = f"""
embedded-scripts = [flows.sql]
queries.flows {{
  paths = ["{PATH}"]
  sql = \"\"\"{SQL.format(after=':scanned_after', before=':scanned_before')}\"\"\"
  parameters {{
    scanned_after {{ type = whole, default = 0 }}
    scanned_before {{ type = whole, default = {sys.maxsize} }}
  }}
  stream = true
}}
"""


def body(url, more=''):
    with DIRECT.open(f'{url}{more}', timeout=60) as answer:
        return answer.read()


def rows(form, text):
    """The rows of an answer as dictionaries of texts, whichever way it writes them."""
    if form == 'xml':
        return [{column.tag: column.text for column in record} for record in ElementTree.fromstring(text)]
    found = json.loads(text) if text.startswith(b'[') else [json.loads(line) for line in text.splitlines()]
    return [{name: str(value) for name, value in row.items()} for row in found]


def started(machine, targets):
    """The servers that can be had: {name: URL}."""
    (machine.work / 'flows.sql').write_text(TABLE)
    (machine.work / 'flows.conf').write_text(CONFIGURATION)
    _, papi, _ = targets.papi('papi-flows', {'PAPI_CONFIG': str(machine.work / 'flows.conf'), 'PAPI_REDIS': 'off'})
    urls = {'papi': papi}
    port = free_port()
    loop = program.own('io.papi.loadtest.bench.CursorLoop', [port, machine.work / 'flows.sql', SQL.format(after='?', before='?')])
    urls['loop'] = f'http://127.0.0.1:{port}'
    machine.await_answer(machine.start('loop', loop), f'{urls["loop"]}/')
    venv = targets.venv()
    if venv:
        lines = machine.work / 'flows.ndjson'
        lines.write_bytes(body(f'{papi}{PATH}?format=ndjson'))
        for name, command, bind in (
            ('gunicorn', ['gunicorn', 'flows:app', '--workers=1', '--threads=8', '--log-level=error', '--bind'], '127.0.0.1:'),
            ('flask', ['flask', '--app', 'flows', 'run', '--port'], ''),
        ):
            port = free_port()
            server = machine.start(
                name,
                [venv / 'bin' / command[0], *command[1:], f'{bind}{port}'],
                {'FLOWS_ROWS': str(lines), 'PYTHONDONTWRITEBYTECODE': '1'},
                cwd=HERE,
            )
            urls[name] = f'http://127.0.0.1:{port}'
            machine.await_answer(server, f'{urls[name]}{PATH}?limit=1')
    return {name: f'{url}{PATH}' for name, url in urls.items()}


def check(urls, form):
    """Fails unless all give the same rows, the loop byte by byte."""
    whole = body(urls['papi'], f'?format={form}')
    if len(rows(form, whole)) != ROWS or body(urls['loop'], f'?format={form}') != whole:
        raise RuntimeError(f'the loop has other bytes than the service as {form}')
    first = rows(form, body(urls['papi'], f'?format={form}&limit={SAME}'))
    for name in urls.keys() - {'papi', 'loop'}:
        if rows(form, body(urls[name], f'?format={form}&limit={SAME}')) != first:
            raise RuntimeError(f'{name} has other rows than the service as {form}')


def rate(machine, url, form, seconds):
    """Rows a second, read on the load's core."""
    at = urlsplit(url)
    command = [sys.executable, HERE / 'reader.py', at.hostname, at.port, f'{at.path}?format={form}', seconds]
    said = subprocess.run(
        machine.pin(machine.load_core, [str(part) for part in command], True),
        capture_output=True,
        text=True,
        timeout=seconds + 120,
        check=False,
    )
    if said.returncode:
        raise RuntimeError(f'{url}: {said.stderr}')
    read = json.loads(said.stdout)
    return {'rows': read['answers'] * ROWS / read['seconds'], 'bytes': read['bytes'] / read['seconds']}


def rowrate(machine, targets, asked, say):
    """Whether a stream is as fast as it has to be."""
    forms = [form for form in FORMATS if not asked.only or form in asked.only.split(',')]
    if not forms:
        raise SystemExit(f'benchmark: streams are measured as {", ".join(FORMATS)}')
    urls = started(machine, targets)
    for form in forms:
        check(urls, form)
    plan = [(form, name) for form in forms for name in TITLES if name in urls]
    for form, name in plan:
        rate(machine, urls[name], form, asked.warm_up / len(forms) if name in ('papi', 'loop') else 0)
    measured = {each: [] for each in plan}
    for count in range(asked.rounds):
        for form, name in plan if count % 2 == 0 else reversed(plan):
            measured[form, name].append(rate(machine, urls[name], form, asked.seconds))
        say(f'round {count + 1} of {asked.rounds}')
    say(f'{asked.rounds} rounds of {asked.seconds} s; a stream has {ROWS:,} rows; the server on one core')
    return print_table(measured, say)


def print_table(measured, say):
    kept = True
    say('| format | stream of | rows/s | MB/s | Papi against it | quartiles | |')
    say('|---|---|--:|--:|--:|--:|---|')
    for (form, name), rounds in measured.items():
        middle = {key: median(one[key] for one in rounds) for key in ('rows', 'bytes')}
        line = f'| {form} | {TITLES[name]} | {middle["rows"]:,.0f} | {middle["bytes"] / 1e6:,.0f} '
        if name == 'papi':
            say(line + '| | | |')
            continue
        values = [one['rows'] / other['rows'] for one, other in zip(measured[form, 'papi'], rounds, strict=True)]
        low, ratio, high = quartiles(values)
        said = verdict(values, OTHERS[name])
        kept &= said != 'not met'
        say(line + f'| {number(ratio)} | {number(low)} to {number(high)} | at least {OTHERS[name]}: {said} |')
    return kept
