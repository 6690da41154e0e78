"""Whether cost grows: near hits with more datasets, rows, idle connections, scrapes, ids; and which collector for which heap.

Each part starts its services, measures its rows in interleaved rounds, and ends them before the next.
"""

from dataclasses import dataclass

import filled
import rounds
import scaleparts
import scalereport
from scaleparts import COLLECTORS, DATASETS, FEW_ROWS, IDLE, LARGE, LARGE_NEAR, SIZES, SMALL
from targets import Targets
from wrk import Wrk

NAMES = 'scale', 'scale', None
CONNECTIONS = 16
LEAD = 2  # seconds of load before each measurement: what is beside it has just begun, and is still young to the collector


@dataclass(frozen=True)
class Part:
    """`rows` of a part by the end of their names, the one that the others are compared with first."""

    title: str
    rows: dict
    start: object  # function of a Scale that gives {end of the name: Row}
    bar: bool = True


def parts(asked):
    """{name: Part} of those that are asked for."""
    flags = {name: f'{name} collector' if name in COLLECTORS else f'`{name}`' for name in scaleparts.variants(asked.jvm)}
    found = {
        'datasets': Part('datasets', {'1': '1', str(DATASETS): str(DATASETS)}, scaleparts.datasets),
        'rows': Part(
            'rows in the near cache, heap of 4 GiB',
            {'few': f'{FEW_ROWS:,}', 'many': f'{asked.rows:,}', 'full': f'{asked.rows:,}, nine tenths of its room'},
            scaleparts.rows,
        ),
        'idle': Part('idle connections', {'1': '1', str(IDLE): f'{IDLE:,}'}, scaleparts.idle),
        'scrape': Part('scrapes of `/metrics`', {'none': 'none', 'scraped': 'one each second'}, scaleparts.scrape),
        'ids': Part('ids in a request', {str(count): str(count) for count in SIZES}, scaleparts.ids),
        'small-heap': Part(
            f'collector, heap of 512 MiB, {FEW_ROWS:,} rows',
            flags,
            lambda scale: scaleparts.collectors(scale, 'small', FEW_ROWS, SMALL, ''),
            bar=False,
        ),
        'large-heap': Part(
            f'collector, heap of 4 GiB, {asked.rows:,} rows',
            flags,
            lambda scale: scaleparts.collectors(scale, 'large', scale.many, LARGE, LARGE_NEAR),
            bar=False,
        ),
    }
    only = list(filter(None, asked.only.split(',')))
    if unknown := set(only) - set(found):
        raise SystemExit(f'benchmark: --scale has no part {", ".join(unknown)}; there are {", ".join(found)}')
    return {name: part for name, part in found.items() if not only or name in only}


def measure(machine, asked, begin, say):
    wrk, wanted = Wrk(machine), parts(asked)
    targets = Targets(machine, set(), say)
    measured = begin(
        {
            f'{name}/{end}': [part.title, title, 'ids' if name == 'ids' else 'requests', part.bar]
            for name, part in wanted.items()
            for end, title in part.rows.items()
        }
    )
    for name, part in wanted.items():
        if measured.have(f'{name}/{next(iter(part.rows))}') >= asked.rounds:
            continue
        before = list(machine.started)
        started = part.start(scaleparts.Scale(targets, asked, say))
        say(name)
        plan = []
        for end, row in started.items():
            row.target.name = f'{name}/{end}'
            plan.append((CONNECTIONS, row))
        rounds.warm([row.target for row in started.values()], wrk, asked.warm_up)
        rounds.run(plan, of_row(wrk, asked.seconds), measured, asked.rounds, say)
        machine.end([process for process in machine.started if process not in before])
    return measured


def of_row(wrk, seconds):
    """How rounds are measured here: a row with what is beside it, and how long the collector held everything up."""

    def measured(row, connections):
        with row.beside():
            load = row.target
            wrk.run(load.url, connections, LEAD, load.pinned, load.lua, load.headers, load.post)
            before = filled.pauses(row.target.admin)
            one = rounds.measure(row.target, wrk, connections, seconds)
            one['pauses'] = (filled.pauses(row.target.admin) - before) / seconds
        one['rate'] *= row.target.ids
        return one

    return measured


lines = scalereport.lines
