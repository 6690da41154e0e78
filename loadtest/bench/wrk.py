"""One measurement by wrk: requests per second, quantiles, and errors."""

import hashlib
import json
import subprocess

REPORT = """
done = function(summary, latency, _)
  local e = summary.errors
  io.write(string.format('\\nJSON {"requests":%d,"micros":%d,"p50":%d,"p99":%d,"p999":%d,"max":%d,"errors":%d}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), latency:percentile(99.9), latency.max,
    e.connect + e.read + e.write + e.status + e.timeout))
end
"""


# Each request asks for an id that none before it has asked for.
MISSES = """
local id = %d
request = function()
  id = id + 1
  return wrk.format('GET', string.format('/customer/%%d', id))
end
"""

# Each request asks for the next line of a file, prepared before the first is sent.
PATHS = """
local requests, count = {}, 0
init = function()
  for path in io.lines('%s') do
    requests[#requests + 1] = wrk.format('GET', path)
  end
end
request = function()
  count = count %% #requests + 1
  return requests[count]
end
"""

POST = """
wrk.method = 'POST'
wrk.headers['Content-Type'] = 'application/json'
wrk.body = %s
"""


def paths(work, lines):
    """Lua by which wrk asks for these paths in turn; they are in a file in `work`."""
    file = work / f'{hashlib.sha256(chr(10).join(lines).encode()).hexdigest()[:16]}.paths'
    file.write_text(''.join(f'{line}\n' for line in lines))
    return PATHS % file


class Wrk:
    """wrk with one thread; pinned, on the load's core."""

    def __init__(self, machine):
        self.machine = machine

    def run(self, url, connections, seconds, pinned=True, more='', headers=None, post=b''):
        """`p50` and `p99` are in microseconds; of a closed loop.

        `headers` go with each request, and so does `post`, the JSON of its body. They are in a file, since all may read
        the command; `more` is Lua too.
        """
        script = self.machine.work / 'load.lua'
        lines = (f'wrk.headers[{json.dumps(name)}] = {json.dumps(value)}\n' for name, value in (headers or {}).items())
        script.write_text(REPORT + ''.join(lines) + (POST % json.dumps(post.decode()) if post else '') + more)
        command = self.machine.pin(
            self.machine.load_core,
            ['wrk', '-t1', f'-c{connections}', f'-d{seconds}s', '--timeout', '10s', '-s', str(script), url],
            pinned,
        )
        said = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 60, check=False)
        for line in said.stdout.splitlines():
            if line.startswith('JSON '):
                result = json.loads(line[5:])
                result['rate'] = result['requests'] / max(1, result['micros']) * 1e6
                return result
        raise RuntimeError(f'wrk on {url}: {said.stdout}{said.stderr}')

    def misses(self, url, connections, seconds, first, headers=None):
        """The same for ids from `first` on, whatever the path of `url`."""
        return self.run(url, connections, seconds, more=MISSES % first, headers=headers)
