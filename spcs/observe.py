"""Holds a Prometheus that has rules and data against the dashboard: no rule may fail, no expression may be empty."""

import json
import math
import pathlib
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

DASHBOARD = pathlib.Path(__file__).parent / 'dashboard.json'
PATIENCE = 30  # seconds, for rules that need another evaluation

# What Grafana puts in the place of its variables.
VARIABLES = {'$__rate_interval': '15s', '$instance': '.*', '$dataset': '.*'}


def get(path, **parameters):
    url = f'{sys.argv[1]}/api/v1/{path}?{urllib.parse.urlencode(parameters)}'
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return json.load(answer)['data']
    except urllib.error.HTTPError as e:
        sys.exit(f'{url}: {json.load(e)["error"]}')


def is_empty(expression):
    """Whether it has no number in the last half minute."""
    for name, value in VARIABLES.items():
        expression = expression.replace(name, value)
    now = time.time()
    series = get('query_range', query=expression, start=now - 30, end=now, step=1)['result']
    return all(math.isnan(float(value)) for each in series for _, value in each['values'])


def broken_rules():
    rules = [rule for group in get('rules')['groups'] for rule in group['rules']]
    return [f'{rule["name"]}: {rule.get("lastError") or "not evaluated"}' for rule in rules if rule['health'] != 'ok'] or (
        [] if rules else ['no rules']
    )


panels = json.loads(DASHBOARD.read_text())['panels']
expressions = [(panel['title'], target['expr']) for panel in panels for target in panel.get('targets', [])]
end = time.monotonic() + PATIENCE
while True:
    faults = [f'rule {rule}' for rule in broken_rules()]
    faults += [f'panel {title!r} has no data: {expression}' for title, expression in expressions if is_empty(expression)]
    if not faults or time.monotonic() > end:
        break
    time.sleep(2)
print('\n'.join(faults) or f'dashboard: all {len(expressions)} expressions have data; no rule fails')
sys.exit(1 if faults else 0)
