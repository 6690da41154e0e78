"""Papi's Redis hits beside Feast's online server on Redis: the same rows, in a Redis of its own for each."""

import json
import subprocess

import picture
import rounds
from machine import free_port, get, post_json
from report import ratio_lines, table
from targets import HERE, Target, Targets
from wrk import Wrk

NAMES = 'peers', 'peers', 'peers'
FEAST = ['feast[redis]==0.67.0']
KEY = 'C_CUSTOMER_SK'
SIZES = 1, 10, 100
CONNECTIONS = 16
# Without an access log, without a registry that is read again, and with workers that live: by default each is started anew
# after 1,000 requests.
SERVE = [
    *('--workers', '2', '--no-access-log', '--max-requests', '0'),
    *('--keep-alive-timeout', '3600', '--registry_ttl_sec', '36000'),
]
STARTS_WITHIN, FILLS_WITHIN = 120, 300  # seconds


def papi(targets):
    """The service without its near cache, and the rows it has: ({ids: Target}, rows)"""
    redis = targets.redis(pinned=False)
    if not redis:
        raise SystemExit('benchmark: peers are compared in Redis, so it needs redis-server')
    process, url, admin = targets.without_near('papi-redis', redis, pinned=False)
    found = {}
    for ids in SIZES:
        path = url + targets.path(ids)
        body = targets.machine.await_answer(
            process, path, accept=lambda answer: dict(answer[1]).get('Cache-Status') == 'redis; hit'
        )[0]
        found[ids] = Target(f'redis-{ids}', title('Papi, Redis hit', ids), path, [process, redis[0]], ids, body, 'redis', admin)
    return found, json.loads(get(url + targets.path(max(SIZES)))[0])


def title(what, ids):
    return f'{what}, {ids} id{"s" * (ids > 1)}'


def feast(targets, rows):
    """{ids: Target} of Feast with these rows, which its answers were compared with; none if it cannot be had."""
    venv = targets.venv(FEAST, 'feast', 'Feast')
    if not venv:
        return {}
    redis = targets.redis(pinned=False)
    work = targets.machine.work / 'feast'
    work.mkdir()
    (work / 'rows.json').write_text(json.dumps(rows))
    environment = {
        'FEAST_KEY': KEY, 'REDIS_PORT': str(redis[1]), 'FEAST_USAGE': 'False', 'PYTHONDONTWRITEBYTECODE': '1', 'HOME': str(work)
    }  # fmt: skip
    filling = targets.machine.start(
        'feast-fill', [venv / 'bin/python', HERE / 'feaststore.py'], environment, cwd=work, pinned=False
    )
    try:
        failed = filling.wait(FILLS_WITHIN)
    except subprocess.TimeoutExpired:
        failed = f'not filled within {FILLS_WITHIN} s'
    if failed:
        log = (targets.machine.work / 'feast-fill.log').read_text().strip().splitlines()
        raise RuntimeError(f'the store of Feast could not be filled: {failed}, {"".join(log[-1:])}')
    port = free_port()
    serving = targets.machine.start(
        'feast',
        [venv / 'bin/feast', 'serve', '--host', '127.0.0.1', '--port', port, *SERVE],
        environment,
        cwd=work,
        pinned=False,
    )
    url = f'http://127.0.0.1:{port}'
    targets.machine.await_answer(serving, f'{url}/health', STARTS_WITHIN)
    found = {}
    for ids in SIZES:
        asked = json.dumps({'feature_service': 'customer', 'entities': {KEY: list(range(1, ids + 1))}}).encode()
        at = f'{url}/get-online-features'
        body = post_json(at, asked)[0]
        check(body, rows[:ids])
        found[ids] = Target(f'feast-{ids}', title('Feast', ids), at, [serving, redis[0]], ids, body, slow=True, post=asked)
        found[ids].pinned = False
    return found


def check(body, rows):
    """Fails unless Feast's answer has exactly the values of these rows."""
    answer = json.loads(body)
    columns = dict(zip(answer['metadata']['feature_names'], (each['values'] for each in answer['results']), strict=True))
    theirs = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    if theirs != rows:
        apart = next((pair for pair in zip(theirs, rows, strict=False) if pair[0] != pair[1]), (len(theirs), len(rows)))
        raise RuntimeError(f'Feast has other values than the service: {apart[0]}, not {apart[1]}')


def measure(machine, asked, begin, say):
    wrk, targets = Wrk(machine), Targets(machine, set(), say)
    ours, rows = papi(targets)
    theirs = feast(targets, rows)
    for target in ours.values():
        target.pinned = False
    plan = [(CONNECTIONS, of[ids]) for ids in SIZES for of in (theirs, ours) if ids in of]
    measured = begin({target.name: target.title for _, target in plan}, targets.missing)
    rounds.warm([target for _, target in plan], wrk, asked.warm_up)
    rounds.run(plan, rounds.of_wrk(wrk, asked.seconds), measured, asked.rounds, say)
    return measured


def lines(titles, results):
    pairs = [(f'redis-{ids}', f'feast-{ids}', None, ()) for ids in SIZES]
    return [
        *table(titles, results),
        '',
        '| ratio | connections | lower quartile | median | upper quartile | | |',
        '|---|--:|--:|--:|--:|---|---|',
        *ratio_lines(results, 'rate', pairs),
        *ratio_lines(results, 'p99', pairs),
    ]


svg = picture.svg
