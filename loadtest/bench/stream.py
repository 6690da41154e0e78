"""A stream of requests, and what ways to cache would make of it: worked out, request by request."""

import bisect
import itertools
import math
import random
from collections import defaultdict
from dataclasses import dataclass

SEED = 20
BATCH, BATCHES = 10, 0.2
STATEMENT = 0.03  # seconds
JITTER = 0.1
MAX_BATCH = 128  # ids of a statement


@dataclass(frozen=True)
class Stream:
    """Requests that arrive by the clock as a Poisson process: four of five with one id, the others with ten.

    Seconds and fresh are in seconds, the rate in requests per second. `even` says whether all ids are asked for alike, or
    by Zipf's law.
    """

    ids: int
    seconds: int
    rate: int
    fresh: int
    even: bool = False

    def requests(self):
        """[(seconds, ids)]"""
        draw = random.Random(SEED)
        named = list(range(1, self.ids + 1))
        draw.shuffle(named)  # an id's number says nothing about how often it is asked for
        sums = [] if self.even else list(itertools.accumulate(1 / rank for rank in range(1, self.ids + 1)))
        requests, at = [], draw.expovariate(self.rate)
        while at < self.seconds:
            count, ids = BATCH if draw.random() < BATCHES else 1, {}
            while len(ids) < count:
                rank = draw.randrange(self.ids) if self.even else bisect.bisect_left(sums, draw.random() * sums[-1])
                ids[named[rank]] = None
            requests.append((at, tuple(ids)))
            at += draw.expovariate(self.rate)
        return requests


class Outcome:
    """What became of the requests that arrived after `since`, and of all of them when they arrived."""

    def __init__(self, since):
        self.since, self.requests, self.statements, self.read = since, 0, 0, 0
        self.waited = []  # (seconds, whether it waited)

    def asked(self, at, waits):
        self.waited.append((at, waits))
        self.requests += at >= self.since

    def sent(self, at, ids):
        if at >= self.since:
            self.statements += 1
            self.read += ids

    def row(self):
        """(share of the requests that wait, statements per 1,000 requests, ids read per 1,000 requests)"""
        waiting = sum(waits for at, waits in self.waited if at >= self.since)
        return waiting / self.requests, self.statements / self.requests * 1e3, self.read / self.requests * 1e3


def by_key(stream, requests, keys):
    """Each missing one of `keys(ids)` is loaded by a statement of its own: the simple ways to cache."""
    held, outcome = {}, Outcome(stream.fresh)
    for at, ids in requests:
        missing = [key for key in keys(ids) if not (key in held and held[key][0] <= at < held[key][1])]
        outcome.asked(at, bool(missing))
        for key in missing:
            outcome.sent(at, len(key))
            if key not in held or at >= held[key][1]:  # else one that is under way ends first
                held[key] = at + STATEMENT, at + stream.fresh
    return outcome


class Row:
    """A row as a cache holds it: from when, until when, and how often it was asked for since it was read."""

    __slots__ = ('asked', 'begins', 'ends')

    def __init__(self, read, fresh):
        self.begins, self.ends, self.asked = read + STATEMENT, read + fresh, 0


class Ahead:
    """Rows kept by id, what a request misses loaded by one statement, and some rows read again before they end."""

    def __init__(self, stream):
        self.stream, self.rows, self.outcome = stream, {}, Outcome(stream.fresh)
        self.draw = random.Random(SEED)
        self.share = {id: self.draw.random() for id in range(1, stream.ids + 1)}

    def run(self, requests):
        look = 1
        for at, ids in requests:
            while look <= at:
                self.look(look)
                look += 1
            self.request(at, ids)
        return self.outcome

    def request(self, at, ids):
        missing, waits = [], False
        for id in ids:
            row = self.rows.get(id)
            if row is None or at >= row.ends:
                missing.append(id)
            else:
                waits |= at < row.begins
                row.asked += 1
                self.answered(id, row, at)
        self.outcome.asked(at, waits or bool(missing))
        self.read(missing, at)

    def read(self, ids, at):
        for first in range(0, len(ids), MAX_BATCH):
            batch = ids[first : first + MAX_BATCH]
            self.outcome.sent(at, len(batch))
            for id in batch:
                self.kept(id, at)

    def kept(self, id, at):
        row = Row(at, self.stream.fresh * (1 - JITTER * self.share[id]))
        old = self.rows.get(id)
        if old and at < old.ends:
            row.begins = at  # nobody waits for it
        self.rows[id] = row
        return row

    def answered(self, id, row, at):
        pass

    def look(self, at):
        pass


class ByChance(Ahead):
    """XFetch: at an answer, the likelier the less time is left, measured in the time that a load takes."""

    def answered(self, id, row, at):
        if -STATEMENT * math.log(1 - self.draw.random()) >= row.ends - at:
            self.read([id], at)


class Late(Ahead):
    """What is asked for in the last part of its time, gathered for a second."""

    def __init__(self, stream, part):
        super().__init__(stream)
        self.part, self.due = part, {}

    def answered(self, id, row, at):
        if row.ends - at < self.part * self.stream.fresh:
            self.due[id] = None

    def look(self, at):
        self.read(list(self.due), at)
        self.due.clear()


class Looking(Ahead):
    """Once a second: what ends within the next one to three and was asked for `enough` times since it was read."""

    AHEAD = 3

    def __init__(self, stream, enough):
        super().__init__(stream)
        self.enough, self.buckets = enough, defaultdict(list)

    def kept(self, id, at):
        row = super().kept(id, at)
        self.buckets[int(row.ends)].append((id, row))
        return row

    def look(self, at):
        ending = self.buckets.pop(at + self.AHEAD - 1, [])
        self.read([id for id, row in ending if row is self.rows[id] and row.asked >= self.enough], at)
