"""Runs every curl that the README of an example shows, and compares what it prints with what is shown below it.

    python3 emulate_examples.py SERVICE-PORT README

The README shows the rows of the embedded store, so this compares the rows that snowflake.sql makes with them, and what
the emulator says of them. The id of a request is left out. Fails at the first answer that is another.
"""

import pathlib
import re
import subprocess
import sys

SHOWN = re.compile(r'^\$ (curl .*)\n((?:(?!\$ |```).*\n)*)', re.MULTILINE)
ID = re.compile(r'"requestId":"[0-9a-f]{8}-[0-9a-z]+"')


def printed(command, port):
    command = command.replace('localhost:8001', f'127.0.0.1:{port}')
    answer = subprocess.run(command, shell=True, capture_output=True, timeout=120, check=False)
    return answer.stdout.decode().replace('\r\n', '\n').removesuffix('\n')


def main(port, document):
    shown = SHOWN.findall(pathlib.Path(document).read_text())
    for command, answer in shown:
        got, want = (ID.sub('', text) for text in (printed(command, port), answer.removesuffix('\n')))
        if got != want:
            raise SystemExit(f'{command} prints {got[:500]} instead of {want[:500]}')
    if not shown:
        raise SystemExit(f'{document} shows no curl')
    print(f'{document}: {len(shown)} answers are as it shows')


if __name__ == '__main__':
    main(int(sys.argv[1]), sys.argv[2])
