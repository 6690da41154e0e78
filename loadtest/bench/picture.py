"""The medians as a picture: for each number of connections the requests per second of all targets."""

from html import escape

from report import summary

WIDTH, LABEL, ROW, BAR = 900, 320, 20, 14
COLOURS = {'near': '#1f6feb', 'redis': '#2da44e'}  # ours; what they are compared with is grey


def svg(titles, results, caption):
    medians = summary(results)
    levels = sorted({connections for by in medians.values() for connections in by})
    top = max(one['rate'] for by in medians.values() for one in by.values())
    scale = (WIDTH - LABEL - 190) / top
    parts, y = [], 48
    for level in levels:
        parts.append(f'<text x="12" y="{y + 14}" font-weight="bold">{level} connection{"s" * (level > 1)}</text>')
        y += 24
        for name in sorted((name for name in medians if level in medians[name]), key=lambda name: -medians[name][level]['rate']):
            one = medians[name][level]
            colour = COLOURS.get(name.removeprefix('free-').split('-')[0], '#8c959f')
            width = max(1, one['rate'] * scale)
            parts.append(
                f'<text x="{LABEL - 8}" y="{y + 11}" text-anchor="end">{escape(titles[name])}</text>'
                f'<rect x="{LABEL}" y="{y}" width="{width:.1f}" height="{BAR}" fill="{colour}"/>'
                f'<text x="{LABEL + width + 6:.1f}" y="{y + 11}">{one["rate"]:,.0f}/s, p99 {one["p99"] / 1e3:.2f} ms</text>'
            )
            y += ROW
        y += 10
    return document('Requests per second, medians', caption, parts, y + 10)


def document(title, caption, parts, height):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" font-family="sans-serif" font-size="12">'
        f'<rect width="100%" height="100%" fill="#ffffff"/><g fill="#1f2328">'
        f'<text x="12" y="20" font-size="15" font-weight="bold">{escape(title)}</text>'
        f'<text x="12" y="38">{escape(caption)}</text>{"".join(parts)}</g></svg>\n'
    )
