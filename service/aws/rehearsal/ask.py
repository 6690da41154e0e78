"""Asks the service itself, and the function around it: both are behind the same loopback."""

import http.client
import json

from events import Answer, answer

SERVICE, OPERATORS, EMULATOR = 8001, 8002, 8080
INVOCATIONS = '/2015-03-31/functions/function/invocations'
SECONDS = 40


def exchange(port, method, target, headers, body):
    connection = http.client.HTTPConnection('127.0.0.1', port, timeout=SECONDS)
    try:
        connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
        for name, value in headers:
            connection.putheader(name, value)
        if body:
            connection.putheader('Content-Length', str(len(body)))
        connection.endheaders(body or None)
        response = connection.getresponse()
        return Answer(response.status, response.getheaders(), response.read())
    finally:
        connection.close()


def directly(request, host):
    """Without the function, with the Host that API Gateway would send on."""
    headers = list(request.headers)
    if not any(name == 'Host' for name, _ in headers):
        headers.append(('Host', host))
    return exchange(SERVICE, request.method, request.target, headers, request.body)


def by_function(event):
    """Raises a FunctionError where API Gateway would answer with an error of its own."""
    return answer(exchange(EMULATOR, 'POST', INVOCATIONS, [('Host', 'localhost')], json.dumps(event).encode()).body)


def operators(target):
    return exchange(OPERATORS, 'GET', target, [('Host', 'localhost')], b'')
