"""Requests as API Gateway hands them to Lambda, and Lambda's answers as it reads them.

Four forms: a REST API gives the path as it was sent, and the query's parameters decoded (payload 1.0); an HTTP API gives
the query as it was sent, and the path decoded and cut at what was a `%3F` (payload 2.0); a function URL gives both as they
were sent, in payload 2.0; each with a body as text or in Base64.
"""

import base64
import collections
import json
import urllib.parse

HOST = 'abcdefghij.execute-api.eu-central-1.amazonaws.com'

# headers are pairs, as one may come twice; the body is bytes, empty without one
Request = collections.namedtuple('Request', 'method target headers body', defaults=((), b''))
Answer = collections.namedtuple('Answer', 'status headers body')


class FunctionError(Exception):
    """The function has no answer; API Gateway answers with an error of its own."""


def split(target):
    path, _, query = target.partition('?')
    return path, query


def named(request):
    """All values of each header; every request of API Gateway has these besides the caller's."""
    values = {'X-Forwarded-For': ['192.0.2.1'], 'X-Forwarded-Port': ['443'], 'X-Forwarded-Proto': ['https']}
    for name, value in request.headers:
        values.setdefault(name, []).append(value)
    values.setdefault('Host', [HOST])
    return values


def body(request, encoded):
    text = base64.b64encode(request.body).decode() if encoded else request.body.decode()
    return {'body': text or None, 'isBase64Encoded': encoded and bool(request.body)}


def rest_api(request, encoded=False):
    path, query = split(request.target)
    parameters = {}
    for pair in filter(None, query.split('&')):
        name, _, value = pair.partition('=')
        parameters.setdefault(urllib.parse.unquote(name), []).append(urllib.parse.unquote(value))
    headers = named(request)
    return {
        'resource': '/{proxy+}',
        'path': path,
        'httpMethod': request.method,
        'headers': {name: values[-1] for name, values in headers.items()},
        'multiValueHeaders': headers,
        'queryStringParameters': {name: values[-1] for name, values in parameters.items()} or None,
        'multiValueQueryStringParameters': parameters or None,
        'pathParameters': {'proxy': path[1:]},
        'stageVariables': None,
        'requestContext': {
            'accountId': '123456789012',
            'apiId': 'abcdefghij',
            'domainName': HOST,
            'httpMethod': request.method,
            'identity': {'sourceIp': '192.0.2.1', 'userAgent': 'curl/8.5.0'},
            'path': '/papi' + path,
            'protocol': 'HTTP/1.1',
            'requestId': '41b45ea3-70b5-11e6-b7bd-69b5aaebc7d9',
            'requestTimeEpoch': 1583348638390,
            'resourceId': 'us4z18',
            'resourcePath': '/{proxy+}',
            'stage': 'papi',
        },
        **body(request, encoded),
    }


def payload_2(request, path, encoded, stage='$default'):
    _, query = split(request.target)
    return {
        'version': '2.0',
        'routeKey': '$default',
        'rawPath': path,
        'rawQueryString': query,
        'headers': {name.lower(): ','.join(values) for name, values in named(request).items()},
        'requestContext': {
            'accountId': '123456789012',
            'apiId': 'abcdefghij',
            'domainName': HOST,
            'domainPrefix': 'abcdefghij',
            'http': {
                'method': request.method,
                'path': path,
                'protocol': 'HTTP/1.1',
                'sourceIp': '192.0.2.1',
                'userAgent': 'curl/8.5.0',
            },
            'requestId': 'JKJaXmPLvHcESHA=',
            'routeKey': '$default',
            'stage': stage,
            'time': '12/Mar/2020:19:03:58 +0000',
            'timeEpoch': 1583348638390,
        },
        **body(request, encoded),
    }


def http_api(request, encoded=False, stage='$default'):
    path = urllib.parse.unquote(split(request.target)[0]).partition('?')[0]
    return payload_2(request, path if stage == '$default' else f'/{stage}{path}', encoded, stage)


def function_url(request, encoded=False):
    return payload_2(request, split(request.target)[0], encoded)


def answer(sent):
    """What API Gateway makes of the bytes that the function sent."""
    try:
        answered = json.loads(sent)
    except ValueError:
        raise FunctionError(sent.decode(errors='replace')) from None
    if 'statusCode' not in answered:
        raise FunctionError(answered.get('errorMessage', sent.decode()))
    headers = [(name, value) for name, value in (answered.get('headers') or {}).items()]
    headers += [(name, value) for name, values in (answered.get('multiValueHeaders') or {}).items() for value in values]
    text = answered.get('body') or ''
    return Answer(answered['statusCode'], headers, base64.b64decode(text) if answered['isBase64Encoded'] else text.encode())
