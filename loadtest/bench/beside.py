"""What slow reports do to lookups: one service, with eight reports under way all the time and with none.

A report waits for the store and computes nothing here, as with a warehouse that is elsewhere.
"""

import http.client
import itertools
import threading
import time
from statistics import median
from urllib.parse import urlsplit

from machine import get
from report import number, quartiles, verdict
from targets import Target
from vitals import total

REPORTS = 8
ROWS, PAUSE = 12, 250  # of a report; milliseconds that the store takes for each
STATEMENT = '30ms'  # of a lookup
LOOKUPS = [('near', 64), ('near', 16), ('miss', 64), ('miss', 16)]  # where they end, and connections
ALONE, BESIDE, AGAIN = 'none', str(REPORTS), 'none, once more'  # the last shows what chance does
BAR = 1.1  # times the p99
STARTED = 10  # seconds until all reports are under way
CONFIGURATION = f"""
embedded-scripts = [pause.sql]
queries-connections = {REPORTS}
queries.slow {{
  paths = ["/slow/{{number}}"]
  sql = "SELECT X AS place, X * CAST(:number AS BIGINT) AS total FROM SYSTEM_RANGE(1, {ROWS}) WHERE PAUSE({PAUSE}) IS NULL"
  parameters.number {{ type = whole }}
}}
"""


class Reports:
    """Callers who each ask for one slow report after the other, none of which was asked for before."""

    def __init__(self, url, admin):
        self.at, self.admin = urlsplit(url).netloc, admin
        self.numbers, self.lock = itertools.count(1), threading.Lock()
        self.seconds, self.others = [], {}

    def ask(self):
        connection = http.client.HTTPConnection(self.at, timeout=30)
        while not self.ended.is_set():
            with self.lock:
                number = next(self.numbers)
            began = time.monotonic()
            connection.request('GET', f'/slow/{number}')
            answer = connection.getresponse()
            answer.read()
            with self.lock:
                if answer.status == 200:
                    self.seconds.append(time.monotonic() - began)
                else:
                    self.others[answer.status] = self.others.get(answer.status, 0) + 1
        connection.close()

    def running(self):
        return total(get(f'{self.admin}/metrics')[0].decode(), 'hikaricp_connections_active{pool="queries"')

    def __enter__(self):
        self.ended = threading.Event()
        self.threads = [threading.Thread(target=self.ask, daemon=True) for _ in range(REPORTS)]
        for thread in self.threads:
            thread.start()
        end = time.monotonic() + STARTED
        while (running := self.running()) < REPORTS:
            if time.monotonic() > end:
                raise RuntimeError(f'only {running:.0f} of {REPORTS} reports are under way')
            time.sleep(0.05)
        return self

    def __exit__(self, *_):
        self.ended.set()
        for thread in self.threads:
            thread.join(30)


def service(targets, redis):
    work = targets.machine.work
    (work / 'pause.sql').write_text("CREATE ALIAS PAUSE FOR 'java.lang.Thread.sleep(long)';\n")
    (work / 'beside.conf').write_text(CONFIGURATION)
    return targets.papi(
        'papi-beside',
        {
            'PAPI_CONFIG': str(work / 'beside.conf'),
            'PAPI_REDIS': f'redis://127.0.0.1:{redis[1]}' if redis else 'off',
            'PAPI_EMBEDDED_LATENCY_P50': STATEMENT,
            'PAPI_EMBEDDED_LATENCY_P99': STATEMENT,
            # The store is not the bottleneck: neither kind of statement waits for the other.
            'PAPI_EMBEDDED_STATEMENTS': '64',
        },
    )


def measured(wrk, target, first, seconds):
    """Each kind of lookup: {(where it ends, connections): measurement}."""
    results = {}
    for layer, connections in LOOKUPS:
        if layer == 'near':
            target.check()
            results[layer, connections] = wrk.run(target.url, connections, seconds)
        else:
            results[layer, connections] = wrk.misses(target.url, connections, seconds, next(first))
        if results[layer, connections]['errors']:
            raise RuntimeError(f'{layer}: {results[layer, connections]}')
    return results


def beside(wrk, targets, asked, say):
    """Whether the p99 of lookups stays where it is."""
    process, url, admin = service(targets, targets.redis())
    target = Target('near', 'near', url + targets.path(1), [process], layer='near')
    reports, first = Reports(url, admin), itertools.count(100_000_000, 10_000_000)
    get(target.url)
    for layer, connections in LOOKUPS:
        share = max(1, asked.warm_up // len(LOOKUPS))
        if layer == 'near':
            wrk.run(target.url, connections, share)
        else:
            wrk.misses(target.url, connections, share, next(first))
    rounds, states = [], [ALONE, BESIDE, AGAIN]
    for count in range(asked.rounds):
        one = {}
        for state in states if count % 2 == 0 else reversed(states):
            if state == BESIDE:
                with reports:
                    one[state] = measured(wrk, target, first, asked.seconds)
            else:
                one[state] = measured(wrk, target, first, asked.seconds)
        rounds.append(one)
        say(f'round {count + 1} of {asked.rounds}')
    if reports.others:
        raise RuntimeError(f'reports were not answered: {reports.others}')
    say(
        f'{asked.rounds} rounds of {asked.seconds} s; a miss is a statement of {STATEMENT}; '
        f'{len(reports.seconds)} reports were answered, each in {median(reports.seconds):.1f} s'
    )
    return print_table(rounds, say)


def print_table(rounds, say):
    kept = True
    say('| lookups | connections | reports beside them | requests/s | p99 ms | p99 against none | quartiles | |')
    say('|---|--:|---|--:|--:|--:|--:|---|')
    for layer, connections in LOOKUPS:
        for state in (ALONE, BESIDE, AGAIN):
            of_state = [one[state][layer, connections] for one in rounds]
            rate, p99 = (median(one[key] for one in of_state) for key in ('rate', 'p99'))
            line = f'| {layer} | {connections} | {state} | {rate:,.0f} | {p99 / 1e3:.2f} '
            if state == ALONE:
                say(line + '| | | |')
                continue
            values = [one['p99'] / each[ALONE][layer, connections]['p99'] for one, each in zip(of_state, rounds, strict=True)]
            low, middle, high = quartiles(values)
            said = verdict(values, BAR, more_is_better=False) if state == BESIDE else ''
            kept &= said != 'not met'
            say(line + f'| {number(middle)} | {number(low)} to {number(high)} | {said and f"at most {BAR}: {said}"} |')
    return kept
