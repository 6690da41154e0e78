"""Rounds of measurements, each in a file as soon as it is finished."""

import json
import os


class Rounds:
    """The rounds of one run: its first line says what it is, each other one is a round."""

    def __init__(self, file, about, titles, done=()):
        self.file, self.about, self.titles = file, about, titles
        self.done = list(done)

    @classmethod
    def begin(cls, file, about, titles):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({'about': about, 'titles': titles}) + '\n')
        return cls(file, about, titles)

    @classmethod
    def read(cls, file):
        first, *others = file.read_text().splitlines()
        return cls(file, **json.loads(first), done=map(json.loads, others))

    def add(self, one):
        self.done.append(one)
        with self.file.open('a') as file:
            file.write(json.dumps(one) + '\n')
            file.flush()
            os.fsync(file.fileno())

    def have(self, name):
        """How many rounds have this target."""
        return sum(name in one for one in self.done)

    def results(self):
        """{target: {level: [measurement of each round]}}"""
        results = {}
        for one in self.done:
            for name, by in one.items():
                for level, measured in by.items():
                    results.setdefault(name, {}).setdefault(int(level), []).append(measured)
        return {name: results[name] for name in self.titles if name in results}


def of_wrk(wrk, seconds):
    """How `run` measures in a closed loop."""
    return lambda target, connections: measure(target, wrk, connections, seconds)


def measure(target, wrk, connections, seconds):
    target.check()
    hits, cpu = target.hits(), target.cpu()
    one = wrk.run(target.url, connections, seconds, target.pinned, target.lua, target.headers, target.post)
    requests = max(1, one['requests'])
    one['cpu'] = (target.cpu() - cpu) / requests * 1e6
    one['hits'] = min(1.0, (target.hits() - hits) / requests / target.ids) if target.admin else 1.0
    target.check()
    return one


def warm(targets, wrk, seconds):
    for target in targets:
        for share, connections in ((1, 16), (3, 64)):
            share_of = 1 if target.slow else max(1, seconds // share)
            wrk.run(target.url, connections, share_of, target.pinned, target.lua, target.headers, target.post)


def run(plan, measure, rounds, count, say):
    """`plan`: [(level, target)] in their order, which every other round goes backwards.

    A level is a number of connections, or what else `measure(target, level)` takes for a number.
    """
    for number in range(rounds.have(plan[0][1].name), count):
        one = {}
        for level, target in plan if number % 2 == 0 else reversed(plan):
            one.setdefault(target.name, {})[level] = measure(target, level)
        rounds.add(one)
        say(f'round {number + 1} of {count}, load average {os.getloadavg()[0]:.1f}')
