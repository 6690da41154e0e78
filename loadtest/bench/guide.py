"""The published guide's design, in our own words: one connection, ids pasted into the SQL, and answers kept by URL.

One process answers from a dictionary for as long as an answer is young; what is not in it is asked of the database over
the only connection there is. The rows are those of the service, in SQLite in memory. GUIDE_ROWS names a JSON file of them.
"""

import json
import os
import sqlite3
import threading
import time

from flask import Flask, jsonify, request

FRESH_SECONDS = 180

with open(os.environ['GUIDE_ROWS']) as file:
    rows = json.load(file)
columns = list(rows[0])
connection = sqlite3.connect(':memory:', check_same_thread=False)
lock = threading.Lock()
connection.execute(f'CREATE TABLE customer ({", ".join(columns)})')
connection.executemany(f'INSERT INTO customer VALUES ({", ".join("?" * len(columns))})', [list(row.values()) for row in rows])

app = Flask(__name__)
app.json.sort_keys = False
answers = {}


@app.route('/customer/<ids>')
def customer(ids):
    kept = answers.get(request.url)
    if kept and time.monotonic() - kept[0] < FRESH_SECONDS:
        return app.response_class(kept[1], mimetype='application/json')
    if not all(part.isdigit() for part in ids.split(',')):
        return jsonify(error='not ids'), 400
    with lock:
        found = connection.execute(f'SELECT * FROM customer WHERE C_CUSTOMER_SK IN ({ids})').fetchall()
    answer = jsonify([dict(zip(columns, row, strict=True)) for row in found])
    answers[request.url] = time.monotonic(), answer.get_data()
    return answer
