"""What slow reports, or streams, or a flood, do to lookups: one service, with these under way all the time and without.

A report waits for the store and computes nothing here, as with a warehouse that is elsewhere. A stream has the rows of the
guide on piping API data, again and again, and is read at a pace.
"""

import http.client
import itertools
import socket
import threading
import time
from statistics import median
from urllib.parse import urlsplit

import rowrate
from machine import get
from report import number, quartiles, verdict
from targets import Target
from vitals import total

COUNT = 8  # reports or streams at once
ROWS, PAUSE = 12, 250  # of a report; milliseconds that the store takes for each
STATEMENT = '30ms'  # of a lookup
LOOKUPS = [('near', 64), ('near', 16), ('miss', 64), ('miss', 16)]  # where they end, and connections
ALONE, BESIDE, AGAIN = 'none', 'beside', 'none, once more'  # the last shows what chance does
STARTED = 10  # seconds until all are under way
PACE, TURN = 500_000, 0.05  # bytes that a stream's reader takes in a second; seconds between its turns
RECEIVED, SETTLE = 65_536, 3  # bytes of its socket's buffer; seconds until all buffers on the way are full
CONFIGURATION = f"""
embedded-scripts = [pause.sql, flows.sql]
queries-connections = {COUNT}
queries.slow {{
  paths = ["/slow/{{number}}"]
  sql = "SELECT X AS place, X * CAST(:number AS BIGINT) AS total FROM SYSTEM_RANGE(1, {ROWS}) WHERE PAUSE({PAUSE}) IS NULL"
  parameters.number {{ type = whole }}
}}
queries.endless {{
  paths = ["/endless"]
  sql = "SELECT flows.* FROM SYSTEM_RANGE(1, 1000000000) CROSS JOIN flows"
  stream = true
  max-concurrent = {COUNT}
}}
"""


class Load:
    """So many callers who each ask without an end."""

    LABEL = str(COUNT)
    CONFIGURATION, HEADERS = '', {}  # more of the service's; of the requests that are measured

    def __init__(self, machine, url, admin):
        self.machine, self.at, self.admin = machine, urlsplit(url).netloc, admin
        self.lock, self.others = threading.Lock(), {}

    def __enter__(self):
        self.ended = threading.Event()
        self.threads = [threading.Thread(target=self.ask, daemon=True) for _ in range(COUNT)]
        for thread in self.threads:
            thread.start()
        self.await_running(COUNT)
        return self

    def __exit__(self, *_):
        self.ended.set()
        for thread in self.threads:
            thread.join(30)

    def await_running(self, count):
        end = time.monotonic() + STARTED
        while (running := total(get(f'{self.admin}/metrics')[0].decode(), self.GAUGE)) != count:
            if time.monotonic() > end:
                raise RuntimeError(f'{running:.0f} {self.NAME} are under way, not {count}')
            time.sleep(0.05)

    def refused(self, status):
        with self.lock:
            self.others[status] = self.others.get(status, 0) + 1


class Reports(Load):
    """Each asks for one slow report after the other, none of which was asked for before."""

    NAME, GAUGE, BAR = 'reports', 'hikaricp_connections_active{pool="queries"', 1.1  # times the p99

    def __init__(self, machine, url, admin):
        super().__init__(machine, url, admin)
        self.numbers, self.seconds = itertools.count(1), []

    def ask(self):
        self.machine.step_aside()
        connection = http.client.HTTPConnection(self.at, timeout=30)
        while not self.ended.is_set():
            with self.lock:
                number = next(self.numbers)
            began = time.monotonic()
            connection.request('GET', f'/slow/{number}')
            answer = connection.getresponse()
            answer.read()
            if answer.status == 200:
                with self.lock:
                    self.seconds.append(time.monotonic() - began)
            else:
                self.refused(answer.status)
        connection.close()

    def said(self):
        return f'{len(self.seconds)} reports were answered, each in {median(self.seconds):.1f} s'


class Streams(Load):
    """Each reads one stream at a pace, and goes away in its middle when the measurement is over."""

    NAME, GAUGE, BAR = 'streams', 'papi_streams{', 1.25

    def __init__(self, machine, url, admin):
        super().__init__(machine, url, admin)
        self.bytes, self.seconds = 0, 0

    def ask(self):
        self.machine.step_aside()
        connection = http.client.HTTPConnection(self.at, timeout=30)
        connection.sock = self.narrow()
        connection.request('GET', '/endless?format=ndjson')
        answer = connection.getresponse()
        if answer.status != 200:
            self.refused(answer.status)
        began, read = time.monotonic(), 0
        while answer.status == 200 and not self.ended.wait(TURN):
            read += len(answer.read(int(PACE * (time.monotonic() - began)) - read))
        with self.lock:
            self.bytes += read
            self.seconds += time.monotonic() - began
        connection.close()

    def narrow(self):
        """A connection on which little waits to be read, or streams would come in bursts of megabytes."""
        narrow = socket.socket()
        narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVED)
        narrow.settimeout(30)
        host, _, port = self.at.rpartition(':')
        narrow.connect((host, int(port)))
        return narrow

    def __enter__(self):
        super().__enter__()
        time.sleep(SETTLE)
        return self

    def __exit__(self, *_):
        super().__exit__()
        self.await_running(0)

    def said(self):
        return f'a stream was read at {self.bytes / self.seconds / 1e3:.0f} kB/s'


def service(kind, targets, redis):
    work = targets.machine.work
    (work / 'pause.sql').write_text("CREATE ALIAS PAUSE FOR 'java.lang.Thread.sleep(long)';\n")
    (work / 'flows.sql').write_text(rowrate.TABLE)
    (work / 'beside.conf').write_text(CONFIGURATION + kind.CONFIGURATION)
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
            results[layer, connections] = wrk.run(target.url, connections, seconds, headers=target.headers)
        else:
            results[layer, connections] = wrk.misses(target.url, connections, seconds, next(first), target.headers)
        if results[layer, connections]['errors']:
            raise RuntimeError(f'{layer}: {results[layer, connections]}')
    return results


def beside(kind, wrk, targets, asked, say):
    """Whether the p99 of lookups stays where it is."""
    process, url, admin = service(kind, targets, targets.redis())
    target = Target('near', 'near', url + targets.path(1), [process], layer='near', headers=kind.HEADERS)
    load, first = kind(targets.machine, url, admin), itertools.count(100_000_000, 10_000_000)
    get(target.url, target.headers)
    for layer, connections in LOOKUPS:
        share = max(1, asked.warm_up // len(LOOKUPS))
        if layer == 'near':
            wrk.run(target.url, connections, share, headers=target.headers)
        else:
            wrk.misses(target.url, connections, share, next(first), target.headers)
    rounds, states = [], [ALONE, BESIDE, AGAIN]
    for count in range(asked.rounds):
        one = {}
        for state in states if count % 2 == 0 else reversed(states):
            if state == BESIDE:
                with load:
                    one[state] = measured(wrk, target, first, asked.seconds)
            else:
                one[state] = measured(wrk, target, first, asked.seconds)
        rounds.append(one)
        say(f'round {count + 1} of {asked.rounds}')
    if load.others:
        raise RuntimeError(f'{kind.NAME} were not answered: {load.others}')
    say(f'{asked.rounds} rounds of {asked.seconds} s; a miss is a statement of {STATEMENT}; {load.said()}')
    return print_table(kind, rounds, say)


def print_table(kind, rounds, say):
    kept = True
    say(f'| lookups | connections | {kind.NAME} beside them | requests/s | p99 ms | p99 against none | quartiles | |')
    say('|---|--:|---|--:|--:|--:|--:|---|')
    for layer, connections in LOOKUPS:
        for state in (ALONE, BESIDE, AGAIN):
            of_state = [one[state][layer, connections] for one in rounds]
            rate, p99 = (median(one[key] for one in of_state) for key in ('rate', 'p99'))
            line = f'| {layer} | {connections} | {kind.LABEL if state == BESIDE else state} | {rate:,.0f} | {p99 / 1e3:.2f} '
            if state == ALONE:
                say(line + '| | | |')
                continue
            values = [one['p99'] / each[ALONE][layer, connections]['p99'] for one, each in zip(of_state, rounds, strict=True)]
            low, middle, high = quartiles(values)
            said = verdict(values, kind.BAR, more_is_better=False) if state == BESIDE else ''
            kept &= said != 'not met'
            say(line + f'| {number(middle)} | {number(low)} to {number(high)} | {said and f"at most {kind.BAR}: {said}"} |')
    return kept
