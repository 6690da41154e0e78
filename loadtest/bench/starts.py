"""How long a start takes: until the first answer, and until the service is ready, with all datasets loaded.

The embedded store, and a stand-in for Snowflake that speaks to the real driver over loopback; each with an AOT cache and
without. What the image's cache knows is the embedded store's start, as it is trained without a Snowflake: that is measured
too. Where the time goes is read from the log lines of the starts themselves, and from what the JVM says of its own.
"""

import os
import re
import socket
import time
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median

import program
from machine import cpu_seconds, free_port
from report import quartiles, verdict

PATH = '/customer/1885'
PATIENCE = 120  # seconds
REQUESTS = 200  # of a training run, as of the image's
TRIES = 3  # another process may take a port between our look and the service's
STAND_IN = 'io.papi.testing.StandInProcess'
DATE = re.compile(r'^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}) ')
LOADED = re.compile(r'embedded store: \d+ rows of .* in (\d+) ms$')
# what a line of the log is the end of, in the order of a start
STAGES = {
    'embedded Redis runs': 'embedded Redis on port',
    'tables are loaded': 'embedded store: ',
    'driver is begun': 'Connections store: ',
    'caches are built': ': near(',
    'tables are checked, connections are open': 'at most ',
    'ports are open, one look-up is done': 'serving on port',
}


@dataclass
class Kind:
    """A way to start, the bar for `ready` in milliseconds, and what is measured of it."""

    name: str
    store: str
    trained: str  # the store that the AOT cache knows; none without a cache
    bar: int | None
    starts: list = field(default_factory=list)


def kinds():
    return [
        Kind('embedded, AOT cache', 'embedded', 'embedded', 1_000),
        Kind('embedded', 'embedded', '', 1_600),
        Kind('Snowflake, AOT cache', 'snowflake', 'snowflake', 1_200),
        Kind("Snowflake, the image's AOT cache", 'snowflake', 'embedded', None),
        Kind('Snowflake', 'snowflake', '', 2_000),
    ]


def ask(port, path):
    """The answer to one request, on a connection of its own."""
    with socket.create_connection(('127.0.0.1', port), timeout=10) as connection:
        connection.sendall(f'GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'.encode())
        answer = b''
        while part := connection.recv(65_536):
            answer += part
    return answer


class Starts:
    """Starts services, trains caches, and has the stand-in."""

    def __init__(self, machine):
        self.machine, self.caches = machine, {}
        self.snowflake = free_port()
        jars = [program.SERVICE / 'test-classes', program.SERVICE / 'papi.jar', *sorted((program.SERVICE / 'libs').glob('*.jar'))]
        process = machine.start(
            'stand-in',
            [program.java(), *program.flags(), '-cp', os.pathsep.join(map(str, jars)), STAND_IN, self.snowflake],
            pinned=False,
        )
        self.until(process, time.perf_counter(), self.snowflake, '/', b'HTTP/1.1 200')

    def environment(self, store, port, admin):
        variables = {'PAPI_PORT': str(port), 'PAPI_ADMIN_PORT': str(admin), 'PAPI_STORE': store, 'PAPI_REDIS': 'embedded'}
        if store == 'snowflake':
            variables |= {
                'SNOWFLAKE_ACCOUNT': 'standin',
                'SNOWFLAKE_HOST': '127.0.0.1',
                'SNOWFLAKE_PORT': str(self.snowflake),
                'SNOWFLAKE_PROTOCOL': 'http',
                'SNOWFLAKE_USER': 'papi',
                'SNOWFLAKE_PASSWORD': 'open sesame',
                'SNOWFLAKE_DISABLE_MINICORE': 'true',  # as in the image
            }
        return variables

    @staticmethod
    def until(process, began, port, path, expected):
        """Milliseconds from `began` to the first answer with `expected` in it; None if the process has ended."""
        while True:
            try:
                if expected in ask(port, path):
                    return (time.perf_counter() - began) * 1e3
            except OSError:
                pass
            if process.poll() is not None:
                return None
            if time.perf_counter() - began > PATIENCE:
                raise RuntimeError(f'no such answer to {path} within {PATIENCE} s')
            time.sleep(0.005)

    def start(self, name, store, more):
        """(what was measured, process, callers' port) of a start."""
        for _ in range(TRIES):
            port, admin = free_port(), free_port()
            jvm = self.machine.work / f'{name}.jvm.log'
            flags = [*program.flags(), *more, f'-Xlog:startuptime:file={jvm}:uptime']
            wall, began = time.time(), time.perf_counter()
            process = self.machine.start(name, program.service(flags), self.environment(store, port, admin), pinned=False)
            first = self.until(process, began, port, PATH, b'HTTP/1.1 200')
            ready = self.until(process, began, admin, '/health/ready', b'"status":"ready"')
            if first and ready:
                measured = {'first': first, 'ready': ready, 'cpu': cpu_seconds([process]) * 1e3}
                return measured | {'stages': self.stages(name, wall, jvm)}, process, port
            self.machine.end([process])
            if b' is in use' not in (self.machine.work / f'{name}.log').read_bytes():
                break
        raise RuntimeError(f'{name} did not start; see its log in {self.machine.work}')

    def stages(self, name, wall, jvm):
        """{stage: milliseconds from the process's start to its end}"""
        ends = {}
        if said := re.findall(r'^\[([0-9.]+)s\]', jvm.read_text(), re.MULTILINE):
            ends['JVM is up'] = float(said[-1]) * 1e3
        begins = []
        for line in (self.machine.work / f'{name}.log').read_text().splitlines():
            if not (date := DATE.match(line)):
                continue
            at = (datetime.strptime(date[1] + '+0000', '%Y-%m-%d %H:%M:%S.%f%z').timestamp() - self.offset() - wall) * 1e3
            if load := LOADED.search(line):
                begins.append(at - int(load[1]))
            for stage, word in STAGES.items():
                if word in line:
                    ends[stage] = max(at, ends.get(stage, 0))
                    break
        if begins:
            ends['loads begin'] = min(begins)
        return ends

    @staticmethod
    def offset():
        """Seconds by which the log's dates, in local time, are ahead of UTC."""
        return datetime.now().astimezone().utcoffset().total_seconds()

    def cache(self, store):
        """The AOT cache of a run with this store, that was asked and ended as the image's is."""
        if store not in self.caches:
            file = self.machine.work / f'{store}.aot'
            _, process, port = self.start(f'training-{store}', store, [f'-XX:AOTCacheOutput={file}'])
            for customer in range(1, REQUESTS + 1):
                ask(port, f'/customer/{customer}')
                ask(port, f'/customer/{customer},{customer + 1},999999999')
            process.terminate()
            process.wait(PATIENCE)
            self.machine.end([process])
            self.caches[store] = file
        return self.caches[store]

    def measure(self, kind):
        # on: a cache that is not used would be an error, not a slow start
        more = [f'-XX:AOTCache={self.cache(kind.trained)}', '-XX:AOTMode=on'] if kind.trained else []
        name = re.sub(r'\W+', '-', kind.name)
        measured, process, _ = self.start(name, kind.store, more)
        self.machine.end([process])
        kind.starts.append(measured)


def starts(machine, asked, say):
    """Whether each way to start is ready soon enough."""
    all_kinds, service = kinds(), Starts(machine)
    for kind in all_kinds:
        if kind.trained:
            service.cache(kind.trained)
    for number in range(asked.rounds):
        for kind in all_kinds if number % 2 == 0 else reversed(all_kinds):
            service.measure(kind)
        say(f'round {number + 1} of {asked.rounds}')
    kept = print_table(all_kinds, say)
    print_stages(all_kinds, say)
    return kept


def print_table(all_kinds, say):
    say('\n| start | first answer ms | ready ms | quartiles | bar | | CPU ms |\n|---|--:|--:|--:|--:|---|--:|')
    kept = True
    for kind in all_kinds:
        values = [one['ready'] for one in kind.starts]
        low, middle, high = quartiles(values)
        said = verdict(values, kind.bar, more_is_better=False) if kind.bar else ''
        kept &= said != 'not met'
        first, cpu = (median(one[key] for one in kind.starts) for key in ('first', 'cpu'))
        bar = f'≤ {kind.bar:,}' if kind.bar else ''
        say(f'| {kind.name} | {first:,.0f} | {middle:,.0f} | {low:,.0f} to {high:,.0f} | {bar} | {said} | {cpu:,.0f} |')
    return kept


def print_stages(all_kinds, say):
    """When each stage has ended, in the order of the medians; stages run side by side."""
    for kind in all_kinds:
        ends = {
            stage: median(one['stages'][stage] for one in kind.starts if stage in one['stages'])
            for stage in {stage for one in kind.starts for stage in one['stages']}
        }
        line = ' · '.join(f'{stage} {at:,.0f}' for stage, at in sorted(ends.items(), key=lambda end: end[1]))
        say(
            f'\n{kind.name}, ms since the process began: {line} · first answer {median(one["first"] for one in kind.starts):,.0f}'
        )
    return True
