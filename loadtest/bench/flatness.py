"""Whether a series of numbers stays flat: its trend, and what that adds.

The trend is the median of the slopes between all pairs (Theil and Sen), which a few outliers do not move.

>>> times = list(range(60))
>>> growth(times, [100.0] * 60)
0.0
>>> growth(times, [100 + 2 * time for time in times])
118.0
>>> growth(times, [1000 if time % 7 == 0 else 100 + time for time in times])
59.0
>>> abs(growth(times, [100 + time % 3 for time in times])) < 1
True
"""

from statistics import median


def trend(times, values):
    """(slope, value at time 0)"""
    slopes = [(values[j] - values[i]) / (times[j] - times[i]) for i in range(len(times)) for j in range(i + 1, len(times))]
    slope = median(slopes)
    return slope, median(value - slope * time for time, value in zip(times, values, strict=True))


def growth(times, values):
    """What the trend adds from the first time to the last."""
    return trend(times, values)[0] * (times[-1] - times[0])
