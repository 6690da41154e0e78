"""Tails in an open loop: hits, batches and misses at a constant rate, beside constants with the same headers."""

from statistics import median

import computed
import openload
import rounds
import tails
from machine import get
from openload import QUANTILES
from report import ratio_lines
from targets import Target, Targets
from vitals import total

BATCH = 100
NAMES = 'open', 'open', 'open'
RATES = {'batch': 4, 'miss': 8}  # what is asked for less often, and by how many times
LEAD = 2  # seconds before each measurement: a target has stood still while the others were measured
STATEMENT = '5ms'  # of a miss
# (target, the constant of it, the most that its p99 may be of the constant's or None)
PAIRS = [
    ('redis-1', 'constant-1', 1.2),
    ('near-1', 'constant-1', None),
    (f'redis-{BATCH}', f'constant-{BATCH}', None),
    (f'near-{BATCH}', f'constant-{BATCH}', None),
]
NEVER_ASKED = '[1-9][0-9]{8}'  # a regular expression of the ids of misses: a billion, so that hardly any comes twice


def started(targets, rate):
    """[(rate, target)]"""
    redis = targets.redis(pinned=False)
    if not redis:
        raise SystemExit('benchmark: an open loop compares Redis hits with a constant, so it needs redis-server')
    process, url, admin = targets.papi('papi-near', {'PAPI_REDIS': f'redis://127.0.0.1:{redis[1]}'}, pinned=False)
    bodies = targets.record(url, (1, BATCH))
    without, at, without_admin = targets.without_near('papi-redis', redis, pinned=False)
    constant, same = targets.constant('constant', pinned=False)
    plan = []
    for ids in (1, BATCH):
        path, s = targets.path(ids), 's' * (ids > 1)
        targets.check_form(url + path, f'{same}/headers/{ids}')
        every = rate if ids == 1 else rate // RATES['batch']
        for one in (
            Target(f'constant-{ids}', f'Helidon constant, {ids} id{s}', f'{same}/headers/{ids}', [constant]),
            Target(f'near-{ids}', f'Papi, near hit, {ids} id{s}', url + path, [process], layer='near', admin=admin),
            Target(
                f'redis-{ids}',
                f'Papi, Redis hit, {ids} id{s}',
                at + path,
                [without, redis[0]],
                layer='redis',
                admin=without_admin,
            ),
        ):
            one.ids, one.body = ids, bodies[ids]
            plan.append((every, one))
    process, url, admin = targets.papi(
        'papi-miss',
        {
            'PAPI_CONFIG': str(computed.configuration(targets.machine)),
            'PAPI_REDIS': f'redis://127.0.0.1:{redis[1]}',
            'PAPI_EMBEDDED_LATENCY_P50': STATEMENT,
            'PAPI_EMBEDDED_LATENCY_P99': STATEMENT,
            'PAPI_EMBEDDED_STATEMENTS': '64',
        },
        pinned=False,
    )
    miss = Target('miss', f'Papi, miss, statement of {STATEMENT}', f'{url}/customer/{NEVER_ASKED}', [process, redis[0]])
    miss.admin = admin
    plan.append((rate // RATES['miss'], miss))
    return plan


def read_by_store(admin):
    """Ids so far."""
    return total(get(f'{admin}/metrics')[0].decode(), 'papi_store_batch_keys_sum{')


def of_oha(oha, seconds):
    """How rounds are measured here."""

    def measure(target, rate):
        is_miss = target.name == 'miss'
        answered = (lambda: read_by_store(target.admin)) if is_miss else target.hits
        if not is_miss:
            target.check()
        oha.run(target.url, rate, LEAD, any_match=is_miss)
        before, cpu = answered(), target.cpu()
        one = oha.run(target.url, rate, seconds, any_match=is_miss)
        one['cpu'] = (target.cpu() - cpu) / one['requests'] * 1e6
        one['hits'] = min(1.0, (answered() - before) / one['requests'] / target.ids) if target.admin else 1.0
        return one

    return measure


def measure(machine, asked, begin, say):
    command, why = openload.installed()
    if not command:
        raise SystemExit(f'benchmark: no oha, which sends at a constant rate: {why}')
    oha = openload.Oha(machine, command)
    plan = started(Targets(machine, set(), say), asked.rate)
    measured = begin({target.name: target.title for _, target in plan})
    say(f'{len(plan)} measurements of {asked.seconds} s in each round')
    warming = of_oha(oha, asked.warm_up)
    for rate, target in plan:
        warming(target, rate)
    rounds.run(plan, of_oha(oha, asked.seconds), measured, asked.rounds, say)
    return measured


def milliseconds(micros):
    return f'{micros / 1e3:.2f}'


def lines(titles, results):
    """Of the report: quantiles of all requests of all rounds, and ratios of the rounds' own."""
    said = [
        '| target | requests/s | ' + ' | '.join(f'p{100 * share:g} ms' for share in QUANTILES.values())
        + ' | CPU µs/request | remarks |',
        '|---|--:|' + '--:|' * len(QUANTILES) + '--:|---|',
    ]  # fmt: skip
    for name, by in results.items():
        for rate, each in by.items():
            points = openload.merged(each)
            middle = {key: median(one[key] for one in each) for key in ('rate', 'cpu', 'hits')}
            errors, remarks = sum(one['errors'] for one in each), []
            if errors:
                remarks.append(f'{errors} errors')
            if middle['hits'] < 0.999:
                remarks.append(f'{middle["hits"]:.1%} came from where they should')
            if middle['rate'] < 0.99 * rate:
                remarks.append(f'only {middle["rate"]:,.0f} a second were answered')
            said.append(
                f'| {titles[name]} | {rate:,} | '
                + ' | '.join(milliseconds(openload.at_share(points, share)) for share in QUANTILES.values())
                + f' | {middle["cpu"]:.1f} | {", ".join(remarks)} |'
            )
    said += ['', '| ratio | requests/s | lower quartile | median | upper quartile | bar | |', '|---|--:|--:|--:|--:|--:|---|']
    for key in ('p50', 'p99', 'p999'):
        pairs = [(top, bottom, bar if key == 'p99' else None, list(results.get(top, {}))) for top, bottom, bar in PAIRS]
        said += ratio_lines(results, key, pairs, more_is_better=False)
    return said


svg = tails.svg
