"""Reads the answer of a URL over and over for at least so many seconds, as fast as it comes; what it says is JSON.

  reader.py HOST PORT PATH SECONDS

It looks at the first and the last bytes alone, so that it is never what a stream waits for.
"""

import json
import socket
import sys
import time

CHUNK = 1 << 20


def read(host, port, path, buffer):
    """The bytes of one answer, head and all."""
    with socket.create_connection((host, port), timeout=60) as connection:
        connection.sendall(f'GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n'.encode())
        count, head, tail = 0, b'', b''
        while size := connection.recv_into(buffer):
            if len(head) < 1024:
                head += bytes(buffer[: min(size, 1024)])
            tail = (tail + bytes(buffer[max(0, size - 5) : size]))[-5:]
            count += size
    if head.split(b' ')[1:2] != [b'200']:
        raise RuntimeError(f'{path}: {head[:200]}')
    if b'transfer-encoding: chunked' in head.lower() and tail != b'0\r\n\r\n':
        raise RuntimeError(f'{path} broke after {count} bytes')
    return count


def main():
    host, port, path, seconds = sys.argv[1:]
    buffer, sizes, began = memoryview(bytearray(CHUNK)), [], time.monotonic()
    while not sizes or time.monotonic() - began < float(seconds):
        sizes.append(read(host, int(port), path, buffer))
    print(json.dumps({'answers': len(sizes), 'bytes': sum(sizes), 'seconds': time.monotonic() - began}))


main()
