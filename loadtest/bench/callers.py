"""What it costs a near hit that the service knows its callers: without any, and with ten of two keys each.

How well a process is compiled differs from start to start, so there are several starts, of both services each.
"""

from keys import Caller
from report import verdict
from settings import interleaved, print_against
from targets import Target

STARTS = 3
CALLERS, KEYS = 10, 2
LEVELS = (16, 64)  # connections
BAR = 0.95  # of the requests a second without callers
NONE, BEARER, BASIC = 'no callers', 'Bearer', 'Basic'


def plan_of(targets, start):
    """The same near hit of both services, of the second in both forms of a key: [(key, target, connections)]."""
    callers = [Caller(f'caller-{number}', KEYS) for number in range(CALLERS)]
    file = targets.machine.work / f'callers-{start}.conf'
    file.write_text(''.join(caller.configuration() for caller in callers))
    without = targets.papi(f'papi-open-{start}', {'PAPI_REDIS': 'off'})
    known = targets.papi(f'papi-callers-{start}', {'PAPI_REDIS': 'off', 'PAPI_CONFIG': str(file)})
    return [
        (
            (connections, name),
            Target(name, name, service[1] + targets.path(1), [service[0]], layer='near', headers=headers),
            connections,
        )
        for connections in LEVELS
        for name, service, headers in (
            (NONE, without, {}),
            (BEARER, known, callers[-1].bearer()),
            (BASIC, known, callers[-1].basic()),
        )
    ]


def callers(wrk, targets, asked, say):
    """Whether near hits are as fast as they must be."""
    results, starts = {}, min(STARTS, asked.rounds)
    for start in range(starts):
        plan = plan_of(targets, start)
        share = max(1, asked.warm_up // (2 * len(LEVELS)))
        for (_, name), target, connections in plan:  # as long for each service
            wrk.run(target.url, connections, 2 * share if name == NONE else share, headers=target.headers)
        rounds = len(range(start, asked.rounds, starts))
        for key, measured in interleaved(plan, wrk, rounds, asked.seconds).items():
            results.setdefault(key, []).extend(measured)
        targets.machine.end([*{id(process): process for _, target, _ in plan for process in target.processes}.values()])
        say(f'start {start + 1} of {starts}')
    say(f'{asked.rounds} rounds of {asked.seconds} s, {starts} starts; {CALLERS} callers with {KEYS} keys each')
    kept = [print_level(results, connections, say) for connections in LEVELS]
    return all(kept)


def print_level(results, connections, say):
    """Whether no form of a key is too slow."""
    base = connections, NONE
    names = [(connections, name) for name in (NONE, BEARER, BASIC)]
    print_against(results, base, names, f'near hit, {connections} connections', say)
    kept = True
    for name in names[1:]:
        values = [one['rate'] / other['rate'] for one, other in zip(results[name], results[base], strict=True)]
        said = verdict(values, BAR)
        kept &= said != 'not met'
        say(f'{name[1]}: at least {BAR}: {said}')
    return kept
