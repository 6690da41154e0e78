"""Holds what a Prometheus says of a load against what Gatling measured of the same load: compare.py URL REQUESTS FAILURES P90

Requests and failures must agree exactly. P90 cannot, for two reasons. A histogram knows only the bucket in which it lies.
And Gatling's time begins when the request is sent and ends when the answer was read and checked, the service's when it has
the headers and has handed the answer on: network and the waiting in both ends' queues are in the one alone. So the
expression must lie in the bucket that holds Gatling's figure, or in one that holds a figure less by what the caller's side is
allowed to take.
"""

import bisect
import json
import sys
import time
import urllib.parse
import urllib.request

CALLERS_SIDE = 0.025  # seconds
PATIENCE = 15  # seconds, for a scrape and an evaluation

LOOKUPS = 'job="papi",uri=~".+/[{]ids[}]"'
COUNT = f'sum(http_server_requests_seconds_count{{{LOOKUPS}}})'
BOUNDS = f'count by (le) (http_server_requests_seconds_bucket{{{LOOKUPS}}})'
P90 = 'papi:request_seconds:p90_5m'
ERRORS = 'papi:errors:ratio_rate5m'


def query(expression):
    url = f'{sys.argv[1]}/api/v1/query?{urllib.parse.urlencode({"query": expression})}'
    with urllib.request.urlopen(url, timeout=5) as answer:
        return json.load(answer)['data']['result']


def number(expression):
    return next((float(series['value'][1]) for series in query(expression)), float('nan'))


requests, failures, measured = int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]) / 1000
end = time.monotonic() + PATIENCE
while number(COUNT) != requests and time.monotonic() < end:
    time.sleep(0.5)
time.sleep(2)  # the rules are evaluated each second
bounds = [0.0] + sorted(float(series['metric']['le']) for series in query(BOUNDS))
least = bounds[max(0, bisect.bisect_left(bounds, measured - CALLERS_SIDE) - 1)]
most = bounds[bisect.bisect_left(bounds, measured)]
p90, count, errors = number(P90), number(COUNT), number(ERRORS)
print(f'P90: Gatling {measured * 1000:.0f} ms, {P90} {p90 * 1000:.1f} ms; agreed is {least * 1000:.0f} to {most * 1000:.0f} ms')
print(f'requests: Gatling {requests}, the service {count:.0f}; failures: Gatling {failures}, {ERRORS} {errors:g}')
sys.exit(0 if least <= p90 <= most and count == requests and errors == failures / requests else 1)
