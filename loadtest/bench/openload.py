"""An open loop: requests at a constant rate, whatever the answers take, and how long after its time each was answered.

A closed loop asks for nothing while it waits, so of a server that stands still for 200 ms it sees one slow request for each
connection. Here a request has a time at which it is to be sent, and its latency counts from there, also while it waits
for a connection.
"""

import csv
import math
import subprocess

from machine import ROOT

CONNECTIONS = 64
QUANTILES = {'p50': 0.5, 'p90': 0.9, 'p99': 0.99, 'p999': 0.999, 'p9999': 0.9999}
STEP = 1.01  # a bucket of the latencies that are kept is so many times the one before it
TIMESTAMP, STATUS, LATENCY, SEQUENCE = 0, 1, 2, 8  # columns of vegeta's CSV; times are in nanoseconds


def installed():
    """(vegeta, '') or (None, why there is none)"""
    found = subprocess.run([ROOT / 'loadtest/vegeta'], capture_output=True, text=True, check=False)
    return (None, found.stderr.strip()) if found.returncode else (found.stdout.strip(), '')


class Vegeta:
    """vegeta with as many workers as connections, on both cores like all that it measures.

    Its own latencies count from when a worker takes a request up, which is late where all workers wait. So they are
    counted here, from the number of each request.
    """

    def __init__(self, machine, command):
        self.machine, self.command = machine, command

    def run(self, urls, rate, seconds):
        """Times are in microseconds; `late` is the p99 of how late requests were sent, `counts` are of `bucket`s."""
        asked, results = self.machine.work / 'asked.txt', self.machine.work / 'results.bin'
        asked.write_text(''.join(f'GET {url}\n' for url in urls))
        count = str(CONNECTIONS)
        self.said(
            'attack', '-targets', asked, '-rate', str(rate), '-duration', f'{seconds}s', '-output', results, '-timeout', '10s',
            '-workers', count, '-max-workers', count, '-connections', count, '-max-connections', count,
            '-max-body', '0', '-http2=false',
        )  # fmt: skip
        lines = csv.reader(self.said('encode', '-to', 'csv', results).splitlines())
        return summed([(int(one[SEQUENCE]), int(one[TIMESTAMP]), int(one[LATENCY]), one[STATUS] == '200') for one in lines], rate)

    def said(self, *arguments):
        return subprocess.run([self.command, *arguments], capture_output=True, text=True, timeout=300, check=True).stdout


def summed(requests, rate):
    """What `run` gives, of [(number, nanoseconds when it was sent, nanoseconds that it took from there, whether it was 200)].

    The schedule is the one by which no request was sent too early.

    >>> one = summed([(0, 0, 500_000, True), (1, 1_000_000, 500_000, True), (2, 9_000_000, 500_000, False)], 1000)
    >>> one['p50'], one['p9999'], one['late'], one['errors'], one['requests']
    (500, 7500, 7000, 1, 3)
    """
    apart = 1e9 / rate
    began = min(sent - number * apart for number, sent, _, _ in requests)
    lateness = sorted((sent - began - number * apart) / 1e3 for number, sent, _, _ in requests)
    latencies = sorted((sent + took - began - number * apart) / 1e3 for number, sent, took, _ in requests)
    counts = {}
    for latency in latencies:
        counts[bucket(latency)] = counts.get(bucket(latency), 0) + 1
    span = max(sent for _, sent, _, _ in requests) - began + apart
    return {
        'requests': len(requests),
        'rate': len(requests) / span * 1e9,
        'errors': sum(not good for *_, good in requests),
        'late': round(quantile(lateness, 0.99)),
        'counts': counts,
        **{name: round(quantile(latencies, share)) for name, share in QUANTILES.items()},
    }


def quantile(values, share):
    """The least of sorted `values` that so many of them do not exceed."""
    return values[max(0, math.ceil(len(values) * share) - 1)]


def bucket(micros):
    return round(math.log(max(1, micros), STEP))


def merged(rounds):
    """[(microseconds, share of all requests of all rounds that took no longer)]"""
    counts = {}
    for one in rounds:
        for name, count in one['counts'].items():
            counts[int(name)] = counts.get(int(name), 0) + count
    total, sum_so_far, points = sum(counts.values()), 0, []
    for number in sorted(counts):
        sum_so_far += counts[number]
        points.append((STEP**number, sum_so_far / total))
    return points


def at_share(points, share):
    """The microseconds within which that share of the requests was answered."""
    return next(micros for micros, reached in points if reached >= share - 1e-12)
