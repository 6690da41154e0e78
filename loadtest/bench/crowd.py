"""What is beside a measurement: idle connections, or a scrape of the metrics each second."""

import resource
import socket
import threading
from urllib.parse import urlsplit

from machine import get
from vitals import total

MORE_FILES = 500  # that this process needs besides
EVERY = 1  # seconds from scrape to scrape


def may_open(count):
    """Whether this process may have so many connections; lets it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most != resource.RLIM_INFINITY and most < count + MORE_FILES:
        return False
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < count + MORE_FILES:
        resource.setrlimit(resource.RLIMIT_NOFILE, (count + MORE_FILES, most))
    return True


class Idle:
    """So many connections that have been answered once, and ask for nothing more. The service must still have them then."""

    def __init__(self, target, count):
        at = urlsplit(target.url)
        self.at, self.admin, self.count = (at.hostname, at.port), target.admin, count
        self.request = f'GET {at.path} HTTP/1.1\r\nHost: {at.netloc}\r\n\r\n'.encode()

    def __enter__(self):
        self.sockets = []
        try:
            for _ in range(self.count):
                connection = socket.create_connection(self.at, timeout=10)
                self.sockets.append(connection)
                connection.sendall(self.request)
                if not connection.recv(65_536).startswith(b'HTTP/1.1 200'):
                    raise RuntimeError('an idle connection was not answered')
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *reason):
        held = total(get(f'{self.admin}/metrics')[0].decode(), 'papi_connections ')
        self.close()
        if held < self.count and reason == (None, None, None):
            raise RuntimeError(f'the service has {held:.0f} connections, not {self.count}')

    def close(self):
        for connection in self.sockets:
            connection.close()


class Scrape:
    """Reads the metrics at once, and then each second."""

    def __init__(self, machine, admin):
        self.machine, self.admin = machine, admin
        self.ended, self.count = threading.Event(), 0

    def __enter__(self):
        self.thread = threading.Thread(target=self.scrape, daemon=True)
        self.thread.start()
        return self

    def scrape(self):
        self.machine.step_aside()
        while True:
            get(f'{self.admin}/metrics')
            self.count += 1
            if self.ended.wait(EVERY):
                return

    def __exit__(self, *reason):
        self.ended.set()
        self.thread.join(30)
        if not self.count and reason == (None, None, None):
            raise RuntimeError('the metrics were not read')
