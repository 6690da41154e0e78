"""The comparison of all targets in a closed loop."""

import picture
import report
import rounds
from targets import FREE_AT, Targets
from wrk import Wrk

NAMES = 'rounds', 'report', 'picture'


def measure(machine, asked, begin, say):
    wrk = Wrk(machine)
    everything = Targets(machine, set(filter(None, asked.only.split(','))), say)
    targets = everything.start()
    levels = [int(level) for level in asked.connections.split(',')]
    plan = [(level, target) for level in levels for target in targets if target.pinned or level in FREE_AT]
    measured = begin({target.name: target.title for target in targets}, everything.missing)
    rounds_take = len(plan) * (asked.seconds + 0.3) * (asked.rounds - len(measured.done))
    minutes = (rounds_take + len(targets) * asked.warm_up * 1.4) / 60
    say(f'{len(plan)} measurements in each round; all in about {minutes:.0f} min')
    rounds.warm(targets, wrk, asked.warm_up)
    rounds.run(plan, rounds.of_wrk(wrk, asked.seconds), measured, asked.rounds, say)
    return measured


def lines(titles, results):
    return [*report.table(titles, results), '', *report.ratios(results)]


svg = picture.svg
