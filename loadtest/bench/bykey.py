"""What it costs to ask by another key than the rows' own, and to ask for ids in a body."""

import json

from machine import get
from program import ROOT
from report import quartiles, verdict
from settings import interleaved
from targets import Target
from wrk import paths

CONFIGURATION = ROOT / 'service/examples/email/papi.conf'
IDS, POSTED = 100, 1000  # of a path, and of a body
LEVELS, BATCH_LEVELS = (16, 64), (1, 8)  # connections
BY_ADDRESS, IN_BODY = 0.85, 0.8  # of the ids a second


def address(url, number):
    """The e-mail address of the customer with this number, or of the next who has one."""
    while not (known := json.loads(get(f'{url}/customer/{number}')[0])[0]['C_EMAIL_LOWER']):
        number += 1
    return known, number


def ids_from(first):
    return ','.join(str(first + i) for i in range(IDS))


def targets_of(machine, process, url):
    """({name: target} of one row, {name: target} of many), all rows of which are in the near cache"""
    for first in range(1, POSTED + 1, IDS):  # all at once would take a cold service longer than its deadline
        machine.await_answer(process, f'{url}/customer/{ids_from(first)}')
    known, number = address(url, 1)
    one = {
        'by id': Target('id', 'id', f'{url}/customer/{number}', [process], layer='near'),
        'by address': Target('address', 'address', f'{url}/customer/email/{known}', [process], layer='near'),
    }
    body = json.dumps({'ids': list(range(1, POSTED + 1))}).encode()
    in_turn = paths(machine.work, [f'/customer/{ids_from(first)}' for first in range(1, POSTED + 1, IDS)])
    many = {
        f'{IDS} in the path': Target(
            'path', 'path', f'{url}/customer/{ids_from(1)}', [process], ids=IDS, layer='near', lua=in_turn
        ),
        f'{POSTED} in a body': Target('body', 'body', f'{url}/customer', [process], ids=POSTED, layer='near', post=body),
    }
    return one, many


def compared(wrk, pairs, levels, bar, asked, say):
    """Whether the second of a pair is fast enough beside the first: ids a second, interleaved."""
    plan = [((connections, name), target, connections) for connections in levels for name, target in pairs.items()]
    for _, target, connections in plan:
        wrk.run(target.url, connections, max(1, asked.warm_up // len(plan)), more=target.lua, post=target.post)
    results, kept = interleaved(plan, wrk, asked.rounds, asked.seconds), True
    base, other = pairs
    say('\n| asked | connections | ids/s | p99 ms | against the first | quartiles | |\n|---|--:|--:|--:|--:|--:|---|')
    for connections in levels:
        first, second = results[connections, base], results[connections, other]
        share = pairs[other].ids / pairs[base].ids
        ratios = [share * two['rate'] / one['rate'] for one, two in zip(first, second, strict=True)]
        low, middle, high = quartiles(ratios)
        said = verdict(ratios, bar)
        kept &= said != 'not met'
        for name, rounds, more in (
            (base, first, '| | |'),
            (other, second, f'{middle:.3g} | {low:.3g} to {high:.3g} | at least {bar}: {said} |'),
        ):
            rate = sorted(one['rate'] for one in rounds)[len(rounds) // 2] * pairs[name].ids
            p99 = sorted(one['p99'] for one in rounds)[len(rounds) // 2] / 1e3
            say(f'| {name} | {connections} | {rate:,.0f} | {p99:.2f} | {more}')
    return kept


def by_key(wrk, targets, asked, say):
    """Whether rows by an address, and ids in a body, are as fast as they must be."""
    process, url, _ = targets.papi('papi-email', {'PAPI_REDIS': 'off', 'PAPI_CONFIG': str(CONFIGURATION), 'PAPI_ROWS': '2000'})
    one, many = targets_of(targets.machine, process, url)
    say(f'{asked.rounds} rounds of {asked.seconds} s; near-cache hits')
    kept = compared(wrk, one, LEVELS, BY_ADDRESS, asked, say)
    return compared(wrk, many, BATCH_LEVELS, IN_BODY, asked, say) and kept
