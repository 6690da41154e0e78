"""What one instance on the specification's node carries: computed from the CPU that is measured for each way to answer.

A request for n ids costs a + b × n of CPU time, with an a and b for near hits, for Redis hits and for statements, from
measurements with 1 and with 100 ids. Of a mixture, where p of the ids are not in the near cache and s of all are read from the
store, a request costs

    a_near + n b_near + min(1, n p) (a_redis − a_near) + n p (b_redis − b_near)
                      + min(1, n s) (a_store − a_redis) + n s (b_store − b_redis)

since all of its ids that are missing go to Redis together, and to the store together. That is pessimistic for single ids:
under load, ids of several requests share a read or a statement.
"""

from dataclasses import dataclass
from statistics import median

import computed
from machine import cpu_seconds, free_port
from starts import Starts
from targets import Target

FEW, MANY = 1, 100  # ids of a request
CONNECTIONS = 16
FILLERS = {'0.25 KB': 0, '2 KB': 1_750}  # a row, and what is added to it
# the share of ids that are not in the near cache, and that of all that are read from the store
MIXES = {'a campaign, warmed': (0.02, 0.002), 'popular rows': (0.1, 0.02), 'more rows than the near cache holds': (0.6, 0.05)}
CORES, USED = 2, 0.6  # the CPU limit of the service in spcs/service.yaml, and the part that it should use
LANES, STATEMENT = 8, 0.03  # store-connections, and seconds that a hybrid table takes at the median


@dataclass(frozen=True)
class Cost:
    """Microseconds of CPU: of a request, and of each of its ids."""

    request: float
    id: float

    @staticmethod
    def of(few, many):
        each = (many - few) / (MANY - FEW)
        return Cost(few - each * FEW, each)


def mixed(near, redis, store, ids, missing, read):
    """Microseconds of CPU of a request in a mixture.

    >>> round(mixed(Cost(10, 1), Cost(20, 2), Cost(120, 12), 1, 0, 0), 6)
    11
    >>> round(mixed(Cost(10, 1), Cost(20, 2), Cost(120, 12), 1, 1, 1), 6)
    132
    >>> round(mixed(Cost(10, 1), Cost(20, 2), Cost(120, 12), 100, 0.5, 0), 6)
    170.0
    """
    return (
        near.request
        + ids * near.id
        + min(1, ids * missing) * (redis.request - near.request)
        + ids * missing * (redis.id - near.id)
        + min(1, ids * read) * (store.request - redis.request)
        + ids * read * (store.id - redis.id)
    )


def measured(wrk, target, connections, asked):
    """The median over the rounds of the CPU of one request, in microseconds; of the service alone."""
    wrk.run(target.url, connections, max(1, asked.warm_up // 2))
    each = []
    for _ in range(asked.rounds):
        before = cpu_seconds(target.processes)
        one = wrk.run(target.url, connections, asked.seconds)
        each.append((cpu_seconds(target.processes) - before) / max(1, one['requests']) * 1e6)
    target.check()
    return median(each)


def cost(wrk, targets, service, layer, connections, asked):
    process, url, _ = service
    few, many = (
        measured(wrk, Target('sizing', layer, url + targets.path(ids), [process], ids=ids, layer=layer), connections, asked)
        for ids in (FEW, MANY)
    )
    targets.machine.end([process])
    return Cost.of(few, many)


def statements(wrk, targets, asked):
    """By the real driver, against a stand-in for Snowflake: nothing is cached, and each request is a statement."""
    stand_in = Starts(targets.machine)
    variables = stand_in.environment('snowflake', free_port(), free_port())
    variables = {key: value for key, value in variables.items() if not key.endswith('PORT') or key.startswith('SNOWFLAKE')}
    service = targets.papi('sizing-store', variables | {'PAPI_REDIS': 'off', 'PAPI_NEAR_MEMORY': '0 MiB'})
    return cost(wrk, targets, service, '', 1, asked)


def cached(wrk, targets, filler, asked):
    """(near hits, Redis hits) of rows with a filler of so many characters."""
    config = {'PAPI_CONFIG': str(computed.configuration(targets.machine, f'filled-{filler}', filler=filler))}
    near = cost(wrk, targets, targets.papi('sizing-near', config | {'PAPI_REDIS': 'off'}), 'near', CONNECTIONS, asked)
    redis = targets.redis()
    if not redis:
        return near, None
    from_redis = config | {'PAPI_REDIS': f'redis://127.0.0.1:{redis[1]}', 'PAPI_NEAR_MEMORY': '0 MiB'}
    return near, cost(wrk, targets, targets.papi('sizing-redis', from_redis), 'redis', CONNECTIONS, asked)


def sizing(wrk, targets, asked, say):
    """Prints the costs, and the table of what an instance carries."""
    store = statements(wrk, targets, asked)
    costs = {size: cached(wrk, targets, filler, asked) for size, filler in FILLERS.items()}
    if not all(redis for _, redis in costs.values()):
        raise SystemExit('benchmark: --sizing needs redis-server (Debian package redis-server)')
    say(f'{asked.rounds} rounds of {asked.seconds} s; CPU time of the service, pinned to one core\n')
    say('| | row | a request, µs | each id, µs |\n|---|---|--:|--:|')
    for size, (near, redis) in costs.items():
        say(f'| near hit | {size} | {near.request:.1f} | {near.id:.2f} |')
        say(f'| Redis hit | {size} | {redis.request:.1f} | {redis.id:.2f} |')
    say(f'| statement, by the driver | 0.5 KB | {store.request:.0f} | {store.id:.1f} |')
    say(
        f'\nAn instance with {CORES} vCPU of which {USED:.0%} are used; at most {LANES / STATEMENT:,.0f} statements a second, '
        f'on {LANES} connections of {STATEMENT * 1e3:.0f} ms each.\n'
    )
    say('| ids | not in the near cache | read from the store | row | requests/s | ids/s | statements/s | bound by |')
    say('|---|--:|--:|---|--:|--:|--:|---|')
    for name, (missing, read) in MIXES.items():
        for size, (near, redis) in costs.items():
            for ids in (1, 10, 100):
                by_cpu = CORES * USED * 1e6 / mixed(near, redis, store, ids, missing, read)
                by_store = LANES / STATEMENT / min(1, ids * read)
                rate = min(by_cpu, by_store)
                say(
                    f'| {name}: {ids} in a request | {missing:.0%} | {read:.1%} | {size} | {rate:,.0f} | {rate * ids:,.0f} '
                    f'| {rate * min(1, ids * read):,.0f} | {"CPU" if by_cpu < by_store else "the store"} |'
                )
    return True
