"""One measurement by wrk: requests per second, quantiles, and errors."""

import json
import subprocess

REPORT = """
done = function(summary, latency, _)
  local e = summary.errors
  io.write(string.format('\\nJSON {"requests":%d,"micros":%d,"p50":%d,"p99":%d,"errors":%d}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
"""


class Wrk:
    """wrk with one thread; pinned, on the load's core."""

    def __init__(self, machine):
        self.machine = machine
        self.script = machine.work / 'report.lua'
        self.script.write_text(REPORT)

    def run(self, url, connections, seconds, pinned=True):
        """`p50` and `p99` are in microseconds; of a closed loop."""
        command = self.machine.pin(
            self.machine.load_core,
            ['wrk', '-t1', f'-c{connections}', f'-d{seconds}s', '--timeout', '10s', '-s', str(self.script), url],
            pinned,
        )
        said = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 60, check=False)
        for line in said.stdout.splitlines():
            if line.startswith('JSON '):
                result = json.loads(line[5:])
                result['rate'] = result['requests'] / max(1, result['micros']) * 1e6
                return result
        raise RuntimeError(f'wrk on {url}: {said.stdout}{said.stderr}')
