"""The settings of JVM and sockets, each changed alone, with the service on both cores and confined to one."""

import socket
import time
from statistics import median

import program
from machine import free_port
from report import number, quartiles, verdict
from targets import Target

SMALL_HEAP = '-Xmx512m'  # as on a small node, whatever this machine has
COLLECTORS = {f'{name} collector': f'-XX:+Use{name}GC' for name in ('Serial', 'G1', 'Parallel', 'Z')}
STARTS = 9
START_BAR = 0.65
PARTS = {'jvm', 'sockets', 'aot'}
PLACES = {'both cores': False, 'one core': True}


def variants():
    """{name: flags}: those of the service, twice to see what chance does, and each with one change."""
    own = program.flags()
    collector = next((flag for flag in own if flag in COLLECTORS.values()), None)
    others = {'as it is': own, 'as it is, once more': own}
    for name, flag in COLLECTORS.items():
        if flag != collector:
            others[name] = [flag, *(one for one in own if one != collector)]
    poller = next((flag for flag in own if flag.startswith('-Djdk.pollerMode=')), None)
    if poller != '-Djdk.pollerMode=1':
        others['poller mode 1, threads'] = ['-Djdk.pollerMode=1', *(one for one in own if one != poller)]
    if poller and poller != '-Djdk.pollerMode=2':
        others['poller mode 2, virtual threads'] = ['-Djdk.pollerMode=2', *(one for one in own if one != poller)]
    compact = '-XX:+UseCompactObjectHeaders'
    if compact in own:
        others['object headers not compact'] = [one for one in own if one != compact]
    else:
        others['compact object headers'] = [compact, *own]
    return {name: [*flags, SMALL_HEAP] for name, flags in others.items()}


def interleaved(plan, wrk, count, seconds):
    """{key: [round]} of [(key, target, connections)]"""
    results = {key: [] for key, _, _ in plan}
    for round_number in range(count):
        for key, target, connections in plan if round_number % 2 == 0 else reversed(plan):
            cpu = target.cpu()
            one = wrk.run(target.url, connections, seconds, target.pinned, target.lua, target.headers, target.post)
            one['cpu'] = (target.cpu() - cpu) / max(1, one['requests']) * 1e6
            target.check()
            results[key].append(one)
    return results


def print_against(results, base, names, title, say):
    """A line for each of `names`: medians, and the median ratio to `base` with its quartiles."""
    say(
        f'\n| {title} | requests/s | against the first | quartiles | p50 ms | p99 ms | CPU µs/request |\n'
        '|---|--:|--:|--:|--:|--:|--:|'
    )
    for name in names:
        rounds = results[name]
        low, middle, high = quartiles([one['rate'] / other['rate'] for one, other in zip(rounds, results[base], strict=True)])
        against = f'{number(middle)} | {number(low)} to {number(high)}' if name != base else ' | '
        middles = {key: median(one[key] for one in rounds) for key in ('rate', 'p50', 'p99', 'cpu')}
        say(
            f'| {name[-1]} | {middles["rate"]:,.0f} | {against} | {middles["p50"] / 1e3:.3f} | {middles["p99"] / 1e3:.3f} '
            f'| {middles["cpu"]:.1f} |'
        )


def jvm(machine, wrk, targets, asked, place, say):
    """Near hits at 16 and 64 connections and Redis hits at 64 under each variant of the JVM's flags."""
    pinned, plan = PLACES[place], []
    redis = targets.redis(pinned)
    started = [redis[0]] if redis else []
    for name, flags in variants().items():
        label = f'{place}-{name}'.replace(' ', '-').replace(',', '')
        process, url, _ = targets.papi(f'near-{label}', {'PAPI_REDIS': 'off'}, pinned, program.service(flags))
        started.append(process)
        near = Target(f'near {name}', name, url + targets.path(1), [process], layer='near', pinned=pinned)
        plan += [(('near', 64, name), near, 64), (('near', 16, name), near, 16)]
        if redis:
            process, url, _ = targets.without_near(f'redis-{label}', redis, pinned, program.service(flags))
            started.append(process)
            plan.append(
                (
                    ('redis', 64, name),
                    Target(f'redis {name}', name, url + targets.path(1), [process, redis[0]], layer='redis', pinned=pinned),
                    64,
                )
            )
    for _, target, connections in plan:
        wrk.run(target.url, connections, max(1, asked.warm_up // 2), pinned)
    results = interleaved(plan, wrk, asked.rounds, asked.seconds)
    machine.end(started)
    for what, connections in (('near', 64), ('near', 16), ('redis', 64)):
        names = [key for key in results if key[:2] == (what, connections)]
        if names:
            print_against(results, names[0], names, f'{what} hit, {connections} connections, {place}', say)


def sockets(machine, wrk, targets, asked, place, say):
    """A constant of 1 and 100 rows under each setting of the sockets."""
    pinned, plan, started = PLACES[place], [], []
    service = targets.papi('recorded', {'PAPI_REDIS': 'off'}, pinned)
    targets.record(service[1], (1, 100))
    machine.end([service[0]])
    for name, flags in {
        'as it is': [],
        'use-nio': ['-Duse-nio=true'],
        'no tcp-no-delay': ['-Dtcp-no-delay=false'],
        'use-nio, no tcp-no-delay': ['-Duse-nio=true', '-Dtcp-no-delay=false'],
    }.items():
        process, url = targets.constant(
            f'constant-{place}-{name}'.replace(' ', '-').replace(',', ''), [*flags, SMALL_HEAP], pinned
        )
        started.append(process)
        plan += [((ids, 16, name), Target(name, name, f'{url}/headers/{ids}', [process], pinned=pinned), 16) for ids in (1, 100)]
    for _, target, connections in plan:
        wrk.run(target.url, connections, max(1, asked.warm_up // 2), pinned)
    results = interleaved(plan, wrk, asked.rounds, asked.seconds)
    machine.end(started)
    for ids in (1, 100):
        names = [key for key in results if key[0] == ids]
        print_against(results, names[0], names, f'constant of {ids} row{"s" * (ids > 1)}, 16 connections, {place}', say)


def first_answer(machine, targets, name, flags, pinned):
    """(milliseconds from the start of the process to its first answer 200, the process)"""
    port, admin = free_port(), free_port()
    environment = targets.environment(port, admin) | {'PAPI_REDIS': 'off'}
    request = f'GET {targets.path(1)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'.encode()
    began = time.perf_counter()
    process = machine.start(name, program.service(flags), environment, pinned=pinned)
    while True:
        try:
            with socket.create_connection(('127.0.0.1', port), timeout=10) as connection:
                connection.sendall(request)
                if connection.recv(64).startswith(b'HTTP/1.1 200'):
                    return (time.perf_counter() - began) * 1e3, process
        except OSError:
            pass
        if process.poll() is not None or time.perf_counter() - began > 60:
            raise RuntimeError(f'{name} gave no answer')
        time.sleep(0.002)


def aot(machine, targets, place, say):
    """Whether the first answer comes soon enough with an AOT cache."""
    pinned, cache = PLACES[place], machine.work / 'papi.aot'
    if not cache.exists():
        _, process = first_answer(machine, targets, 'training', [*program.flags(), f'-XX:AOTCacheOutput={cache}'], False)
        process.terminate()
        process.wait(60)
        machine.end([process])
    times = {'without': [], 'with': []}
    for number_of_start in range(STARTS):
        for name in ('without', 'with') if number_of_start % 2 == 0 else ('with', 'without'):
            # on: a cache that is not used would be an error, not a slow start
            more = [f'-XX:AOTCache={cache}', '-XX:AOTMode=on'] if name == 'with' else []
            millis, process = first_answer(machine, targets, f'start-{name}', [*program.flags(), *more], pinned)
            machine.end([process])
            times[name].append(millis)
    values = [one / other for one, other in zip(times['with'], times['without'], strict=True)]
    low, middle, high = quartiles(values)
    said = verdict(values, START_BAR, more_is_better=False)
    say(
        f'\nfirst answer, {place}: {median(times["without"]):.0f} ms, '
        f'with an AOT cache of {cache.stat().st_size / 2**20:.0f} MiB '
        f'{median(times["with"]):.0f} ms: {middle:.0%} (quartiles {low:.0%} to {high:.0%}); at most {START_BAR:.0%}: {said}'
    )


def settings(machine, wrk, targets, asked, say):
    asked_for = set(filter(None, asked.only.split(',')))
    parts = asked_for & PARTS or PARTS
    places = [place for place in PLACES if place.replace(' ', '-') in asked_for] or list(PLACES)
    if unknown := asked_for - PARTS - {place.replace(' ', '-') for place in PLACES}:
        raise SystemExit(f'benchmark: --settings has no part {", ".join(unknown)}')
    say(
        f'{asked.rounds} rounds of {asked.seconds} s, {SMALL_HEAP}, flags {" ".join(program.flags())}; '
        'on one core Redis has the same one'
    )
    for place in places:
        if PLACES[place] and not machine.can_pin:
            say('nothing can be confined to one core, without taskset and a second one')
            continue
        if 'aot' in parts:
            aot(machine, targets, place, say)
        if 'jvm' in parts:
            jvm(machine, wrk, targets, asked, place, say)
        if 'sockets' in parts:
            sockets(machine, wrk, targets, asked, place, say)
