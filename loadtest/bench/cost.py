"""What a stream of requests costs the store: measured for the service, worked out for simpler ways to cache.

The stream is the same in each run: ids by Zipf's law, four of five requests with one id, the others with ten. It arrives by
the clock, whether answered or not, as a Poisson process. Rows are fresh for 10 s: 18 times less than by default, at a rate
that stands for one 18 times less.
"""

import bisect
import itertools
import random
import threading
import time

from cliff import Caller
from machine import get

SEED, IDS, SECONDS, RATE = 20, 10_000, 40, 500
BATCH, BATCHES = 10, 0.2
FRESH, STATEMENT = 10, 0.03  # seconds
CALLERS = 64


def stream():
    """[(seconds, ids)]"""
    draw = random.Random(SEED)
    sums = list(itertools.accumulate(1 / rank for rank in range(1, IDS + 1)))
    named = list(range(1, IDS + 1))
    draw.shuffle(named)  # an id's number says nothing about how often it is asked for
    requests, at = [], draw.expovariate(RATE)
    while at < SECONDS:
        count, ids = BATCH if draw.random() < BATCHES else 1, {}
        while len(ids) < count:
            ids[named[bisect.bisect_left(sums, draw.random() * sums[-1])]] = None
        requests.append((at, tuple(ids)))
        at += draw.expovariate(RATE)
    return requests


def worked_out(requests, keys):
    """(requests that wait, statements, ids read) of a cache that loads each missing one of `keys(ids)` by its own statement."""
    held, waited, statements, read = {}, 0, 0, 0
    for at, ids in requests:
        missing = [key for key in keys(ids) if not (key in held and held[key][0] <= at < held[key][1])]
        waited += bool(missing)
        for key in missing:
            statements += 1
            read += len(key)
            if key not in held or at >= held[key][1]:  # else one that is under way ends first
                held[key] = at + STATEMENT, at + FRESH
    return waited, statements, read


def measured(requests, url, admin):
    """The same of the service, and by how much a request was late at most of 99 in 100, in seconds."""
    before = store(admin)
    waiting, lock = iter(requests), threading.Lock()
    waited, late, errors = [], [], []
    began = time.monotonic() + 0.2

    def call():
        try:
            caller = Caller(url, '/')
            while True:
                with lock:
                    at, ids = next(waiting, (None, None))
                if at is None:
                    return
                time.sleep(max(0, began + at - time.monotonic()))
                late.append(time.monotonic() - began - at)
                caller.ask('/customer/' + ','.join(map(str, ids)))
                waited.append('store;dur' in caller.head)
        except (OSError, RuntimeError) as e:
            errors.append(e)

    threads = [threading.Thread(target=call) for _ in range(CALLERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    statements, read = (now - then for now, then in zip(store(admin), before, strict=True))
    return sum(waited), int(statements), int(read), sorted(late)[len(late) * 99 // 100]


def store(admin):
    """(statements, ids) so far."""
    lines = [line.rpartition(' ') for line in get(f'{admin}/metrics')[0].decode().splitlines()]
    return tuple(
        sum(float(value) for name, _, value in lines if name.partition('{')[0] == wanted)
        for wanted in ('papi_store_query_seconds_count', 'papi_store_batch_keys_sum')
    )


def cost(targets, say):
    requests = stream()
    statement = f'{STATEMENT * 1e3:.0f}ms'
    _, url, admin = targets.papi(
        'papi-cost',
        {
            'PAPI_ROWS': str(IDS),
            'PAPI_FRESH_FOR': f'{FRESH}s',
            'PAPI_JITTER': '0.1',
            'PAPI_REDIS': 'embedded',
            'PAPI_EMBEDDED_LATENCY_P50': statement,
            'PAPI_EMBEDDED_LATENCY_P99': statement,
        },
        pinned=False,
    )
    *papi, late = measured(requests, url, admin)
    say(
        f'{len(requests):,} requests with {sum(len(ids) for _, ids in requests):,} of {IDS:,} ids in {SECONDS} s, '
        f'a statement takes {statement}'
    )
    say(
        '| | requests that wait for the store | statements per 1,000 requests | ids per statement | ids read per 1,000 requests |'
    )
    say('|---|--:|--:|--:|--:|')
    for name, (waited, statements, read) in (
        ('Papi', papi),
        ('rows kept by id, a statement for each miss', worked_out(requests, lambda ids: [(one,) for one in ids])),
        ('answers kept by URL', worked_out(requests, lambda ids: [ids])),
        ('nothing kept', (len(requests), len(requests), sum(len(ids) for _, ids in requests))),
    ):
        say(
            f'| {name} | {waited / len(requests):.1%} | {statements / len(requests) * 1e3:,.0f} '
            f'| {read / max(1, statements):.2f} | {read / len(requests) * 1e3:,.0f} |'
        )
    say(
        f'Papi is measured (99 of 100 requests were sent within {late * 1e3:.1f} ms of their time), '
        'the others are worked out from the same stream'
    )
