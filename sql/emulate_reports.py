"""Asks the service for the two reports of service/examples/reports, and compares each answer with sums that are made here.

    python3 emulate_reports.py load EMULATOR-PORT ORDERS        makes random orders, in the emulator and in the file ORDERS
    python3 emulate_reports.py ask SERVICE-PORT ORDERS

Needs snowflake-connector-python. The orders are those of TPC-H in shape: few customers, clerks and days, so that the
sums have many summands. The expected answers are computed from the file, without SQL. Fails at the first that is
another. The emulator sums floating-point numbers where Snowflake sums decimal ones, so a sum is rounded to cents before
it is compared; all else is compared as text.
"""

import datetime
import json
import pathlib
import random
import re
import sys
import urllib.error
import urllib.request
from collections import defaultdict
from decimal import Decimal

SEED = 18
ORDERS = 2000
ANSWERS = 60
FIRST = datetime.date(1994, 11, 1)
DAYS = 500
CLERKS = 5
CUSTOMERS = 40
SUM = re.compile(r'(?<="SUM_TOTALPRICE":)[0-9.E]+')


def made(dice):
    """(customer, price in text, day, clerk)"""
    return [
        (
            dice.randint(1, CUSTOMERS),
            f'{dice.randint(100, 99999999) / 100:.2f}',
            (FIRST + datetime.timedelta(dice.randrange(DAYS))).isoformat(),
            f'Clerk#{dice.randint(1, CLERKS):09}',
        )
        for _ in range(ORDERS)
    ]


def load(port, file):
    import snowflake.connector

    orders = made(random.Random(SEED))
    pathlib.Path(file).write_text(json.dumps(orders))
    cursor = snowflake.connector.connect(
        host='127.0.0.1', port=port, protocol='http', account='emulator', user='emulator', password='emulator'
    ).cursor()
    cursor.execute('CREATE SCHEMA IF NOT EXISTS SNOWFLAKE_SAMPLE_DATA.TPCH_SF1')
    cursor.execute(
        'CREATE OR REPLACE TABLE SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.ORDERS '
        '(O_CUSTKEY NUMBER(38,0), O_TOTALPRICE NUMBER(12,2), O_ORDERDATE DATE, O_CLERK VARCHAR(15))'
    )
    rows = ', '.join(f"({customer}, {price}, '{day}', '{clerk}')" for customer, price, day, clerk in orders)
    cursor.execute(f'INSERT INTO SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.ORDERS VALUES {rows}')
    print(f'{len(orders)} orders loaded')


def top_customers(orders, first, last):
    sums = defaultdict(Decimal)
    for customer, price, day, _ in orders:
        if first <= day <= last:
            sums[customer] += Decimal(price)
    best = sorted(sums.items(), key=lambda one: (-one[1], one[0]))[:10]
    return [f'{{"O_CUSTKEY":{customer},"SUM_TOTALPRICE":{total}}}' for customer, total in best]


def clerk_sales(orders, clerk, year):
    sums = defaultdict(Decimal)
    for _, price, day, name in orders:
        if name == f'Clerk#{clerk}' and day.startswith(f'{year:04}-'):
            sums[int(day[5:7])] += Decimal(price)
    return [f'{{"O_CLERK":"Clerk#{clerk}","MONTH":{month},"SUM_TOTALPRICE":{total}}}' for month, total in sorted(sums.items())]


def get(port, path):
    try:
        with urllib.request.urlopen(f'http://127.0.0.1:{port}{path}', timeout=20) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def compare(port, path, rows):
    """The same at both paths; the second comes from the cache."""
    want = f'[{",".join(rows)}]'
    for guide in ('connector', 'snowpark'):
        status, headers, body = get(port, f'/{guide}{path}')
        if status != 200 or SUM.sub(lambda number: f'{Decimal(number[0]):.2f}', body) != want:
            raise SystemExit(f'/{guide}{path} is {status} {body[:500]} instead of {want[:500]}')
    if headers['Cache-Status'] != 'near; hit':
        raise SystemExit(f'/snowpark{path} is not the same answer: {headers}')


def ask(port, file):
    orders = json.loads(pathlib.Path(file).read_text())
    dice = random.Random(SEED)
    compare(port, '/customers/top10', top_customers(orders, '1995-01-01', '1995-03-31'))
    for _ in range(ANSWERS):
        first = FIRST + datetime.timedelta(dice.randrange(DAYS))
        last = (first + datetime.timedelta(dice.choice([0, 1, 13, 90]))).isoformat()
        compare(
            port,
            f'/customers/top10?start_range={first}&end_range={last}',
            top_customers(orders, first.isoformat(), last),
        )
        # one of these clerks has no orders
        clerk, year = f'{dice.randint(1, CLERKS + 1):09}', dice.randint(1994, 1996)
        compare(port, f'/clerk/{clerk}/yearly_sales/{year}', clerk_sales(orders, clerk, year))
    for path in ('customers/top10?start_range=1995-02-30', 'clerk/1;--/yearly_sales/1995', 'clerk/1/yearly_sales/19x5'):
        status, _, body = get(port, f'/connector/{path}')
        if status != 400:
            raise SystemExit(f'{path} is {status} {body[:500]}')
    print(f'{2 * (2 * ANSWERS + 1)} reports agree with sums that were made without SQL')


if __name__ == '__main__':
    {'load': load, 'ask': ask}[sys.argv[1]](int(sys.argv[2]), sys.argv[3])
