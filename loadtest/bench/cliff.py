"""From 1 to 100 ids no answer is out of proportion: the check for Nagle's algorithm meeting a delayed acknowledgement."""

import socket
import time
from urllib.parse import urlsplit

SIZES = (1, 2, 5, 10, 15, 17, 20, 35, 50, 75, 100)
BURST = 100  # requests one after another; so few that some bursts find even a busy machine idle
BURSTS = 25
TOO_LONG = 0.5  # seconds after which a burst is broken off
ENOUGH = 2  # bursts broken off, after which no better one is hoped for
PATIENCE = 18  # seconds in all
MAX_TIMES = 20  # times the small answer's p99; the cliff is hundreds, 100 ids without it less than ten


CONTROL = (1, 20, 100)  # sizes that must show the cliff where it was made


class Caller:
    """One kept-alive connection that asks for the same again and again, or for another path."""

    def __init__(self, url, path):
        at = urlsplit(url)
        self.host, self.path = at.netloc, path
        self.socket = socket.create_connection((at.hostname, at.port), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.head = ''
        self.length = self.ask()

    def ask(self, path=None):
        """The length of the body; its head is in `head`."""
        self.socket.sendall(f'GET {path or self.path} HTTP/1.1\r\nHost: {self.host}\r\n\r\n'.encode())
        answer = b''
        while (end := answer.find(b'\r\n\r\n')) < 0:
            answer += self.receive()
        self.head = answer[:end].decode('latin-1').lower()
        if not self.head.startswith('http/1.1 200'):
            raise RuntimeError(self.head)
        length = int(self.head.partition('content-length:')[2].split()[0])
        left = length - (len(answer) - end - 4)
        while left > 0:
            left -= len(self.receive())
        return length

    def receive(self):
        received = self.socket.recv(262_144)
        if not received:
            raise RuntimeError('the connection was closed')
        return received

    def burst(self):
        """(p99, p50, whether it was whole) of a burst, in milliseconds."""
        times, end = [], time.perf_counter() + TOO_LONG
        while len(times) < BURST and time.perf_counter() < end:
            began = time.perf_counter()
            self.ask()
            times.append((time.perf_counter() - began) * 1e3)
        times.sort()
        return times[len(times) * 99 // 100 - 1], times[len(times) // 2], len(times) == BURST


def best_bursts(paths, url):
    """({ids: (p99, p50)}, {ids: bytes}): each size's best burst of many, all in turn.

    A busy machine spoils some bursts, a cliff is in every one.
    """
    callers = {ids: Caller(url, path) for ids, path in paths.items()}
    best = {ids: (float('inf'), float('inf')) for ids in paths}
    broken_off = dict.fromkeys(paths, 0)
    end = time.monotonic() + PATIENCE
    for burst in range(BURSTS):
        for ids, caller in callers.items():
            if broken_off[ids] < ENOUGH and (burst == 0 or time.monotonic() < end):
                p99, p50, whole = caller.burst()
                broken_off[ids] += not whole
                best[ids] = min(best[ids], (p99, p50))
    return best, {ids: caller.length for ids, caller in callers.items()}


def out_of_proportion(best):
    return [ids for ids, (p99, _) in best.items() if p99 > MAX_TIMES * best[1][0]]


def cliff(targets, say):
    """Prints a table; whether all sizes of the service are in proportion, and those of a server made wrong are not."""
    _, url, _ = targets.papi('papi-cliff', {'PAPI_REDIS': 'off'}, pinned=False)
    best, lengths = best_bursts({ids: targets.path(ids) for ids in SIZES}, url)
    say('| ids | bytes | p50 ms | p99 ms | p99 against 1 id |\n|--:|--:|--:|--:|--:|')
    for ids, (p99, p50) in best.items():
        say(f'| {ids} | {lengths[ids]:,} | {p50:.3f} | {p99:.3f} | {p99 / best[1][0]:.1f} |')
    say(f'each the best of up to {BURSTS} bursts of {BURST} requests on one connection')
    bad = out_of_proportion(best)
    say(
        f'a cliff: p99 of {bad} ids is more than {MAX_TIMES} times that of 1 id'
        if bad
        else f'no cliff: no p99 is more than {MAX_TIMES} times that of 1 id'
    )

    targets.record(url, CONTROL)
    _, wrong = targets.constant('wrong', ['-Dtcp-no-delay=false', '-Duse-nio=true'], pinned=False)
    made, _ = best_bursts({ids: f'/headers/{ids}' for ids in CONTROL}, wrong)
    seen = out_of_proportion(made)
    for ids in CONTROL[1:]:
        p99 = made[ids][0]
        say(f"a constant with Nagle's algorithm on purpose, {ids} ids: p99 {p99:.1f} ms, {p99 / made[1][0]:.0f} times 1 id")
    if seen != list(CONTROL[1:]):
        say('the check is blind: it does not see a cliff that was made on purpose')
    return not bad and seen == list(CONTROL[1:])
