"""What a cached row costs in memory beside its JSON: in the near cache, and in Redis."""

import json
import statistics
import time

import program
from machine import get, post_json
from vitals import Vitals, total

FIRST, ROWS, STEP, POSTED = 10_000, 200_000, 50_000, 500  # before the first reading, after it, between two, in a request
JVM = ['-Xmx2g', '-XX:SoftRefLRUPolicyMSPerMB=0']  # what is held softly goes at a collection
NEAR, REDIS = 200, 230  # the most bytes beside the JSON
SETTLES, SETTLED = 60, 50_000  # readings, a second apart, and bytes
WEIGHED = 0.1  # how far the weight of the entries may be from what the heap grows by


class Readings:
    """What the service and its Redis hold."""

    def __init__(self, targets, service, redis):
        process, _, self.admin = service
        self.vitals = Vitals(process.pid, self.admin, program.java().with_name('jcmd'))
        self.call, self.redis = targets.redis_call, redis

    def read(self):
        """{what: bytes}"""
        self.vitals.read()  # what ends at this collection is gone at the next
        return {
            'heap': self.vitals.read()['heap'],
            'weighed': total(get(f'{self.admin}/metrics')[0].decode(), 'papi_near_memory_used_bytes{dataset="customer"'),
        }

    def read_settled(self):
        """The same once the heap shrinks no more: the embedded store lets go of what its load left behind little by little."""
        last = self.read()
        for _ in range(SETTLES):
            time.sleep(1)
            now = self.read()
            if last['heap'] - now['heap'] < SETTLED:
                return now
            last = now
        raise RuntimeError('the heap goes on shrinking')

    def read_redis(self):
        """(keys, bytes), once all that is on its way has been written: that happens behind the answers.

        A Redis that was slow for a moment lacks some of the rows.
        """
        keys = -1
        while keys != (keys := int(self.call(self.redis[1], 'DBSIZE'))):
            time.sleep(1)
        memory = self.call(self.redis[1], 'INFO', 'memory').decode()
        return keys, int(memory.partition('used_memory:')[2].split()[0])


def fill(url, first, last):
    """Asks for all rows of a range: the bytes of their JSON."""
    size = 0
    for start in range(first, last, POSTED):
        ids = list(range(start, start + POSTED))
        body, _ = post_json(f'{url}/customer', json.dumps({'ids': ids}).encode())
        size += len(body) - len('[]') - (len(ids) - 1)  # the commas
    return size


def memory(targets, say):
    """Whether a row in the near cache, and one in Redis, take as little as they must."""
    redis = targets.redis()
    service = targets.papi(
        'papi-memory',
        {
            'PAPI_ROWS': str(FIRST + ROWS),
            'PAPI_NEAR_MEMORY': '256 MiB',
            'PAPI_DEADLINE': '20s',
            'PAPI_REDIS': f'redis://127.0.0.1:{redis[1]}' if redis else 'off',
        },
        command=program.service([*program.flags(), *JVM]),
    )
    readings, json_bytes, found = Readings(targets, service, redis), 0, []
    fill(service[1], 1, 1 + FIRST)  # what the first requests leave behind is no row's
    empty = readings.read_settled()
    empty_redis = readings.read_redis() if redis else (0, 0)
    say('| rows | JSON of one | heap beside it | weighed beside it | Redis beside it |\n|--:|--:|--:|--:|--:|')
    for rows in range(STEP, ROWS + 1, STEP):
        json_bytes += fill(service[1], 1 + FIRST + rows - STEP, 1 + FIRST + rows)
        row = json_bytes / rows
        grown = {what: (value - empty[what]) / rows - row for what, value in readings.read().items()}
        if redis:
            keys, size = (now - before for now, before in zip(readings.read_redis(), empty_redis, strict=True))
            grown['redis'] = size / keys - row
        found.append(grown)
        say(
            f'| {rows:,} | {row:.0f} | {grown["heap"]:.0f} | {grown["weighed"]:.0f} '
            f'| {format(grown["redis"], ".0f") if redis else "–"} |'
        )
    return judge(found, json_bytes / ROWS, say)


def judge(found, row, say):
    mean = {what: statistics.mean(grown[what] for grown in found) for what in found[0]}
    off = abs(mean['weighed'] - mean['heap']) / (mean['heap'] + row)
    checks = [
        (f'near cache, at most {NEAR}', f'{mean["heap"]:.0f} bytes beside the JSON', mean['heap'] <= NEAR),
        (f'near-memory, within {WEIGHED:.0%}', f'{off:.1%} from what the heap grew by', off <= WEIGHED),
    ]
    if 'redis' in mean:
        checks.append((f'Redis, at most {REDIS}', f'{mean["redis"]:.0f} bytes beside the JSON', mean['redis'] <= REDIS))
    for bar, value, met in checks:
        say(f'{bar}: {value}: {"met" if met else "not met"}')
    return all(met for _, _, met in checks)
