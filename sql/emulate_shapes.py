"""Asks the service for random customers in random shapes, and compares each answer with the table in the emulator.

    python3 emulate_shapes.py EMULATOR-PORT SERVICE-PORT

Needs snowflake-connector-python. The service has the configuration that `sql/emulate` writes: a default row with
C_FIRST_NAME = friend, a view `mail`, and otherwise the defaults. Fails at the first answer that is another; it says how
many were compared, and the seed.
"""

import json
import random
import sys
import urllib.error
import urllib.request

import snowflake.connector

ANSWERS = 400
NOT_SERVED = 'C_EMAIL_LOWER'  # unless the configuration has a key of it
TABLE = 'API.DATA.HYBRID_CUSTOMER'
KEY = 'C_CUSTOMER_SK'
MAIL = ['C_EMAIL_ADDRESS', 'C_FIRST_NAME']


def table(port):
    """({key: row}, columns)"""
    connection = snowflake.connector.connect(
        user='papi', password='emulator', account='emulator', host='127.0.0.1', port=port, protocol='http'
    )
    cursor = connection.cursor()
    cursor.execute(f'SELECT * FROM {TABLE}')
    columns = [one[0] for one in cursor.description]
    rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    columns.remove(NOT_SERVED)
    for row in rows:
        del row[NOT_SERVED]
    return {row[KEY]: row for row in rows}, columns


def get(url):
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def wish(dice, columns):
    """(shape, missing policy, fields, query)"""
    query = {}
    shape = dice.choice(['', 'array', 'object', 'map'])
    missing = dice.choice(['', 'omit', 'not-found', 'default'])
    fields = dice.choice([columns, MAIL, dice.sample(columns, dice.randint(1, len(columns)))])
    if shape:
        query['shape'] = shape
    if missing:
        query['missing'] = missing
    if fields is MAIL:
        query['view'] = 'mail'
    elif fields is not columns:
        query['fields'] = ','.join(fields)
    return shape or 'array', missing or 'omit', fields, '&'.join(f'{name}={value}' for name, value in query.items())


def expected(rows, ids, shape, missing, fields):
    """(status, document); of an error only the ids that are missing."""
    ids = list(dict.fromkeys(ids))
    if shape == 'object' and len(ids) > 1:
        return 400, None
    default = dict.fromkeys(fields) | {name: 'friend' for name in fields if name == 'C_FIRST_NAME'}
    found, absent = {}, []
    for one in ids:
        if one in rows:
            found[one] = {name: rows[one][name] for name in fields}
        elif missing == 'default':
            found[one] = default | {name: one for name in fields if name == KEY}
        else:
            absent.append(str(one))
    if missing == 'not-found' and not found:
        return 404, absent
    if shape == 'map':
        return 200, {'found': {str(one): row for one, row in found.items()}, 'missing': absent, 'unavailable': []}
    return 200, list(found.values()) if shape == 'array' else next(iter(found.values()), {})


def compare(dice, rows, columns, service):
    known = sorted(rows)
    ids = [dice.choice([dice.choice(known), dice.randint(-50, -1)]) for _ in range(dice.choice([1, 1, 2, 5, 20]))]
    shape, missing, fields, query = wish(dice, columns)
    path = f'/customer/{",".join(map(str, ids))}' + (f'?{query}' if query else '')
    status, headers, body = get(f'http://127.0.0.1:{service}{path}')
    want, document = expected(rows, ids, shape, missing, fields)
    given = json.loads(body)
    told = None if want == 400 else given.get('missing') if want == 404 else given
    # as text, so that the order of members counts
    if status != want or json.dumps(told) != json.dumps(document):
        raise SystemExit(f'{path} is {status} {body[:500]} instead of {want} {json.dumps(document)[:500]}')
    if (want == 200) != ('ETag' in headers):
        raise SystemExit(f'{path} has these headers: {headers}')


def main(emulator, service):
    rows, columns = table(int(emulator))
    seed = random.randrange(1 << 32)
    dice = random.Random(seed)
    print(f'seed {seed}', file=sys.stderr)
    for _ in range(ANSWERS):
        compare(dice, rows, columns, service)
    print(f'{ANSWERS} answers in random shapes agree with the table')


if __name__ == '__main__':
    main(*sys.argv[1:])
