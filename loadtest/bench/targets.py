"""What is measured: every target started on loopback, warm and answering the same rows."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import program
import reports
from machine import cpu_seconds, free_port, get, post_json

HERE = Path(__file__).resolve().parent
FLASK = ['flask==3.1.2', 'gunicorn==23.0.0']
BETWEEN = {'Connection', 'Content-Length', 'Date'}  # what any server of the same kind adds by itself
GROWING = {'Age', 'X-Request-Id', 'Server-Timing'}  # whose lengths change with time
# The order of measuring: what is compared stands together. The `free-` ones are not pinned.
ORDER = [
    *('nginx-1', 'bare-1', 'constant-1', 'near-1', 'object-1', 'fields-1'),
    *('constant-json', 'report-json', 'constant-csv', 'report-csv'),
    *('bare-10', 'constant-10', 'near-10', 'fields-10', 'map-10'),
    *('redis-1', 'pooled-1', 'webdis-1', 'redis-10', 'pooled-10', 'gunicorn-1', 'flask-1'),
    *('free-constant-1', 'free-redis-1', 'free-pooled-1', 'free-constant-10', 'free-redis-10', 'free-pooled-10'),
]
FREE_AT = [64]  # connections


@dataclass
class Target:
    """One URL to measure, and the processes whose CPU it costs."""

    name: str
    title: str
    url: str
    processes: list
    ids: int = 1
    body: bytes = b''
    layer: str = ''  # the cache that must answer, as Cache-Status says it
    admin: str = ''
    slow: bool = False
    pinned: bool = True
    headers: dict = field(default_factory=dict)  # of each request
    post: bytes = b''  # the JSON that each request has for its body
    lua: str = ''  # more for wrk, such as other paths

    def check(self):
        """Fails unless the answer is the expected one, within a while from the expected layer.

        On a busy machine Redis may exceed its time and is by-passed for a moment; the share of hits shows that.
        """
        end = time.monotonic() + 10
        while True:
            body, headers = post_json(self.url, self.post, self.headers) if self.post else get(self.url, self.headers)
            status = dict(headers).get('Cache-Status', '')
            if not self.layer or status == f'{self.layer}; hit' or time.monotonic() > end:
                break
            time.sleep(0.05)
        if self.body and body != self.body and not same_json(body, self.body):
            raise RuntimeError(f'{self.name}: another body: {body[:200]}')
        if self.layer and status != f'{self.layer}; hit':
            raise RuntimeError(f'{self.name}: {status} instead of a hit of {self.layer}')

    def hits(self):
        """Ids that the layer has answered so far."""
        if not self.admin:
            return 0
        metrics = get(f'{self.admin}/metrics')[0].decode()
        return sum(
            float(line.rpartition(' ')[2])
            for line in metrics.splitlines()
            if line.startswith('cache_gets_total{') and f'cache="{self.layer}"' in line and 'result="hit"' in line
        )

    def cpu(self):
        return cpu_seconds(self.processes)


def same_json(one, other):
    try:
        return json.loads(one) == json.loads(other)
    except ValueError:
        return False


class Targets:
    """Starts the targets of `wanted` one after another; what can't be had is said and left out.

    A target is wanted by its name, as `near-1`, or by that without the number of ids or the format, as `near`.
    """

    def __init__(self, machine, wanted, say):
        self.machine, self.say = machine, say
        unknown = {name for name in wanted if not any(name in (known, known.rpartition('-')[0]) for known in ORDER)}
        if unknown:
            raise SystemExit(f'benchmark: there is no target {", ".join(unknown)}; there are {", ".join(ORDER)}')
        self.wanted = lambda *names: not wanted or any(name in wanted or name.rpartition('-')[0] in wanted for name in names)
        self.all, self.missing = [], []

    def skip(self, what, why):
        self.missing.append(f'{what}: {why}')
        self.say(f'left out: {what}, {why}')

    def add(self, name, *arguments, **more):
        if self.wanted(name):
            self.all.append(Target(name, *arguments, **more))

    def start(self):
        redis = self.redis()
        near = self.papi('papi-near', {'PAPI_REDIS': f'redis://127.0.0.1:{redis[1]}' if redis else 'off'})
        bodies = self.record(near[1])
        self.near(near, bodies)
        self.shapes(near)
        self.constants(near, bodies)
        reports.cached(self)
        self.nginx(bodies)
        if redis:
            self.from_redis(redis, bodies)
            self.webdis(redis, bodies)
        self.flask(bodies, near)
        if redis and self.wanted(*(name for name in ORDER if name.startswith('free-'))):
            if self.machine.can_pin:
                self.from_redis(self.redis(pinned=False), bodies, pinned=False)
            else:
                self.skip('what is not pinned', 'nothing is, without taskset and a second core')
        for target in self.all:
            target.check()
        return sorted(self.all, key=lambda target: ORDER.index(target.name))

    def papi(self, name, more, pinned=True, command=None):
        """The service itself: (process, URL, admin URL)."""
        port, admin = free_port(), free_port()
        process = self.machine.start(name, command or program.service(), self.environment(port, admin) | more, pinned=pinned)
        url, admin_url = f'http://127.0.0.1:{port}', f'http://127.0.0.1:{admin}'
        self.machine.await_answer(process, f'{admin_url}/health/ready')
        return process, url, admin_url

    @staticmethod
    def environment(port, admin):
        # Rows stay fresh for the whole run: what is measured is a hit.
        return {
            'PAPI_PORT': str(port),
            'PAPI_ADMIN_PORT': str(admin),
            'PAPI_STORE': 'embedded',
            'PAPI_ROWS': '1000',
            'PAPI_FRESH_FOR': '12h',
            'PAPI_JITTER': '0',
        }

    @staticmethod
    def path(ids):
        return '/customer/' + ','.join(str(1 + i) for i in range(ids))

    def record(self, url, sizes=(1, 10), prefix=''):
        """The answers for so many ids with their headers, as the constants repeat them: {ids: body}."""
        bodies = {}
        for ids in sizes:
            bodies[ids] = self.recorded(f'{prefix}{ids}', url + self.path(ids))
        return bodies

    def recorded(self, name, url):
        """The answer of `url`, whose body and headers the constants repeat under `name`: the body."""
        get(url)
        body, headers = get(url)
        (self.machine.work / f'{name}.body').write_bytes(body)
        (self.machine.work / f'{name}.headers').write_text(
            ''.join(f'{name}: {value}\n' for name, value in headers if name not in BETWEEN)
        )
        return body

    def near(self, service, bodies):
        process, url, admin = service
        for ids in (1, 10):
            self.add(
                f'near-{ids}',
                f'Papi, near-cache hit, {ids} id{"s" * (ids > 1)}',
                url + self.path(ids),
                [process],
                ids=ids,
                body=bodies[ids],
                layer='near',
                admin=admin,
            )

    def shapes(self, service):
        """Near-cache hits in other shapes: what they cost beside the whole rows in an array."""
        process, url, admin = service
        fields = 'fields=C_FIRST_NAME,C_LAST_NAME,C_EMAIL_ADDRESS'
        for kind, title, query, sizes in (
            ('object', 'as an object', 'shape=object', (1,)),
            ('fields', 'three fields', fields, (1, 10)),
            ('map', 'as a map', 'shape=map', (10,)),
        ):
            for ids in sizes:
                at = f'{url}{self.path(ids)}?{query}'
                self.add(
                    f'{kind}-{ids}',
                    f'Papi, near-cache hit, {title}, {ids} id{"s" * (ids > 1)}',
                    at,
                    [process],
                    ids=ids,
                    body=get(at)[0],
                    layer='near',
                    admin=admin,
                )

    def constant(self, name, jvm=(), pinned=True):
        """A server of all answers that are recorded by now: (process, URL)."""
        port = free_port()
        command = program.own('io.papi.loadtest.bench.Constant', [port, self.machine.work], jvm)
        process = self.machine.start(name, command, pinned=pinned)
        url = f'http://127.0.0.1:{port}'
        self.machine.await_answer(process, f'{url}/bare/1')
        return process, url

    @staticmethod
    def form(headers):
        """The names of headers with the lengths of their values."""
        return sorted((name, 0 if name in GROWING else len(value)) for name, value in headers)

    def check_form(self, url, constant):
        theirs, ours = (self.form(get(one)[1]) for one in (constant, url))
        if theirs != ours:
            raise RuntimeError(f'the constant has other headers than the service: {theirs}, {ours}')

    def constants(self, service, bodies):
        if not self.wanted('constant-1', 'constant-10', 'bare-1', 'bare-10'):
            return
        process, url = self.constant('constant')
        for ids in (1, 10):
            self.check_form(service[1] + self.path(ids), f'{url}/headers/{ids}')
            s = 's' * (ids > 1)
            self.add(
                f'constant-{ids}',
                f'Helidon constant, same headers, {ids} id{s}',
                f'{url}/headers/{ids}',
                [process],
                ids=ids,
                body=bodies[ids],
            )
            self.add(
                f'bare-{ids}',
                f'Helidon constant, type alone, {ids} id{s}',
                f'{url}/bare/{ids}',
                [process],
                ids=ids,
                body=bodies[ids],
            )

    def nginx(self, bodies):
        if not self.wanted('nginx-1'):
            return
        if not shutil.which('nginx', path=self.sbin()):
            return self.skip('nginx', 'not installed')
        port, work = free_port(), self.machine.work
        web = work / 'nginx'
        web.mkdir()
        config = web / 'nginx.conf'
        body = bodies[1].decode().replace('\\', '\\\\').replace("'", "\\'").replace('$', '${dollar}')
        config.write_text(f"""daemon off; worker_processes 1; pid {web}/pid; error_log {web}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; keepalive_requests 100000000; default_type application/json;
  client_body_temp_path {web}/a; proxy_temp_path {web}/b; fastcgi_temp_path {web}/c; uwsgi_temp_path {web}/d;
  scgi_temp_path {web}/e;
  geo $dollar {{ default "$"; }}
  server {{ listen 127.0.0.1:{port}; location / {{ return 200 '{body}'; }} }}
}}
""")
        process = self.machine.start('nginx', [shutil.which('nginx', path=self.sbin()), '-c', config, '-p', web])
        url = f'http://127.0.0.1:{port}/'
        self.machine.await_answer(process, url)
        self.add('nginx-1', 'nginx constant, 1 id', url, [process], body=bodies[1])

    @staticmethod
    def sbin():
        return os.environ.get('PATH', '') + os.pathsep + '/usr/sbin' + os.pathsep + '/sbin'

    def redis(self, pinned=True):
        """A Redis of our own, on the service's core where that is pinned: (process, port)."""
        if not shutil.which('redis-server'):
            return self.skip('all from Redis', 'redis-server is not installed')
        port = free_port()
        process = self.machine.start(
            f'redis-{port}',
            ['redis-server', '--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
            cwd=self.machine.work,
            pinned=pinned,
        )
        return process, port

    def without_near(self, name, redis, pinned=True, command=None):
        """The service without its near cache, its first rows in Redis: (process, URL, admin URL)."""
        service = self.papi(
            name, {'PAPI_REDIS': f'redis://127.0.0.1:{redis[1]}', 'PAPI_NEAR_MEMORY': '0 MiB'}, pinned=pinned, command=command
        )
        for ids in (1, 10):
            self.machine.await_answer(
                service[0], service[1] + self.path(ids), accept=lambda answer: dict(answer[1]).get('Cache-Status') == 'redis; hit'
            )
        return service

    def from_redis(self, redis, bodies, pinned=True):
        free, both = ('', '') if pinned else ('free-', ', not pinned')
        kinds = [f'{free}{kind}-{ids}' for kind in ('redis', 'pooled', *([] if pinned else ['constant'])) for ids in (1, 10)]
        if not self.wanted(*kinds):
            return
        process, url, admin = self.without_near(f'papi-{free}redis', redis, pinned)
        for ids in (1, 10):
            self.add(
                f'{free}redis-{ids}',
                f'Papi, Redis hit, {ids} id{"s" * (ids > 1)}{both}',
                url + self.path(ids),
                [process, redis[0]],
                ids=ids,
                body=bodies[ids],
                layer='redis',
                admin=admin,
                pinned=pinned,
            )
        if self.wanted(f'{free}pooled-1', f'{free}pooled-10'):
            port, admin = free_port(), free_port()
            pooled = self.machine.start(
                f'{free}pooled',
                program.own('io.papi.loadtest.bench.PooledService', [redis[1], self.key_prefix(redis[1])]),
                self.environment(port, admin),
                pinned=pinned,
            )
            pool = f'http://127.0.0.1:{port}'
            self.machine.await_answer(pooled, pool + self.path(1))
            for ids in (1, 10):
                self.add(
                    f'{free}pooled-{ids}',
                    f'Redis hit by a pool, {ids} id{"s" * (ids > 1)}{both}',
                    pool + self.path(ids),
                    [pooled, redis[0]],
                    ids=ids,
                    body=bodies[ids],
                    pinned=pinned,
                )
        if not pinned and self.wanted('free-constant-1', 'free-constant-10'):
            self.record(url, prefix='redis-')
            constant, at = self.constant('free-constant', pinned=False)
            for ids in (1, 10):
                self.check_form(url + self.path(ids), f'{at}/headers/redis-{ids}')
                self.add(
                    f'free-constant-{ids}',
                    f'Helidon constant, same headers, {ids} id{"s" * (ids > 1)}{both}',
                    f'{at}/headers/redis-{ids}',
                    [constant],
                    ids=ids,
                    body=bodies[ids],
                    pinned=False,
                )

    @staticmethod
    def redis_call(port, *arguments):
        return subprocess.run(['redis-cli', '-p', str(port), *arguments], capture_output=True, check=True, timeout=20).stdout

    def key_prefix(self, port):
        name = self.redis_call(port, '--scan', '--pattern', 'papi:customer:*:1').decode().split()[0]
        return re.sub(r'1$', '', name)

    def webdis(self, redis, bodies):
        if not self.wanted('webdis-1'):
            return
        if not shutil.which('webdis'):
            return self.skip('webdis', 'not installed')
        self.redis_call(redis[1], 'SET', 'answer', bodies[1])
        port, config = free_port(), self.machine.work / 'webdis.json'
        config.write_text(
            json.dumps(
                {
                    'redis_host': '127.0.0.1',
                    'redis_port': redis[1],
                    'http_host': '127.0.0.1',
                    'http_port': port,
                    'threads': 2,
                    'pool_size': 20,
                    'daemonize': False,
                    'verbosity': 0,
                    'logfile': str(self.machine.work / 'webdis-own.log'),
                }
            )
        )
        process = self.machine.start('webdis', ['webdis', config], cwd=self.machine.work)
        url = f'http://127.0.0.1:{port}/GET/answer.txt'
        self.machine.await_answer(process, url)
        self.add('webdis-1', 'webdis GET, 1 id', url, [process, redis[0]], body=bodies[1])

    def venv(self, packages=FLASK, command='gunicorn', what='Flask'):
        """A directory of Python packages that has the command, made once; None if it cannot be made."""
        venv = (
            Path(os.environ.get('XDG_CACHE_HOME') or Path.home() / '.cache')
            / 'papi'
            / '-'.join(re.sub(r'[^\w.]+', '-', package) for package in packages)
        )
        if not (venv / 'bin' / command).exists():
            made = [sys.executable, '-m', 'venv', '--clear', venv], [venv / 'bin/pip', 'install', '--quiet', *packages]
            if any(subprocess.run(command, capture_output=True, check=False).returncode for command in made):
                return self.skip(what, f'no venv with {" ".join(packages)} to be had')
        return venv

    def flask(self, bodies, service):
        if not self.wanted('flask-1', 'gunicorn-1'):
            return
        venv = self.venv()
        if not venv:
            return
        rows = self.machine.work / 'rows.json'
        rows.write_bytes(get(service[1] + self.path(100))[0])
        for name, title, command in (
            ('flask-1', "the guide's design under flask run, 1 id", ['flask', '--app', 'guide', 'run', '--port']),
            (
                'gunicorn-1',
                "the guide's design under gunicorn 2×8, 1 id",
                ['gunicorn', 'guide:app', '--workers=2', '--threads=8', '--keep-alive=60', '--log-level=error', '--bind'],
            ),
        ):
            if self.wanted(name):
                port = free_port()
                bind = f'127.0.0.1:{port}' if name == 'gunicorn-1' else port
                process = self.machine.start(
                    name,
                    [venv / 'bin' / command[0], *command[1:], bind],
                    {'GUIDE_ROWS': str(rows), 'PYTHONDONTWRITEBYTECODE': '1'},
                    cwd=HERE,
                )
                url = f'http://127.0.0.1:{port}' + self.path(1)
                self.machine.await_answer(process, url)
                self.add(name, title, url, [process], body=bodies[1], slow=True)
