"""A near cache that is filled, and what the service says of itself then."""

import json
import random
import threading
import time

from machine import get, post_json
from vitals import total

POSTED, CALLERS = 1000, 4  # ids of a request; requests at once
TRIES, PAUSE = 100, 0.1  # of a request that was not answered, and the seconds in between
ASKED = 65_536  # paths, drawn at random from all rows
SEED = 22


def fill(url, admin, count):
    """Asks for the customers 1 to `count`, until the near cache has them all: the seconds it took."""
    began, lock = time.monotonic(), threading.Lock()
    firsts, failed = iter(range(1, count + 1, POSTED)), []

    def ask():
        while not failed:
            with lock:
                first = next(firsts, None)
            if first is None:
                return
            ids = list(range(first, min(first + POSTED, count + 1)))
            try:
                answered(url, json.dumps({'ids': ids}).encode(), len(ids))
            except (OSError, RuntimeError) as e:
                failed.append(e)

    threads = [threading.Thread(target=ask) for _ in range(CALLERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    if (held := rows_held(admin)) < count:
        raise RuntimeError(f'the near cache holds {held:,.0f} rows of {count:,}')
    return time.monotonic() - began


def answered(url, body, count):
    """Asks until it is answered with so many rows: a service that is cold may need more than its deadline."""
    for _ in range(TRIES):
        try:
            answer = post_json(f'{url}/customer', body)[0]
            break
        except OSError as e:
            last = e
            time.sleep(PAUSE)
    else:
        raise last
    if answer.count(b'{') != count:
        raise RuntimeError(f'{answer.count(b"{")} rows of {count}')


def ask(url, paths):
    for path in paths:
        get(url + path)


def rows_held(admin):
    return total(metrics(admin), 'cache_size{cache="near"')


def bytes_held(admin):
    return total(metrics(admin), 'papi_near_memory_used_bytes{')


def pauses(admin):
    """Milliseconds for which the collector has held everything up so far."""
    return total(metrics(admin), 'jvm_gc_pause_seconds_sum{') * 1e3


def metrics(admin):
    return get(f'{admin}/metrics')[0].decode()


def paths_of(count):
    """Paths of customers at random from 1 to `count`."""
    draw = random.Random(SEED)
    return [f'/customer/{draw.randint(1, count)}' for _ in range(ASKED)]
