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


def installed():
    """(oha, '') or (None, why there is none)"""
    found = subprocess.run([ROOT / 'loadtest/oha'], capture_output=True, text=True, check=False)
    return (None, found.stderr.strip()) if found.returncode else (found.stdout.strip(), '')


class Oha:
    """oha with a fixed number of connections, on both cores like all that it measures.

    By `--latency-correction` a latency counts from the time at which the request was due.
    """

    def __init__(self, machine, command):
        self.machine, self.command = machine, command

    def run(self, url, rate, seconds, any_match=False):
        """Times are in microseconds; `counts` are of `bucket`s. `url` is a regular expression if any match will do."""
        options = ['-q', str(rate), '-z', f'{seconds}s', '-c', str(CONNECTIONS), '-t', '10s', '--latency-correction', '-w']
        more = ['--rand-regex-url'] if any_match else []
        said = subprocess.run(
            [self.command, *options, '--no-tui', '--output-format', 'csv', *more, url],
            capture_output=True,
            text=True,
            timeout=seconds + 60,
            check=False,
        )
        requests = [(float(one['request-duration']), one['status'] == '200') for one in csv.DictReader(said.stdout.splitlines())]
        if not requests:
            raise RuntimeError(f'oha on {url}: {said.stdout}{said.stderr}')
        return summed(requests, seconds)


def summed(requests, seconds):
    """What `run` gives, of [(seconds it took, whether it was 200)].

    >>> one = summed([(0.0005, True), (0.0005, True), (0.0075, False)], 1)
    >>> one['p50'], one['p9999'], one['errors'], one['requests'], one['rate']
    (500, 7500, 1, 3, 3.0)
    """
    latencies = sorted(took * 1e6 for took, _ in requests)
    counts = {}
    for latency in latencies:
        counts[bucket(latency)] = counts.get(bucket(latency), 0) + 1
    return {
        'requests': len(requests),
        'rate': len(requests) / seconds,
        'errors': sum(not good for _, good in requests),
        'counts': counts,
        **{name: round(quantile(latencies, share)) for name, share in QUANTILES.items()},
    }


def quantile(values, share):
    """The least of sorted `values` that so many of them do not exceed."""
    return values[max(0, math.ceil(len(values) * share) - 1)]


def bucket(micros):
    return round(math.log(max(1, micros), STEP))


def merged(rounds):
    """[(microseconds, share of all requests of all rounds that took no longer)]

    >>> points = merged([{'counts': {'0': 97, '100': 1}}, {'counts': {'100': 1, '200': 1}}])
    >>> [round(at_share(points, share), 2) for share in (0.5, 0.97, 0.99, 0.9999)]
    [1.0, 1.0, 2.7, 7.32]
    """
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
