"""Loads the tables into a Snowflake emulator with the statements of these scripts.

    python3 emulate.py PORT        needs snowflake-connector-python; the emulator (fakesnow) listens on 127.0.0.1:PORT

Runs the samples, then 01_roles, 03_customer_table, 04_customer_load, 05_product_and_store and those of two examples of
the service as they are, but for what the emulator lacks: HYBRID and indexes are taken out, roles and grants are left out,
and the swap is a drop and a rename. Prints a line for each statement that was left out or put differently. Fails on any error,
or if no row was loaded.
"""

import pathlib
import re
import sys

import snowflake.connector

SCRIPTS = [
    'sample/customer.sql',
    'sample/product_and_store.sql',
    '01_roles.sql',
    '03_customer_table.sql',
    '04_customer_load.sql',
    '05_product_and_store.sql',
    '../service/examples/trips/snowflake.sql',
    '../service/examples/flows/snowflake.sql',
]
TABLES = {
    'customers': 'HYBRID_CUSTOMER',
    'products': 'HYBRID_PRODUCT',
    'stores': 'HYBRID_STORE',
    'trips': 'TRIPS',
    'flows': 'FLOWS',
}
LEFT_OUT = re.compile(r'CREATE ROLE |GRANT ')
INDEX = re.compile(r', INDEX \w+ \(\w+\)')
SWAP = re.compile(r'ALTER TABLE (\S+) SWAP WITH (\S+)')


def statements(script):
    text = re.sub(r'--.*', '', (pathlib.Path(__file__).parent / script).read_text())
    return [' '.join(statement.split()) for statement in re.split(r';\s*\n', text) if statement.strip()]


def emulated(statement):
    """The statements that do the same in the emulator; none if it has nothing of the kind."""
    statement = re.sub(r" COMMENT = '[^']*'", '', statement)
    if LEFT_OUT.match(statement):
        return []
    if swap := SWAP.fullmatch(statement):
        table, new = swap.groups()
        return [f'DROP TABLE {table}', f'ALTER TABLE {new} RENAME TO {table.rsplit(".", 1)[1]}']
    return [INDEX.sub('', statement.replace(' HYBRID TABLE ', ' TABLE '))]


def main(port):
    connection = snowflake.connector.connect(
        host='127.0.0.1', port=port, protocol='http', account='emulator', user='emulator', password='emulator'
    )
    cursor = connection.cursor()
    for script in SCRIPTS:
        for statement in statements(script):
            instead = emulated(statement)
            for each in instead:
                cursor.execute(each)
            if instead != [statement]:
                print(f'{script}: {statement[:70]} -> {"; ".join(each[:70] for each in instead) or "left out"}')
    loaded = {}
    for what, table in TABLES.items():
        (loaded[what],) = cursor.execute(f'SELECT COUNT(*) FROM API.DATA.{table}').fetchone()
    print(', '.join(f'{rows} {what}' for what, rows in loaded.items()) + ' loaded')
    return 0 if all(loaded.values()) else 1


if __name__ == '__main__':
    sys.exit(main(int(sys.argv[1])))
