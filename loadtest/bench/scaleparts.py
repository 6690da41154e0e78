"""The services whose near hits are compared, each part's by a function of its own. The store computes its rows."""

import contextlib
import json
import shlex
from dataclasses import replace
from typing import NamedTuple

import computed
import crowd
import filled
import program
from targets import Target
from wrk import paths

FEW_ROWS, DATASETS, IDLE = 10_000, 50, 5_000
SPREAD = 1_000  # rows that are asked for where their number is not what is compared
SIZES = 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000  # ids of a request; more than 100 are posted
MAX_IN_PATH = 100
SMALL, MIDDLE, LARGE = ['-Xmx512m'], ['-Xmx1g'], ['-Xms4g', '-Xmx4g']  # heaps; the middle one has room for many datasets
LARGE_NEAR = '1800 MiB'  # of the near cache; half of the heap is the most
COLLECTORS = 'Serial', 'G1', 'Parallel'


class Row(NamedTuple):
    """What is measured, and what is under way beside it: a context for each measurement."""

    target: Target
    beside: object = contextlib.nullcontext

    @property
    def name(self):
        return self.target.name


class Scale:
    """Starts the services of the parts."""

    def __init__(self, targets, asked, say):
        self.targets, self.machine, self.asked, self.say = targets, targets.machine, asked, say
        self.many = asked.rows

    def service(self, name, more=None, heap=SMALL, collector=(), datasets=()):
        configuration = computed.configuration(self.machine, name, datasets)
        environment = {'PAPI_CONFIG': str(configuration), 'PAPI_REDIS': 'off'} | (more or {})
        return self.targets.papi(name, environment, command=program.service(program.flags_with([*heap, *collector])))

    def target(self, service, asked_for=(), **more):
        """Near hits of those paths; the first one is checked before and after."""
        process, url, admin = service
        first = asked_for[0] if asked_for else '/customer/1'
        lua = paths(self.machine.work, asked_for) if asked_for else ''
        return Target('', '', url + first, [process], layer='near', admin=admin, lua=lua, **more)

    def with_rows(self, name, count, heap, collector=(), more=None):
        """A service whose near cache has so many rows, any of which is asked for."""
        service = self.service(name, more, heap, collector)
        seconds = filled.fill(service[1], service[2], count)
        held_up = filled.pauses(service[2]) / 1e3
        self.say(f'{name}: {count:,} rows in {seconds:.0f} s, in which the collector held up everything for {held_up:.1f} s')
        return self.target(service, filled.paths_of(count))


def datasets(scale):
    """As many rows in all, in one dataset or in many."""
    one, many = scale.service('1-dataset', heap=MIDDLE), [f'd{number}' for number in range(DATASETS - 1)]
    more = scale.service('50-datasets', heap=MIDDLE, datasets=many)
    each = range(1, SPREAD // DATASETS + 1)
    spread = [f'/{name}/{id}' for id in each for name in ('customer', *many)]
    found = {'1': (one, [f'/customer/{id}' for id in range(1, SPREAD + 1)]), str(DATASETS): (more, spread)}
    for service, asked_for in found.values():
        filled.ask(service[1], asked_for)
    return {name: Row(scale.target(service, asked_for)) for name, (service, asked_for) in found.items()}


def rows(scale):
    near = {'PAPI_NEAR_MEMORY': LARGE_NEAR}
    few = scale.with_rows('few-rows', FEW_ROWS, LARGE, more=near)
    many = scale.with_rows('many-rows', scale.many, LARGE, more=near)
    room = filled.bytes_held(many.admin) * 10 / 9
    full = scale.with_rows('nearly-full', scale.many, LARGE, more={'PAPI_NEAR_MEMORY': f'{room / 2**20:.0f} MiB'})
    return {'few': Row(few), 'many': Row(many), 'full': Row(full)}


def idle(scale):
    target = scale.with_rows('idle', SPREAD, SMALL)
    beside = {str(count): Row(replace(target), lambda count=count: crowd.Idle(target, count)) for count in (1, IDLE)}
    if not crowd.may_open(IDLE):
        scale.targets.skip(f'{IDLE} idle connections', 'a process may not open so many files')
        del beside[str(IDLE)]
    return beside


def scrape(scale):
    target = scale.with_rows('scraped', SPREAD, SMALL)
    return {'none': Row(replace(target)), 'scraped': Row(target, lambda: crowd.Scrape(scale.machine, target.admin))}


def ids(scale):
    service = scale.service('ids')
    filled.fill(service[1], service[2], max(SIZES))
    found = {}
    for count in SIZES:
        some = range(1, count + 1)
        if count <= MAX_IN_PATH:
            found[str(count)] = Row(scale.target(service, ['/customer/' + ','.join(map(str, some))], ids=count))
        else:
            body = json.dumps({'ids': list(some)}).encode()
            found[str(count)] = Row(scale.target(service, ids=count, post=body))
            found[str(count)].target.url = f'{service[1]}/customer'
    return found


def collectors(scale, size, count, heap, near):
    found = {}
    for number, (name, flags) in enumerate(variants(scale.asked.jvm).items(), 1):
        more = {'PAPI_NEAR_MEMORY': near} if near else None
        scale.say(f'{size} {number}: {name}')
        found[name] = Row(scale.with_rows(f'{size}-{number}', count, heap, flags, more))
    return found


def variants(jvm):
    """{name: flags}: the collectors, and what --jvm says."""
    return {name: [f'-XX:+Use{name}GC'] for name in COLLECTORS} | {flags: shlex.split(flags) for flags in jvm}
