"""Series over time as a picture: one panel for each, the start-up grey, the trend of the rest dashed."""

from html import escape

from flatness import trend
from picture import WIDTH, document

LABEL, PANEL, GAP, RIGHT = 190, 64, 18, 220
FLAT, GROWS = '#1f6feb', '#cf222e'


def svg(title, caption, panels, settled):
    """`panels`: [(name, verdict, is flat, [(minutes, value)], shown)], `settled`: the end of the start-up in minutes."""
    end = max(minutes for *_, points, _ in panels for minutes, _ in points)
    across = (WIDTH - LABEL - RIGHT) / end
    parts, y = [], 52
    for name, verdict, is_flat, points, shown in panels:
        most = max(value for _, value in points)
        top = most * 1.15 or 1

        def place(minutes, value, y=y, top=top):
            return f'{LABEL + minutes * across:.1f},{y + PANEL - value / top * PANEL:.1f}'

        colour = FLAT if is_flat else GROWS
        rest = [point for point in points if point[0] >= settled]
        slope, at_zero = trend(*zip(*rest, strict=True))
        ends = [place(minutes, at_zero + slope * minutes) for minutes in (rest[0][0], rest[-1][0])]
        parts.append(
            f'<rect x="{LABEL}" y="{y}" width="{end * across:.1f}" height="{PANEL}" fill="#f6f8fa"/>'
            f'<rect x="{LABEL}" y="{y}" width="{settled * across:.1f}" height="{PANEL}" fill="#d0d7de"/>'
            f'<text x="{LABEL - 10}" y="{y + PANEL * (1 - most / top) + 4:.1f}" text-anchor="end" font-size="11">'
            f'{escape(shown(most))}</text>'
            f'<text x="{LABEL - 10}" y="{y + PANEL}" text-anchor="end" font-size="11">0</text>'
            f'<text x="12" y="{y + PANEL / 2 + 4}" font-weight="bold">{escape(name)}</text>'
            f'<polyline fill="none" stroke="{colour}" stroke-width="1.6" points="{" ".join(place(*point) for point in points)}"/>'
            f'<polyline fill="none" stroke="#1f2328" stroke-dasharray="5 4" points="{" ".join(ends)}"/>'
            f'<text x="{WIDTH - RIGHT + 10}" y="{y + PANEL / 2 - 4}">{escape(shown(points[-1][1]))}</text>'
            f'<text x="{WIDTH - RIGHT + 10}" y="{y + PANEL / 2 + 12}" font-size="11">{escape(verdict)}</text>'
        )
        y += PANEL + GAP
    step = max(1, round(end / 10))
    parts += [
        f'<text x="{LABEL + minute * across:.1f}" y="{y}" text-anchor="middle" font-size="11">{minute} min</text>'
        for minute in range(0, int(end) + 1, step)
    ]
    return document(title, caption, parts, y + 14)
