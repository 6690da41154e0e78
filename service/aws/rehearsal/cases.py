"""What is asked of rehearsal/papi.conf: requests whose answers are the same through the function, and those whose are not."""

from events import HOST, Request, function_url, http_api, rest_api

KEY = ('X-API-Key', 'rehearsal')
JSON = ('Content-Type', 'application/json')
BROWSER = ('User-Agent', 'Mozilla/5.0')


def get(target, *headers, method='GET', body=b''):
    return Request(method, target, [KEY, ('X-Request-Id', 'rehearsal-1'), *headers], body)


def post(target, text, *headers):
    return get(target, *(headers or [JSON]), method='POST', body=text.encode())


SAME = [
    # rows
    get('/customer/1'),
    get('/customer/3,1%2C2,3,999999999'),
    get('/customer/1', method='HEAD'),
    get('/customer/1?shape=map&fields=C_FIRST_NAME%2CC_LAST_NAME&unknown=1&unknown=2'),
    get('/customer/1', ('Cache-Control', 'max-age=100')),
    get('/customer/1', ('If-None-Match', '*')),
    get('/customer/1', ('If-Match', '"0"')),
    get('/codes/A+B,%41,%27'),
    # ids in a body
    post('/customer', '{"ids":[1,"2"],"shape":"map"}'),
    post('/codes', '{"ids":["A,B","A/B","A?B","ü","100%"]}'),
    # queries, formats, a stream
    get('/named?name=A%2BB'),
    get('/named?name=A%2FB&format=csv'),
    get('/named?name=%C3%BC', ('Accept', 'application/xml')),
    get('/described/A%20B'),
    get('/large?many=5000'),
    get('/counted?format=ndjson'),
    # errors
    get('/customer/007'),
    get('/customer/' + ','.join(map(str, range(101)))),
    get('/customer/1?missing=omit&missing=omit'),
    get('/named'),
    get('/named?name=A&name=B'),
    get('/nothing'),
    get('//customer/1'),
    get('/customer/1', method='DELETE'),
    get('/customer/1', ('Accept', 'text/csv'), method='PATCH'),
    get('/named?name=A', ('Accept', 'image/png')),
    post('/customer', '{"ids":[1'),
    post('/customer', '{"ids":[1]}', ('Content-Type', 'text/plain')),
    post('/customer/1', 'a body where none is taken'),
    get('/large?many=10000&format=xls'),
    get('/bounded?many=5000'),
    # keys, a browser, long headers; the operators' paths are not there
    Request('GET', '/customer/1', [('Authorization', 'Bearer rehearsal'), ('X-Request-Id', 'rehearsal-2')]),
    get('/customer/1', ('traceparent', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01')),
    get('/customer/1', BROWSER, ('Origin', f'https://{HOST}')),
    get('/customer/1', BROWSER, ('Host', 'papi.example.org')),
    get('/customer/1', BROWSER, ('Host', 'papi.example.com')),
    get('/customer/1', ('X-Long', 'x' * 9000)),
    get('/health/ready'),
    get('/metrics'),
    # pages and the description
    get('/'),
    get('/test'),
    get('/openapi.yaml'),
]

# (form, what is asked, what is asked instead): the answer is that of the other request to the service itself
INSTEAD = [
    # a REST API decodes the query, and the adapter writes a blank as a plus, which is a plus to the service
    (rest_api, get('/named?name=A%20B'), get('/named?name=A+B')),
    # an HTTP API decodes the path, so what was data in it is not any more
    (http_api, get('/codes/A%2CB'), get('/codes/A,B')),
    (http_api, get('/described/A%3FB'), get('/described/A')),
    # of a header that comes twice a REST API's last one counts
    (
        rest_api,
        get('/customer/1', ('X-Request-Id', 'rehearsal-2')),
        Request('GET', '/customer/1', [KEY, ('X-Request-Id', 'rehearsal-2')]),
    ),
    # the adapter makes a slash of a backslash, which the service refuses
    *((form, get('/codes/A\\B'), get('/codes/A/B')) for form in (rest_api, http_api, function_url)),
    # the adapter goes up where the path says so, which the service refuses too
    *((form, get('/nothing/../customer/1'), get('/customer/1')) for form in (rest_api, http_api, function_url)),
]

# refused for their keys: none, and one that comes twice, which payload 2.0 joins
UNKNOWN = [
    (Request('GET', '/customer/1', [('X-Request-Id', 'rehearsal-1')]),) * 2,
    (
        get('/customer/1', KEY),
        Request('GET', '/customer/1', [('X-API-Key', 'rehearsal,rehearsal'), ('X-Request-Id', 'rehearsal-1')]),
    ),
]

# what a function URL alone gets through
BY_FUNCTION_URL = [get('/codes/A%2CB,A%2FB,A%3FB,100%25'), get('/named?name=A%20B'), get('/described/A%3FB')]

# no answer: more than 6 MB, as a text in JSON or in Base64, and a stream that breaks under way
FAILS = [get('/large?many=7000'), get('/large?many=5000&format=ndjson'), get('/counted?breaks=15000')]
