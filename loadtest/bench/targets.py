"""What is measured: every target started on loopback, warm and answering the same rows."""
import json
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from machine import cpu_seconds, free_port, get, jdk

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
SERVICE = ROOT / 'service/target'
FLASK = ['flask==3.1.2', 'gunicorn==23.0.0']
BETWEEN = {'Connection', 'Content-Length', 'Date'}  # what any server of the same kind adds by itself


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

    def check(self):
        """Fails unless the answer is the expected one, within a while from the expected layer.

        On a busy machine Redis may exceed its time and is by-passed for a moment; the share of hits shows that.
        """
        end = time.monotonic() + 10
        while True:
            body, headers = get(self.url)
            status = dict(headers).get('Cache-Status', '')
            if not self.layer or status == f'{self.layer}; hit' or time.monotonic() > end:
                break
            time.sleep(0.05)
        if self.body and body != self.body and json.loads(body) != json.loads(self.body):
            raise RuntimeError(f'{self.name}: another body: {body[:200]}')
        if self.layer and status != f'{self.layer}; hit':
            raise RuntimeError(f'{self.name}: {status} instead of a hit of {self.layer}')

    def hits(self):
        """Ids that the layer has answered so far."""
        if not self.admin:
            return 0
        metrics = get(f'{self.admin}/metrics')[0].decode()
        return sum(float(line.rpartition(' ')[2]) for line in metrics.splitlines()
                   if line.startswith('cache_gets_total{') and f'cache="{self.layer}"' in line and 'result="hit"' in line)

    def cpu(self):
        return cpu_seconds(self.processes)


class Targets:
    """Starts the targets of `wanted` one after another; what can't be had is said and left out."""

    def __init__(self, machine, wanted, say):
        self.machine, self.say = machine, say
        self.wanted = lambda *names: any(name in wanted for name in names) if wanted else True
        self.all, self.missing = [], []
        self.java = jdk() / 'bin/java'

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
        self.constants(near, bodies)
        self.nginx(bodies)
        if redis:
            self.from_redis(redis, bodies)
            self.webdis(redis, bodies)
        self.flask(bodies, near)
        return self.all

    def papi(self, name, more):
        """The service itself: (process, URL, admin URL)."""
        port, admin = free_port(), free_port()
        environment = self.environment(port, admin) | more
        process = self.machine.start(
            name, [self.java, f'@{SERVICE}/papi.jvm', '-jar', SERVICE / 'papi.jar'], environment)
        url, admin_url = f'http://127.0.0.1:{port}', f'http://127.0.0.1:{admin}'
        self.machine.await_answer(process, f'{admin_url}/health/ready')
        return process, url, admin_url

    @staticmethod
    def environment(port, admin):
        # Rows stay fresh for the whole run: what is measured is a hit.
        return {'PAPI_PORT': str(port), 'PAPI_ADMIN_PORT': str(admin), 'PAPI_STORE': 'embedded', 'PAPI_ROWS': '1000',
                'PAPI_FRESH_FOR': '12h', 'PAPI_JITTER': '0'}

    @staticmethod
    def path(ids):
        return '/customer/' + ','.join(str(1 + i) for i in range(ids))

    def record(self, url):
        """The answers for 1 and 10 ids with their headers, as the constants repeat them: {ids: body}."""
        bodies = {}
        for ids in (1, 10):
            get(url + self.path(ids))
            body, headers = get(url + self.path(ids))
            (self.machine.work / f'{ids}.body').write_bytes(body)
            (self.machine.work / f'{ids}.headers').write_text(
                ''.join(f'{name}: {value}\n' for name, value in headers if name not in BETWEEN))
            bodies[ids] = body
        return bodies

    def near(self, service, bodies):
        process, url, admin = service
        for ids in (1, 10):
            self.add(f'near-{ids}', f'Papi, near-cache hit, {ids} id{"s" * (ids > 1)}', url + self.path(ids), [process],
                     ids=ids, body=bodies[ids], layer='near', admin=admin)

    def classes(self):
        """The benchmark's own Java, compiled against the service."""
        out = self.machine.work / 'classes'
        if not out.exists():
            sources = sorted((HERE / 'java').rglob('*.java'))
            subprocess.run([self.java.with_name('javac'), '--release', '25', '-Xlint:all,-requires-automatic', '-Werror',
                            '-proc:none', '-d', out, '-cp', self.classpath(), *sources], check=True)
        return out

    @staticmethod
    def classpath():
        # not papi.jar itself: its manifest names libraries that javac would warn about
        return os.pathsep.join([str(SERVICE / 'papi.jar'), *sorted(map(str, (SERVICE / 'libs').glob('*.jar')))])

    def own_java(self, name, main, arguments, environment=None):
        return self.machine.start(name, [
            self.java, f'@{SERVICE}/papi.jvm', '-Djava.util.logging.manager=org.apache.logging.log4j.jul.LogManager',
            '-cp', f'{self.classes()}{os.pathsep}{self.classpath()}', f'io.papi.loadtest.bench.{main}', *arguments],
            environment)

    @staticmethod
    def form(headers):
        """The names of headers with the lengths of their values; a few of these grow with time."""
        return sorted((name, 0 if name in ('Age', 'X-Request-Id') else len(value)) for name, value in headers)

    def constants(self, service, bodies):
        if not self.wanted('constant-1', 'constant-10', 'bare-1', 'bare-10'):
            return
        port = free_port()
        url = f'http://127.0.0.1:{port}'
        process = self.own_java('constant', 'Constant', [port, self.machine.work])
        _, headers = self.machine.await_answer(process, f'{url}/headers/1')
        if self.form(headers) != self.form(get(service[1] + self.path(1))[1]):
            raise RuntimeError(f'the constant has other headers than the service: {headers}')
        for ids in (1, 10):
            s = 's' * (ids > 1)
            self.add(f'constant-{ids}', f'Helidon constant, same headers, {ids} id{s}', f'{url}/headers/{ids}', [process],
                     ids=ids, body=bodies[ids])
            self.add(f'bare-{ids}', f'Helidon constant, type alone, {ids} id{s}', f'{url}/bare/{ids}', [process],
                     ids=ids, body=bodies[ids])

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
        config.write_text(f'''daemon off; worker_processes 1; pid {web}/pid; error_log {web}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; keepalive_requests 100000000; default_type application/json;
  client_body_temp_path {web}/a; proxy_temp_path {web}/b; fastcgi_temp_path {web}/c; uwsgi_temp_path {web}/d; scgi_temp_path {web}/e;
  geo $dollar {{ default "$"; }}
  server {{ listen 127.0.0.1:{port}; location / {{ return 200 '{body}'; }} }}
}}
''')
        process = self.machine.start('nginx', [shutil.which('nginx', path=self.sbin()), '-c', config, '-p', web])
        url = f'http://127.0.0.1:{port}/'
        self.machine.await_answer(process, url)
        self.add('nginx-1', 'nginx constant, 1 id', url, [process], body=bodies[1])

    @staticmethod
    def sbin():
        return os.environ.get('PATH', '') + os.pathsep + '/usr/sbin' + os.pathsep + '/sbin'

    def redis(self):
        """A Redis of our own: (process, port)."""
        if not shutil.which('redis-server'):
            return self.skip('all from Redis', 'redis-server is not installed')
        port = free_port()
        process = self.machine.start('redis', [
            'redis-server', '--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
            cwd=self.machine.work)
        return process, port

    def from_redis(self, redis, bodies):
        if not self.wanted('redis-1', 'redis-10', 'pooled-1', 'pooled-10'):
            return
        process, url, admin = self.papi(
            'papi-redis', {'PAPI_REDIS': f'redis://127.0.0.1:{redis[1]}', 'PAPI_NEAR_MEMORY': '0 MiB'})
        for ids in (1, 10):
            self.machine.await_answer(process, url + self.path(ids),
                                      accept=lambda answer: dict(answer[1]).get('Cache-Status') == 'redis; hit')
            self.add(f'redis-{ids}', f'Papi, Redis hit, {ids} id{"s" * (ids > 1)}', url + self.path(ids),
                     [process, redis[0]], ids=ids, body=bodies[ids], layer='redis', admin=admin)
        port, admin = free_port(), free_port()
        pooled = self.own_java('pooled', 'PooledService', [redis[1], self.key_prefix(redis[1])],
                               self.environment(port, admin))
        url = f'http://127.0.0.1:{port}'
        self.machine.await_answer(pooled, url + self.path(1))
        for ids in (1, 10):
            self.add(f'pooled-{ids}', f'Redis hit by a pool, {ids} id{"s" * (ids > 1)}', url + self.path(ids),
                     [pooled, redis[0]], ids=ids, body=bodies[ids])

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
        config.write_text(json.dumps({
            'redis_host': '127.0.0.1', 'redis_port': redis[1], 'http_host': '127.0.0.1', 'http_port': port, 'threads': 2,
            'pool_size': 20, 'daemonize': False, 'verbosity': 0, 'logfile': str(self.machine.work / 'webdis-own.log')}))
        process = self.machine.start('webdis', ['webdis', config], cwd=self.machine.work)
        url = f'http://127.0.0.1:{port}/GET/answer.txt'
        self.machine.await_answer(process, url)
        self.add('webdis-1', 'webdis GET, 1 id', url, [process, redis[0]], body=bodies[1])

    def flask(self, bodies, service):
        if not self.wanted('flask-1', 'gunicorn-1'):
            return
        venv = Path(os.environ.get('XDG_CACHE_HOME') or Path.home() / '.cache') / 'papi' / '-'.join(
            package.replace('==', '-') for package in FLASK)
        if not (venv / 'bin/gunicorn').exists():
            made = [sys.executable, '-m', 'venv', '--clear', venv], [venv / 'bin/pip', 'install', '--quiet', *FLASK]
            if any(subprocess.run(command, capture_output=True, check=False).returncode for command in made):
                return self.skip('Flask', f'no venv with {" ".join(FLASK)} to be had')
        rows = self.machine.work / 'rows.json'
        rows.write_bytes(get(service[1] + self.path(100))[0])
        for name, title, command in (
                ('flask-1', "the guide's design under flask run, 1 id", ['flask', '--app', 'guide', 'run', '--port']),
                ('gunicorn-1', "the guide's design under gunicorn 2×8, 1 id",
                 ['gunicorn', 'guide:app', '--workers', '2', '--threads', '8', '--keep-alive', '60', '--log-level', 'error', '--bind'])):
            if self.wanted(name):
                port = free_port()
                bind = f'127.0.0.1:{port}' if name == 'gunicorn-1' else port
                process = self.machine.start(name, [venv / 'bin' / command[0], *command[1:], bind],
                                             {'GUIDE_ROWS': str(rows), 'PYTHONDONTWRITEBYTECODE': '1'}, cwd=HERE)
                url = f'http://127.0.0.1:{port}' + self.path(1)
                self.machine.await_answer(process, url)
                self.add(name, title, url, [process], body=bodies[1], slow=True)
