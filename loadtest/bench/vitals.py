"""What a running service holds: as its metrics page says, and as the system says (Linux)."""

import os
import re
import subprocess
from pathlib import Path

from machine import get

ESTABLISHED, LISTENS = '01', '0A'


class Vitals:
    """The vitals of one service and of the Redis that it has started, if any."""

    def __init__(self, pid, admin_url, jcmd):
        self.pid, self.admin_url, self.jcmd = pid, admin_url, jcmd

    def read(self):
        """{vital: number}. The heap is what is left after a collection, which is asked for here."""
        subprocess.run([self.jcmd, str(self.pid), 'GC.run'], check=True, stdout=subprocess.DEVNULL)
        metrics = get(f'{self.admin_url}/metrics')[0].decode()
        status = Path(f'/proc/{self.pid}/status').read_text()
        accepted = self.accepted()
        return {
            'heap': total(metrics, 'jvm_memory_used_bytes{area="heap"'),
            'resident': int(re.search(r'VmRSS:\s+(\d+)', status)[1]) * 1024,
            'threads': int(re.search(r'Threads:\s+(\d+)', status)[1]),
            'descriptors': len(os.listdir(f'/proc/{self.pid}/fd')) - accepted,
            'accepted': accepted,
            'connections': total(metrics, 'papi_connections '),
            'store': total(metrics, 'hikaricp_connections{'),
            'redis': self.redis_connections(),
        }

    def lookups(self):
        return total(get(f'{self.admin_url}/metrics')[0].decode(), 'cache_gets_total{cache="near"')

    def accepted(self):
        """Sockets of connections to the ports on which the service listens, in whatever state they are."""
        sockets = tcp_sockets(self.pid)
        ports = {local for local, _, state in sockets if state == LISTENS}
        return sum(local in ports for local, _, state in sockets if state != LISTENS)

    def redis_connections(self):
        """Connections from the service to ports on which one of its children listens."""
        sockets = tcp_sockets(self.pid)
        ports = {local for child in children(self.pid) for local, _, state in tcp_sockets(child) if state == LISTENS}
        return sum(remote in ports for _, remote, state in sockets if state == ESTABLISHED)


def total(metrics, beginning):
    return sum(float(line.rpartition(' ')[2]) for line in metrics.splitlines() if line.startswith(beginning))


def children(pid):
    threads = Path(f'/proc/{pid}/task').iterdir()
    return {int(child) for thread in threads for child in (thread / 'children').read_text().split()}


def tcp_sockets(pid):
    """[(local port, remote port, state)] of a process."""
    inodes = set()
    for link in Path(f'/proc/{pid}/fd').iterdir():
        try:
            inodes.add(os.readlink(link))
        except OSError:
            continue  # closed meanwhile
    found = []
    for table in ('tcp', 'tcp6'):
        for line in Path(f'/proc/{pid}/net/{table}').read_text().splitlines()[1:]:
            fields = line.split()
            if f'socket:[{fields[9]}]' in inodes:
                found.append((fields[1].split(':')[1], fields[2].split(':')[1], fields[3]))
    return found
