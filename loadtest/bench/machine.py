"""Processes on this machine: started on loopback, pinned, their CPU time read, and ended by their own ids."""

import os
import random
import shutil
import signal
import socket
import subprocess
import threading
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TICKS = os.sysconf('SC_CLK_TCK')
BEHIND = 10  # of `nice`


class Machine:
    """All processes of a run; leaving it ends them.

    Pinned, servers have the first core, those that help them too (Redis), and the load has the last; free, all have both.
    """

    def __init__(self, work):
        cores = sorted(os.sched_getaffinity(0))
        self.work = Path(work)
        self.can_pin = len(cores) > 1 and shutil.which('taskset') is not None
        self.server_core, self.load_core = cores[0], cores[-1]
        self.started = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end(list(self.started))

    def end(self, processes):
        """Ends servers that were started here, the last first."""
        for process in reversed(processes):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        end = time.monotonic() + 8
        for process in reversed(processes):
            self.started.remove(process)
            try:
                process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def pin(self, core, command, pinned):
        return ['taskset', '-c', str(core), *command] if pinned and self.can_pin else list(command)

    def step_aside(self):
        """The calling thread is of the load from now on, and goes behind what measures there."""
        if self.can_pin:
            thread = threading.get_native_id()
            os.sched_setaffinity(thread, {self.load_core})
            os.setpriority(os.PRIO_PROCESS, thread, BEHIND)

    def start(self, name, command, environment=None, cwd=None, pinned=True):
        """Starts a server in a process group of its own; what it says is in `<name>.log`."""
        with open(self.work / f'{name}.log', 'wb') as log:
            process = subprocess.Popen(
                self.pin(self.server_core, [str(part) for part in command], pinned),
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env={**os.environ, **(environment or {})},
                cwd=cwd,
                start_new_session=True,
            )
        self.started.append(process)
        return process

    def await_answer(self, process, url, seconds=90, accept=lambda answer: True):
        """The first answer 200 of `url` that is accepted: (body, headers)."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if process.poll() is not None:
                raise RuntimeError(f'{process.args} ended with {process.returncode}; see its log in {self.work}')
            try:
                answer = get(url)
                if accept(answer):
                    return answer
            except OSError:
                pass
            time.sleep(0.05)
        raise RuntimeError(f'no such answer from {url} within {seconds} s; see the logs in {self.work}')


DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def get(url, headers=None):
    return answered(urllib.request.Request(url, headers=headers or {}))


def post_json(url, body, headers=None):
    return answered(urllib.request.Request(url, body, {'Content-Type': 'application/json', **(headers or {})}))


def answered(request):
    with DIRECT.open(request, timeout=10) as answer:
        return answer.read(), answer.headers.items()


def free_port():
    """One below those that Linux takes for connections to others, which could have it before a server listens."""
    while True:
        port = random.randrange(20_000, 32_768)
        with socket.socket() as taken:
            try:
                taken.bind(('127.0.0.1', port))
                return port
            except OSError:
                continue


def cpu_seconds(processes):
    """User and system time of processes and all below them that live."""
    parents, times = {}, {}
    for entry in os.scandir('/proc'):
        if entry.name.isdigit():
            try:
                with open(f'/proc/{entry.name}/stat') as file:
                    fields = file.read().rpartition(')')[2].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
            times[int(entry.name)] = (int(fields[11]) + int(fields[12])) / TICKS
    roots = {process.pid for process in processes}

    def is_ours(pid):
        while pid > 1:
            if pid in roots:
                return True
            pid = parents.get(pid, 0)
        return False

    return sum(seconds for pid, seconds in times.items() if is_ours(pid))


def jdk():
    """The home of a JDK 25."""
    found = subprocess.run([ROOT / '.ci/jdk'], capture_output=True, text=True, check=False)
    if found.returncode:
        raise SystemExit(found.stderr.strip())
    return Path(found.stdout.strip())
