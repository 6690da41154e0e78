"""Runs whose rounds are in files, so that they can be gone on with, and reported while they last.

Such a way to measure is a module with `NAMES`, those of its files of rounds, report and picture, without their endings;
`measure(machine, asked, begin, say)`, which gives the rounds that it began by `begin(titles, missing)`;
`lines(titles, results)`, those of its report; and `svg(titles, results, caption)` if it has a picture, whose name is else
None.
"""

from rounds import Rounds


def measure(way, machine, asked, about, say):
    file = asked.out / f'{way.NAMES[0]}.jsonl'

    def begin(titles, missing=()):
        if asked.resume:
            return Rounds.read(file)
        left_out = ''.join(f', without {what}' for what in missing)
        return Rounds.begin(file, f'{asked.seconds} s, {about}{left_out}', titles)

    show(way, way.measure(machine, asked, begin, say), asked.out, say)


def report(way, out, say):
    """Of the rounds that there are."""
    file = out / f'{way.NAMES[0]}.jsonl'
    if not file.exists():
        raise SystemExit(f'benchmark: there is no {file}')
    show(way, Rounds.read(file), out, say)


def show(way, measured, out, say):
    """Prints the report, and writes it and its picture."""
    results = measured.results()
    if not results:
        raise SystemExit('benchmark: no round is finished')
    _, text, picture = way.NAMES
    count = max(len(each) for by in results.values() for each in by.values())
    caption = f'{count} rounds of {measured.about}'
    lines = [caption, '', *way.lines(measured.titles, results)]
    (out / f'{text}.md').write_text('\n'.join(lines) + '\n')
    if picture:
        (out / f'{picture}.svg').write_text(way.svg(measured.titles, results, caption))
    say('\n'.join(lines))
    say(f'also in {out}: {text}.md' + (f', {picture}.svg' if picture else ''))
