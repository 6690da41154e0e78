"""What a store that hangs does to hits.

The same service runs twice, each beside the same stream of misses; for one of them the store answers.
"""

import contextlib
import http.client
import threading
import time
from statistics import median
from urllib.parse import urlsplit

from report import number, quartiles, verdict
from settings import interleaved
from targets import Target

MISSES = 10  # a second, of ids that nobody has asked for
STATEMENT, NEVER = '30ms', '60s'
CONNECTIONS = 64
BAR = 1.1  # times the p99
SETTLE = 3  # seconds in which the misses find out how the store is


class Misses:
    """A steady stream of misses, for ids from `first` on; each connection sends one a second, however long the answer takes."""

    def __init__(self, url, first):
        self.at, self.first = urlsplit(url).netloc, first
        self.statuses, self.ended, self.lock = {}, threading.Event(), threading.Lock()
        self.threads = [threading.Thread(target=self.ask, args=(number,), daemon=True) for number in range(MISSES)]

    def ask(self, number):
        connection, asked = http.client.HTTPConnection(self.at, timeout=10), 0
        due = time.monotonic() + number / MISSES
        while not self.ended.wait(max(0, due - time.monotonic())):
            connection.request('GET', f'/customer/{self.first + asked * MISSES + number}')
            answer = connection.getresponse()
            answer.read()
            with self.lock:
                self.statuses[answer.status] = self.statuses.get(answer.status, 0) + 1
            asked += 1
            due = max(due + 1, time.monotonic())
        connection.close()

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        for thread in self.threads:
            thread.join(10)


def services(targets, redis, layer):
    """The targets of the two: {'answers': …, 'hangs': …}; what the first has loaded the second finds in Redis."""
    more = {} if layer == 'near' else {'PAPI_NEAR_MEMORY': '0 MiB'}
    found = {}
    for name, statement in (('answers', STATEMENT), ('hangs', NEVER)):
        process, url, _ = targets.papi(
            f'papi-{layer}-{name}',
            more
            | {
                'PAPI_REDIS': f'redis://127.0.0.1:{redis[1]}',
                'PAPI_EMBEDDED_LATENCY_P50': statement,
                'PAPI_EMBEDDED_LATENCY_P99': statement,
            },
        )
        target = Target(f'{layer}, the store {name}', name, url + targets.path(1), [process, redis[0]], layer=layer)
        targets.machine.await_answer(
            process, target.url, accept=lambda answer: dict(answer[1])['Cache-Status'].startswith(f'{layer}; hit')
        )
        found[name] = target
    return found


def hung(wrk, targets, asked, say):
    """Whether the p99 of hits stays where it is."""
    redis = targets.redis()
    if not redis:
        return False
    plan, kept = [], True
    with contextlib.ExitStack() as streams:
        misses = {}
        for layer in ('near', 'redis'):
            for name, target in services(targets, redis, layer).items():
                wrk.run(target.url, CONNECTIONS, asked.warm_up)
                misses[layer, name] = streams.enter_context(Misses(target.url, 100_000_000 * (1 + len(misses))))
                plan.append(((layer, name), target, CONNECTIONS))
        time.sleep(SETTLE)
        results = interleaved(plan, wrk, asked.rounds, asked.seconds)
    say(
        f'{asked.rounds} rounds of {asked.seconds} s, {CONNECTIONS} connections, {MISSES} misses a second beside them; '
        f'a statement takes {STATEMENT}, or hangs'
    )
    say('| hits of | the store | misses answered | requests/s | p99 ms | p99 against the store that answers | quartiles | |')
    say('|---|---|--:|--:|--:|--:|--:|---|')
    for (layer, name), rounds in results.items():
        statuses = misses[layer, name].statuses
        answered = statuses.get(200, 0) / sum(statuses.values())
        if (answered > 0.5) == (name == 'hangs'):
            raise RuntimeError(f'{layer}: the store was to be one that {name}, and the misses got {statuses}')
        rate, p99 = (median(one[key] for one in rounds) for key in ('rate', 'p99'))
        line = f'| {layer} | {name} | {answered:.0%} | {rate:,.0f} | {p99 / 1e3:.2f} '
        if name == 'hangs':
            values = [one['p99'] / other['p99'] for one, other in zip(rounds, results[layer, 'answers'], strict=True)]
            low, middle, high = quartiles(values)
            said = verdict(values, BAR, more_is_better=False)
            kept &= said != 'not met'
            line += f'| {number(middle)} | {number(low)} to {number(high)} | at most {BAR}: {said} |'
        else:
            line += '| | | |'
        say(line)
    return kept
