"""Puts a customer into an emulator of Snowflake (fakesnow), in the table of the scripts in sql.

emulator.py PORT        needs snowflake-connector-python; the emulator listens on 127.0.0.1:PORT
"""

import pathlib
import sys

import snowflake.connector

sys.path.insert(0, str(pathlib.Path(__file__).parents[3] / 'sql'))
from emulate import emulated, statements  # noqa: E402

connection = snowflake.connector.connect(
    host='127.0.0.1', port=int(sys.argv[1]), protocol='http', account='emulator', user='emulator', password='emulator'
)
cursor = connection.cursor()
for script in ('01_roles.sql', '03_customer_table.sql'):
    for statement in statements(script):
        for each in emulated(statement):
            cursor.execute(each)
cursor.execute("INSERT INTO API.DATA.HYBRID_CUSTOMER (C_CUSTOMER_SK, C_FIRST_NAME) VALUES (1885, 'Ernest')")
