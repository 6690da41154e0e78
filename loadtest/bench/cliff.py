"""From 1 to 100 ids no answer is out of proportion: the check for Nagle's algorithm meeting a delayed acknowledgement."""
import socket
import time
from urllib.parse import urlsplit

SIZES = (1, 2, 5, 10, 15, 17, 20, 35, 50, 75, 100)
BURST = 100  # requests one after another; so few that some bursts find even a busy machine idle
BURSTS = 40
TOO_LONG = 1  # seconds after which a burst is broken off
ENOUGH = 3  # bursts broken off, after which no better one is hoped for
PATIENCE = 90  # seconds in all
MOST = 20  # times the small answer's p99; the cliff is hundreds, 100 ids without it less than ten


class Caller:
    """One kept-alive connection that asks for the same again and again."""

    def __init__(self, url, path):
        at = urlsplit(url)
        self.request = f'GET {path} HTTP/1.1\r\nHost: {at.netloc}\r\n\r\n'.encode()
        self.socket = socket.create_connection((at.hostname, at.port), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.length = self.ask()

    def ask(self):
        """The length of the body."""
        self.socket.sendall(self.request)
        answer = b''
        while (end := answer.find(b'\r\n\r\n')) < 0:
            answer += self.receive()
        head = answer[:end].decode('latin-1').lower()
        if not head.startswith('http/1.1 200'):
            raise RuntimeError(head)
        length = int(head.partition('content-length:')[2].split()[0])
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


def cliff(targets, say):
    """Prints a table; whether all sizes are in proportion.

    Each size has its best burst of many, all in turn: a busy machine spoils some bursts, a cliff is in every one.
    """
    _, url, _ = targets.papi('papi-cliff', {'PAPI_REDIS': 'off'})
    callers = {ids: Caller(url, targets.path(ids)) for ids in SIZES}
    best = {ids: (float('inf'), float('inf')) for ids in SIZES}
    broken_off = dict.fromkeys(SIZES, 0)
    end = time.monotonic() + PATIENCE
    for _ in range(BURSTS):
        for ids, caller in callers.items():
            if broken_off[ids] < ENOUGH and time.monotonic() < end:
                p99, p50, whole = caller.burst()
                broken_off[ids] += not whole
                best[ids] = min(best[ids], (p99, p50))
    say('| ids | bytes | p50 ms | p99 ms | p99 against 1 id |\n|--:|--:|--:|--:|--:|')
    for ids in SIZES:
        p99, p50 = best[ids]
        say(f'| {ids} | {callers[ids].length:,} | {p50:.3f} | {p99:.3f} | {p99 / best[1][0]:.1f} |')
    say(f'each the best of up to {BURSTS} bursts of {BURST} requests on one connection')
    bad = [ids for ids in SIZES if best[ids][0] > MOST * best[1][0]]
    say(f'a cliff: p99 of {bad} ids is more than {MOST} times that of 1 id' if bad else
        f'no cliff: no p99 is more than {MOST} times that of 1 id')
    return not bad
