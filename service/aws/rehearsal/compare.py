"""Compares what comes through the function with what the service itself answers, and times the first call and later ones.

    compare.py cold | trips | reports | all | thawed | refused | let-in | let-in-thawed

Runs inside the network of a container that has just been started, so that the first call is a cold start. `thawed` goes on
after `all`, when the container has been frozen for longer than /brief is fresh, and `let-in-thawed` after `let-in`, when
the store has closed its connections meanwhile. Prints a line for each thing that was compared; exit status 1 if one is not as
it should be.
"""

import itertools
import statistics
import sys
import time

import cases
from ask import by_function, directly, exchange, operators
from events import HOST, FunctionError, function_url, http_api, rest_api
from stand_ins import PORT

FORMS = [rest_api, http_api, function_url]
# which are never the same twice; both have them all the same
VARYING = {'date', 'age', 'server-timing', 'retry-after'}
# of the connection between adapter and service, which nobody else sees
HOP_BY_HOP = {'transfer-encoding'}
CALLS = 300
TRIPS = [
    '/trips/monthly?start_range=2013-06-01&end_range=2013-07-31',
    '/sqlapi/trips/monthly?start_range=2017-06-01&end_range=2017-07-31',
    '/trips/monthly',
    '/trips/day_of_week?format=csv',
    '/trips/temperature',
    '/trips/monthly?start_range=2018-06-30',
]
REPORTS = [
    '/connector/customers/top10?start_range=1995-02-01&end_range=1995-02-14',
    '/snowpark/clerk/000000002/yearly_sales/1995',
    '/connector/clerk/x/yearly_sales/1995',
]


def comparable(answer, drop=()):
    headers = [(name.lower(), value) for name, value in answer.headers]
    return (
        answer.status,
        sorted((name, '' if name in VARYING else value) for name, value in headers if name not in {*HOP_BY_HOP, *drop}),
        answer.body,
    )


def check(what, is_so, *details):
    print('ok  ' if is_so else 'FAIL', what, *(() if is_so else details))
    if not is_so:
        sys.exit(1)


def service(request):
    """A later answer, which comes from the cache if any does."""
    for _ in range(5):
        directly(request, HOST)
        answer = directly(request, HOST)
        if 'fwd=' not in answer_header(answer, 'cache-status'):
            break
    return answer


def answer_header(answer, of):
    return ', '.join(value for name, value in answer.headers if name.lower() == of)


def same(request, event, what, drop=()):
    expected, got = comparable(service(request), drop), comparable(by_function(event), drop)
    check(f'{expected[0]} {what}', expected == got, '\n  the service:', expected, '\n  the function:', got)


def label(request):
    return f'{request.method} {request.target[:70]}'


def examples(targets):
    for target, form in itertools.product(targets, FORMS):
        request = cases.get(target)
        same(request, form(request), f'{form.__name__} {label(request)}')
    check('rows', any(len(service(cases.get(target)).body) > 100 for target in targets))


def all_cases():
    for request, form, encoded in itertools.product(cases.SAME, FORMS, (False, True)):
        if request.body or not encoded:
            what = f'{form.__name__}{" in Base64" if encoded else ""} {label(request)}'
            same(request, form(request, encoded), what)
    for form, request, other in cases.INSTEAD:
        check('not what was asked', comparable(service(request)) != comparable(service(other)), request)
        same(other, form(request), f'{form.__name__} {label(request)}: as {label(other)}')
    for request in cases.BY_FUNCTION_URL:
        same(request, function_url(request), f'function_url {label(request)}')
    for request, form in itertools.product(cases.FAILS, FORMS):
        try:
            check(f'{form.__name__} {label(request)} has no answer', False, by_function(form(request)).status)
        except FunctionError as failure:
            check(f'{form.__name__} {label(request)}: {failure}', True)
    stages()
    challenges()
    for _ in range(2):
        kept = by_function(http_api(cases.get('/brief')))
    check('kept in the near cache', ('cache-status', 'near; hit') in kept.headers, kept.headers)


def thawed():
    """What was kept is no longer fresh, though the process has not run meanwhile."""
    answer = by_function(http_api(cases.get('/brief')))
    headers = dict(answer.headers)
    check(
        'read again after the thaw',
        answer.status == 200 and headers['cache-status'] == 'near; fwd=miss' and headers['age'] == '0',
        answer,
    )


def stages():
    """A stage is part of an HTTP API's path; AWS_LWA_REMOVE_BASE_PATH=/live takes it away, wherever a path begins so."""
    request = cases.get('/customer/1')
    same(request, http_api(request, stage='live'), f'http_api {label(request)} in the stage that is taken away')
    check('404 in another stage', by_function(http_api(request, stage='other')).status == 404)
    same(request, http_api(cases.get('/live/live/customer/1')), 'http_api GET /live/live/customer/1')


def challenges():
    """Two headers of one name: the answers of payload 2.0 have room for the last."""
    request = cases.UNKNOWN[0][0]
    same(request, rest_api(request), f'rest_api {label(request)} without a key')
    for (request, other), form in itertools.product(cases.UNKNOWN, (http_api, function_url)):
        same(other, form(request), f'{form.__name__} {label(request)} without one key', drop=['www-authenticate'])
        told = [value for name, value in by_function(form(request)).headers if name == 'www-authenticate']
        check(f'{form.__name__} has one challenge', told == ['Bearer realm="papi"'], told)


def refused():
    """Snowflake lets nobody in: callers are told, and Snowflake is not asked again for each of them."""
    request = cases.get('/customer/1')
    before = sign_ins()
    for form in FORMS * 10:
        same(request, form(request), f'{form.__name__} {label(request)}')
    told = by_function(http_api(request))
    check('503 with Retry-After', told.status == 503 and 'retry-after' in dict(told.headers), told)
    ready = operators('/health/ready')
    check('not ready, refused', ready.status == 503 and b'"refused"' in ready.body, ready)
    check('a Redis that is down', b'"redis":"down"' in ready.body, ready)
    check(f'{sign_ins()} sign-ins', 1 <= before <= sign_ins() <= 4)


def let_in():
    """The driver, with the private key: a row of the emulator of Snowflake."""
    request = cases.get('/customer/1885')
    for form in FORMS:
        same(request, form(request), f'{form.__name__} {label(request)}')
    check('the row', b'"C_FIRST_NAME":"Ernest"' in service(request).body)


def let_in_thawed():
    """Asks for what is in no cache."""
    answer = by_function(http_api(cases.get('/customer/1')))
    check(f'{answer.status} from the store after the thaw', (answer.status, answer.body) == (200, b'[]'), answer)


def sign_ins():
    return int(exchange(PORT, 'GET', '/sign-ins', [('Host', 'localhost')], b'').body)


def first_call():
    began = time.monotonic()
    status = by_function(http_api(cases.get('/'))).status
    print(f'time {sys.argv[1]}: cold start and first call {time.monotonic() - began:.1f} s')
    check(f'{status} first call', status == 200)


def warm_calls(request):
    for name, call in (
        ('through the function', lambda: by_function(http_api(request))),
        ('directly', lambda: directly(request, HOST)),
    ):
        times = []
        for _ in range(CALLS):
            began = time.monotonic()
            call()
            times.append(1000 * (time.monotonic() - began))
        late = sorted(times)[CALLS * 99 // 100]
        print(f'time {sys.argv[1]}: warm call {name} median {statistics.median(times):.1f} ms, 99 % below {late:.1f} ms')


match sys.argv[1:]:
    case ['cold']:
        first_call()
    case ['trips']:
        first_call()
        examples(TRIPS)
        warm_calls(cases.get(TRIPS[1]))
    case ['reports']:
        first_call()
        examples(REPORTS)
    case ['all']:
        first_call()
        all_cases()
    case ['thawed']:
        thawed()
    case ['refused']:
        first_call()
        refused()
    case ['let-in']:
        first_call()
        let_in()
    case ['let-in-thawed']:
        let_in_thawed()
    case _:
        sys.exit(__doc__)
