"""What the rounds say of cost that should not grow: a table for each part, its rows against the first."""

from itertools import groupby
from statistics import mean, median

from report import number, quartiles, verdict

BAR = 0.9  # of the first row's rate


HEAD = (
    '{unit}/s | against the first | quartiles | p50 ms | p99 ms | p99.9 ms | longest ms | p99 against the first '
    '| CPU µs/request | collector ms/s | |'
)


def lines(titles, results):
    """`titles`: {part/row: [title of the part, title of the row, unit, whether there is a bar]}."""
    said = []
    for part, names in groupby(results, key=lambda name: name.partition('/')[0]):
        rows = [(titles[name], next(iter(results[name].values()))) for name in names]
        (title, _, unit, has_bar), first = rows[0]
        said += [f'| {title} | {HEAD.format(unit=unit)}', '|---|' + '--:|' * 10 + '---|']
        said += [line(row, rounds, first, has_bar) for (_, row, _, _), rounds in rows]
        if has_bar and len(rows) > 1:
            verdicts = {verdict(shares(rounds, first), BAR) for _, rounds in rows[1:]}
            whole = next(each for each in ('not met', 'not decided', 'met') if each in verdicts)
            said.append(f'\n{part}: no row under {BAR} of the first: {whole}')
        said.append('')
    return said[:-1]


def shares(rounds, first, key='rate'):
    return [one[key] / max(other[key], 1e-9) for one, other in zip(rounds, first, strict=False)]


def line(title, rounds, first, has_bar):
    middle = {key: median(one[key] for one in rounds) for key in ('rate', 'p50', 'p99', 'p999', 'cpu', 'hits')}
    against = spread = tails = ''
    if rounds is not first:
        low, share, high = quartiles(shares(rounds, first))
        against, spread = number(share), f'{number(low)} to {number(high)}'
        tails = number(median(shares(rounds, first, 'p99')))
    remarks = []
    if has_bar and verdict(shares(rounds, first), BAR) == 'not met':
        remarks.append(f'under {BAR}')
    if errors := sum(one['errors'] for one in rounds):
        remarks.append(f'{errors} errors')
    if middle['hits'] < 0.999:
        remarks.append(f'{middle["hits"]:.1%} hits')
    longest, pauses = max(one['max'] for one in rounds), mean(one['pauses'] for one in rounds)
    times = ' | '.join(f'{middle[key] / 1e3:.3f}' for key in ('p50', 'p99', 'p999'))
    return (
        f'| {title} | {middle["rate"]:,.0f} | {against} | {spread} | {times} | {longest / 1e3:.1f} | {tails} '
        f'| {middle["cpu"]:.1f} | {pauses:.1f} | {", ".join(remarks)} |'
    )
