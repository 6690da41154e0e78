"""What the rounds say: medians, ratios of pairs with their quartiles, and whether a bar is reached."""

from statistics import median, quantiles

# (numerator, denominator, the least ratio of requests per second or None, at which connections)
RATIOS = [
    ('near-1', 'constant-1', 1.15, (16, 64)),
    ('near-1', 'bare-1', 0.82, (16, 64)),
    ('near-10', 'constant-10', 0.80, (16, 64)),
    ('near-10', 'bare-10', None, ()),
    ('report-json', 'constant-json', 0.90, (16, 64)),
    ('report-csv', 'constant-csv', None, ()),
    ('object-1', 'near-1', None, ()),
    ('fields-1', 'near-1', None, ()),
    ('fields-10', 'near-10', None, ()),
    ('map-10', 'near-10', None, ()),
    ('near-1', 'nginx-1', None, ()),
    ('free-redis-1', 'free-constant-1', 0.85, (64,)),
    ('free-redis-1', 'free-pooled-1', 1.8, (64,)),
    ('free-redis-10', 'free-constant-10', 0.55, (64,)),
    ('free-redis-10', 'free-pooled-10', 1.6, (64,)),
    ('redis-1', 'pooled-1', None, ()),
    ('redis-10', 'pooled-10', None, ()),
    ('redis-1', 'webdis-1', None, ()),
    ('near-1', 'flask-1', 40, (16, 64)),
    ('near-1', 'gunicorn-1', 10, (16, 64)),
]
# The same for p99, where less is better: the most that it may be.
TAIL_RATIOS = [('near-1', 'constant-1', 1.6, (16, 64))]
# (target, connections, the most p99 in microseconds)
TAILS = [('near-1', 64, 2_500), ('redis-1', 64, 4_000), ('free-redis-1', 64, 4_000)]

MIN_ROUNDS = 5  # below which quartiles tell little


def quartiles(values):
    """(lower quartile, median, upper quartile)"""
    return tuple(quantiles(values, n=4, method='inclusive')) if len(values) > 1 else (values[0],) * 3


def verdict(values, bar, more_is_better=True):
    low, _, high = quartiles(values)
    if not more_is_better:
        low, high, bar = -high, -low, -bar
    if len(values) < MIN_ROUNDS:
        return 'not decided'
    return 'met' if low >= bar else 'not met' if high < bar else 'not decided'


def number(value):
    """Three digits, or all before the point."""
    return f'{value:,.0f}' if value >= 100 else f'{value:.3g}'


def summary(results):
    """{target: {connections: medians}} of {target: {connections: [round]}}."""
    return {
        name: {
            connections: {key: median(one[key] for one in rounds) for key in ('rate', 'p50', 'p99', 'cpu', 'errors', 'hits')}
            for connections, rounds in by.items()
        }
        for name, by in results.items()
    }


def table(titles, results):
    lines = [
        '| target | connections | requests/s | p50 ms | p99 ms | CPU µs/request | remarks |',
        '|---|--:|--:|--:|--:|--:|---|',
    ]
    for name, by in summary(results).items():
        for connections, one in by.items():
            remarks = []
            if one['errors']:
                remarks.append(f'{one["errors"]:.0f} errors')
            if one['hits'] < 0.999:
                remarks.append(f'{one["hits"]:.1%} hits')
            lines.append(
                f'| {titles[name]} | {connections} | {one["rate"]:,.0f} | {one["p50"] / 1e3:.3f} | {one["p99"] / 1e3:.3f} '
                f'| {one["cpu"]:.1f} | {", ".join(remarks)} |'
            )
    return lines


def ratio_lines(results, key, pairs, more_is_better=True):
    """A line for each of `pairs` and each level that both were measured at; the key is said where it is not the rate."""
    lines = []
    for top, bottom, bar, at in pairs:
        for level in results.get(top, {}):
            if level not in results.get(bottom, {}):
                continue
            rounds = zip(results[top][level], results[bottom][level], strict=False)
            values = [one[key] / max(other[key], 1e-9) for one, other in rounds]
            low, middle, high = quartiles(values)
            said = verdict(values, bar, more_is_better) if bar and level in at else ''
            of_key = f'{key} of ' if key != 'rate' else ''
            lines.append(
                f'| {of_key}{top} / {bottom} | {level} | {number(low)} | {number(middle)} | {number(high)} '
                f'| {("≥" if more_is_better else "≤") + f" {bar}" if said else ""} | {said} |'
            )
    return lines


def ratios(results):
    lines = ['| ratio | connections | lower quartile | median | upper quartile | bar | |', '|---|--:|--:|--:|--:|--:|---|']
    lines += ratio_lines(results, 'rate', RATIOS)
    lines += ratio_lines(results, 'p99', TAIL_RATIOS, more_is_better=False)
    for name, connections, bar in TAILS:
        if connections in results.get(name, {}):
            values = [one['p99'] for one in results[name][connections]]
            low, middle, high = quartiles(values)
            lines.append(
                f'| p99 of {name}, ms | {connections} | {low / 1e3:.2f} | {middle / 1e3:.2f} | {high / 1e3:.2f} '
                f'| ≤ {bar / 1e3:.1f} | {verdict(values, bar, more_is_better=False)} |'
            )
    return lines
