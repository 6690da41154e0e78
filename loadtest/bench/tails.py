"""Tails as a picture: for each target how long it took until so many of its requests were answered, both axes logarithmic."""

import math
from html import escape

from openload import QUANTILES, merged
from picture import COLOURS, WIDTH, document

LEFT, RIGHT, TOP, HEIGHT = 60, 270, 60, 420
OTHERS, MISS = '#8c959f', '#bc4c00'  # colours: of what ours are compared with, of misses
MANY = '7 4'  # dashes of a batch


def svg(titles, results, caption):
    """The curves of {target: {requests a second: rounds}}."""
    curves = {
        (name, rate): [(share, micros / 1e3) for micros, share in merged(rounds)]
        for name, by in results.items()
        for rate, rounds in by.items()
    }
    most = max(QUANTILES.values())
    shown = [millis for points in curves.values() for share, millis in points if 0.1 <= share <= most]
    low, high = (10 ** fit(math.log10(bound)) for fit, bound in ((math.floor, min(shown)), (math.ceil, max(shown))))
    high = max(high, low * 10)

    def place(share, millis):
        across = math.log10(1 / (1 - share)) / math.log10(1 / (1 - most))
        up = math.log10(min(high, max(low, millis)) / low) / math.log10(high / low)
        return LEFT + across * (WIDTH - LEFT - RIGHT), TOP + (1 - up) * HEIGHT

    parts = grid(place, low, high)
    ends = []
    for (name, rate), points in curves.items():
        kind, _, ids = name.partition('-')
        colour = MISS if kind == 'miss' else COLOURS.get(kind, OTHERS)
        dashes = f' stroke-dasharray="{MANY}"' if ids not in ('', '1') else ''
        line = [place(min(share, most), millis) for share, millis in points[: reached(points, most) + 1]]
        parts.append(
            f'<polyline fill="none" stroke="{colour}" stroke-width="1.8"{dashes} '
            f'points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in line)}"/>'
        )
        ends.append((line[-1][1], f'{titles[name]}, {rate:,}/s', colour, dashes))
    parts += legend(sorted(ends))
    return document(
        'Milliseconds from the time a request was to be sent until it was answered', caption, parts, TOP + HEIGHT + 40
    )


def reached(points, most):
    """The number of the first point at which that share of the requests was answered."""
    return next(number for number, (share, _) in enumerate(points) if share >= most)


def grid(place, low, high):
    parts = []
    for share in (0, *QUANTILES.values()):
        (x, bottom), (_, top) = place(share, low), place(share, high)
        name = f'p{100 * share:g}' if share else ''
        parts.append(
            f'<line x1="{x:.1f}" y1="{bottom:.1f}" x2="{x:.1f}" y2="{top:.1f}" stroke="#d0d7de"/>'
            f'<text x="{x:.1f}" y="{bottom + 18:.1f}" text-anchor="middle" font-size="11">{name}</text>'
        )
    decade = low
    while decade <= high * 1.01:
        (left, y), (right, _) = place(0, decade), place(max(QUANTILES.values()), decade)
        parts.append(
            f'<line x1="{left:.1f}" y1="{y:.1f}" x2="{right:.1f}" y2="{y:.1f}" stroke="#d0d7de"/>'
            f'<text x="{left - 6:.1f}" y="{y + 4:.1f}" text-anchor="end" font-size="11">{decade:g} ms</text>'
        )
        decade *= 10
    return parts


def legend(ends):
    """The names in the order in which the curves end, none over another."""
    parts, y = [], 0
    for end, title, colour, dashes in ends:
        y = max(end, y + 18)
        x = WIDTH - RIGHT + 12
        parts.append(
            f'<line x1="{x}" y1="{y:.1f}" x2="{x + 22}" y2="{y:.1f}" stroke="{colour}" stroke-width="1.8"{dashes}/>'
            f'<text x="{x + 28}" y="{y + 4:.1f}" font-size="11">{escape(title)}</text>'
        )
    return parts
