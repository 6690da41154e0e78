"""Callers who come through two plain TCP relays get what those who come directly get: relayed.py HOST PORT ADMIN_PORT

The relays are socat's, as Ockam's inlet and outlet relay: the one takes connections next to the caller and passes bytes
on to the other, which connects to the service. Sent as bytes, directly and through both: hits, misses, problems, bodies,
HEAD, pipelined requests, and a caller who says that nothing more will come. Then both are killed in the middle of
answers: no answer may look whole that is not, and the service must have let go of these requests. Prints a line for each;
exit status 1 at the first that does not hold.
"""

import json
import random
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request

HOST, PORT, ADMIN_PORT = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
# What differs from answer to answer by itself.
OWN = re.compile(rb'\r\n(Date|Age|Server-Timing|Cache-Status): [^\r]*', re.I)
ANSWER = re.compile(rb'HTTP/1.1 200 .*?\r\nContent-Length: (\d+)\r\n.*?\r\n\r\n', re.S | re.I)
IDS = list(range(1, 1001))
PIPELINED = 30  # lists of 1,000 rows: more than all buffers between service and caller hold
PATIENCE = 10  # seconds


def request(line, body=b'', *headers):
    head = [f'{line} HTTP/1.1', 'Host: localhost', 'X-Request-Id: of-the-caller', *headers]
    if body:
        head += ['Content-Type: application/json', f'Content-Length: {len(body)}']
    return '\r\n'.join([*head, '', '']).encode() + body


LIST = request('POST /customer', json.dumps({'ids': IDS}).encode())
REQUESTS = {
    'a row': request('GET /customer/1885'),
    'rows in their order': request('GET /customer/3,1,2,3,999999999'),
    'another key type': request('GET /product/AAAAAAAACAAAAAAA?fields=I_ITEM_ID'),
    'encoded commas': request('GET /customer/1%2C2?shape=map'),
    'HEAD': request('HEAD /customer/1885'),
    'no row': request('GET /customer/0'),
    'a bad id': request('GET /customer/007'),
    'no such path': request('GET /nothing'),
    'another method': request('DELETE /customer/1'),
    'ids in a body': request('POST /customer', b'{"ids":[2,1],"shape":"map"}'),
    'a body that is awaited': request('POST /customer', b'{"ids":[1]}', 'Expect: 100-continue'),
    'a thousand rows': LIST,
    'a page': request('GET /test'),
    'the last request': request('GET /customer/1885', b'', 'Connection: close'),
}


class Relays:
    """The inlet, and behind it the outlet."""

    def __init__(self):
        self.outlet_port, self.inlet_port = free_port(), free_port()
        self.running = []

    def start(self):
        self.running += [
            self.relay(self.outlet_port, f'{HOST}:{PORT}'),
            self.relay(self.inlet_port, f'127.0.0.1:{self.outlet_port}'),
        ]
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return connect('127.0.0.1', self.inlet_port).close()
            except ConnectionRefusedError:
                assert time.monotonic() < end, 'socat does not listen'
                time.sleep(0.05)

    @staticmethod
    def relay(port, target):
        listen = f'TCP-LISTEN:{port},bind=127.0.0.1,reuseaddr,fork'
        return subprocess.Popen(['socat', listen, f'TCP:{target}'], stderr=subprocess.DEVNULL, start_new_session=True)

    def cut(self):
        """Ends them and all connections through them at once."""
        for relay in self.running:
            subprocess.run(['kill', '-KILL', '--', f'-{relay.pid}'], check=True)
            relay.wait()
        self.running = []


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


def connect(host, port):
    return socket.create_connection((host, port), timeout=PATIENCE)


def read_all(connection):
    found = b''
    try:
        while piece := connection.recv(65536):
            found += piece
    except ConnectionResetError:
        pass
    return found


def answered(host, port, sent, half_close=True):
    """All bytes that come back until the service closes the connection."""
    with connect(host, port) as connection:
        connection.sendall(sent)
        if half_close:
            connection.shutdown(socket.SHUT_WR)
        return read_all(connection)


def admin(path):
    return urllib.request.urlopen(f'http://{HOST}:{ADMIN_PORT}{path}', timeout=PATIENCE).read().decode()


def check(words, holds, found=''):
    print(('holds    ' if holds else 'FAILED   ') + words)
    if not holds:
        sys.exit(f'{found!r}'[:2000])


def whole(answers):
    """How many answers with a Content-Length are there to their last byte, from the first on."""
    count, at = 0, 0
    while found := ANSWER.match(answers, at):
        at = found.end() + int(found[1])
        if at > len(answers):
            break
        count += 1
    return count


def same(relays):
    for words, sent in REQUESTS.items():
        answered(HOST, PORT, sent)  # from the near cache from now on
        direct, relayed = (
            OWN.sub(b'', answered(host, port, sent)) for host, port in ((HOST, PORT), ('127.0.0.1', relays.inlet_port))
        )
        check(words, direct == relayed and b'\r\nX-Request-Id: of-the-caller\r\n' in relayed, (direct[:500], relayed[:500]))
    refused = answered('127.0.0.1', relays.inlet_port, b'nonsense\r\n\r\n')
    check('what is no HTTP', refused.startswith(b'HTTP/1.1 400 '), refused)
    many = b''.join(request(f'GET /customer/{number}') for number in range(1, 31))
    ids = re.findall(rb'\[\{"C_CUSTOMER_SK":(\d+)', answered('127.0.0.1', relays.inlet_port, many))
    check('pipelined requests, in their order', ids == [str(number).encode() for number in range(1, 31)], ids)
    with connect('127.0.0.1', relays.inlet_port) as connection:
        for number in range(1, 4):
            connection.sendall(request(f'HEAD /customer/{number}'))
            found = connection.recv(65536)
            check(f'request {number} of a connection that is kept', found.startswith(b'HTTP/1.1 200 '), found)


def broken(relays):
    with connect('127.0.0.1', relays.inlet_port) as connection:
        connection.sendall(LIST * PIPELINED)
        answers = b''
        while whole(answers) < 1:
            piece = connection.recv(65536)
            assert piece, f'the service has closed the connection after {answers[:500]}'
            answers += piece
        relays.cut()
        answers += read_all(connection)
    count = whole(answers)
    check(f'relays killed: {count} of {PIPELINED} answers, and none that looks whole and is not', count < PIPELINED, count)
    end = time.monotonic() + PATIENCE
    while not re.search(r'^papi_inflight 0\.0$', admin('/metrics'), re.M):
        assert time.monotonic() < end, 'requests of callers who have gone are still under way'
        time.sleep(0.1)
    check('the service is ready, and works on nothing', '"status":"ready"' in admin('/health/ready'))


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    relays = Relays()
    try:
        relays.start()
        same(relays)
        broken(relays)
        relays.start()
        found = answered('127.0.0.1', relays.inlet_port, REQUESTS['a row'])
        check('relays that have come back', b'[{"C_CUSTOMER_SK":1885,' in found, found)
    finally:
        relays.cut()


main()
