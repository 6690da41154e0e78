"""Reads a stream by each of Python's own clients in turn, and prints what it made of it: the name of an error, or whole.

python3 read_stream.py HOST:PORT PATH
"""

import http.client
import json
import sys
import urllib.request


def by_urllib(at, path):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f'http://{at}{path}', timeout=20) as answer:
        answer.read()


def by_parts(at, path):
    with response(at, path) as answer:
        while answer.read(1000):
            pass


def by_lines(at, path):
    with response(at, path) as answer:
        for _ in answer:
            pass


def response(at, path):
    connection = http.client.HTTPConnection(at, timeout=20)
    connection.request('GET', path)
    return connection.getresponse()


def what(client, at, path):
    try:
        client(at, path)
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__
    return 'whole'


if __name__ == '__main__':
    print(json.dumps({client.__name__: what(client, *sys.argv[1:]) for client in (by_urllib, by_parts, by_lines)}))
