"""What a stream of requests costs the store: measured for the service, worked out for other ways to cache.

What is counted begins after the first window of freshness: until then every way has to read each row once.
"""

import threading
import time
from html import escape

import stream as streams
from cliff import Caller
from machine import get
from picture import document
from stream import STATEMENT, Ahead, ByChance, Late, Looking, Stream, by_key

STREAMS = {
    'short': Stream(ids=300, seconds=40, rate=500, fresh=10),  # an id is asked for as often in its time as in the long one
    'long': Stream(ids=10_000, seconds=560, rate=1_000, fresh=180),
    'even': Stream(ids=200_000, seconds=560, rate=1_000, fresh=180, even=True),
}
NEAR_PART = {'even': 0.25}  # of the ids that the near cache has room for; all else
ROW = 680  # bytes of a row in the near cache, about
CALLERS = 64
SLICE = 10  # seconds that a point of the picture stands for


def measured(stream, requests, url, admin):
    """(outcome, by how much a request was late at most of 99 in 100, in seconds)"""
    waiting, lock = iter(requests), threading.Lock()
    outcome, late, errors, counts = streams.Outcome(stream.fresh), [], [], []
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
                outcome.asked(at, 'store;dur' in caller.head)
        except (OSError, RuntimeError) as e:
            errors.append(e)

    def count():
        time.sleep(max(0, began + stream.fresh - time.monotonic()))
        counts.append(store(admin))

    threads = [threading.Thread(target=call) for _ in range(CALLERS)] + [threading.Thread(target=count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    outcome.statements, outcome.read = (now - then for now, then in zip(store(admin), counts[0], strict=True))
    return outcome, sorted(late)[len(late) * 99 // 100]


def metric(admin, *wanted):
    lines = [line.rpartition(' ') for line in get(f'{admin}/metrics')[0].decode().splitlines()]
    return tuple(
        sum(float(value) for name, _, value in lines if all(part in name for part in each.split('|'))) for each in wanted
    )


def store(admin):
    """(statements, ids) so far."""
    return metric(admin, 'papi_store_query_seconds_count{', 'papi_store_batch_keys_sum{')


def ways(stream, requests):
    """The other ways by name, the one that was replaced first."""
    yield 'ahead by chance (XFetch), before', ByChance(stream).run(requests)
    yield 'nothing ahead', Ahead(stream).run(requests)
    yield 'asked for in the last 20 % of its time, gathered for 1 s', Late(stream, 0.2).run(requests)
    yield 'the same, last 40 %', Late(stream, 0.4).run(requests)
    for enough in (1, 3):
        yield f'a look each second, asked for at least {enough} time{"s" * (enough > 1)}', Looking(stream, enough).run(requests)
    yield 'rows kept by id, a statement for each miss', by_key(stream, requests, lambda ids: [(one,) for one in ids])
    yield 'answers kept by URL, as in the guide', by_key(stream, requests, lambda ids: [ids])


def cost(targets, form, out, say):
    stream = STREAMS[form]
    requests = stream.requests()
    statement = f'{STATEMENT * 1e3:.0f}ms'
    _, url, admin = targets.papi(
        'papi-cost',
        {
            'PAPI_ROWS': str(stream.ids),
            'PAPI_FRESH_FOR': f'{stream.fresh}s',
            'PAPI_JITTER': str(streams.JITTER),
            'PAPI_REDIS': 'embedded',
            'PAPI_REDIS_EMBEDDED_MEMORY': '256 MiB',
            'PAPI_NEAR_MEMORY': f'{max(1, round(stream.ids * NEAR_PART.get(form, 1.3) * ROW / (1 << 20)))} MiB',
            'PAPI_EMBEDDED_LATENCY_P50': statement,
            'PAPI_EMBEDDED_LATENCY_P99': statement,
        },
        pinned=False,
    )
    say(
        f'{len(requests):,} requests with {sum(len(ids) for _, ids in requests):,} ids of {stream.ids:,} '
        f'({"evenly" if stream.even else "by Zipf"}) in {stream.seconds} s, rows fresh for {stream.fresh} s, '
        f'a statement takes {statement}; counted after the first {stream.fresh} s'
    )
    papi, late = measured(stream, requests, url, admin)
    table = {'Papi': papi} | dict(ways(stream, requests))
    say('| | requests that wait for the store | statements per 1,000 requests | ids read per 1,000 requests |')
    say('|---|--:|--:|--:|')
    for name, outcome in table.items():
        waits, statements, read = outcome.row()
        say(f'| {name} | {waits:.2%} | {statements:,.1f} | {read:,.1f} |')
    ok, shared, failed, vain = metric(
        admin,
        'papi_refresh_total{|outcome="ok"',
        'papi_refresh_total{|outcome="shared"',
        'papi_refresh_total{|outcome="failed"',
        'papi_refresh_worth_total{|result="vain"',
    )
    say(
        f'Papi is measured (99 of 100 requests were sent within {late * 1e3:.1f} ms of their time; read ahead '
        f'{ok:,.0f} ids and {shared:,.0f} from Redis, {failed:,.0f} failed, {vain:,.0f} in vain), '
        'the others are worked out from the same stream'
    )
    out.mkdir(parents=True, exist_ok=True)
    shown = {name: table[name] for name in list(table)[:3]}
    (out / f'cost-{form}.svg').write_text(picture(stream, shown, f'{form} run: {stream.rate:,} requests/s, {stream.ids:,} ids'))
    say(f'a picture is in {out / f"cost-{form}.svg"}')


def shares(stream, outcome):
    """The share of the requests that waited, for each slice of time."""
    size = min(SLICE, stream.fresh // 10)
    all_of, waited = ([0] * (stream.seconds // size + 1) for _ in range(2))
    for at, waits in outcome.waited:
        all_of[int(at) // size] += 1
        waited[int(at) // size] += waits
    return [(i * size, waited[i] / all_of[i]) for i in range(len(all_of)) if all_of[i]]


def picture(stream, table, caption):
    """The share of waiting requests over time, as a line for each way."""
    left, right, top, bottom = 60, 880, 60, 340
    parts = []
    for percent in range(0, 101, 20):
        y = bottom - (bottom - top) * percent / 100
        parts.append(f'<line x1="{left}" x2="{right}" y1="{y}" y2="{y}" stroke="#d0d7de"/>')
        parts.append(f'<text x="{left - 8}" y="{y + 4}" text-anchor="end">{percent} %</text>')

    def x_of(at):
        return left + (right - left) * at / stream.seconds

    for at in range(0, stream.seconds + 1, stream.fresh):
        parts.append(f'<text x="{x_of(at):.0f}" y="{bottom + 18}" text-anchor="middle">{at} s</text>')
    for number, ((name, outcome), colour) in enumerate(zip(table.items(), ('#1f6feb', '#bf8700', '#8c959f'), strict=True)):
        points = ' '.join(f'{x_of(at):.1f},{bottom - (bottom - top) * share:.1f}' for at, share in shares(stream, outcome))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<text x="{right - 300}" y="{top + 20 + 18 * number}" fill="{colour}">{escape(name)}</text>')
    return document('Requests that wait for the store', caption, parts, bottom + 40)
