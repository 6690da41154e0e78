"""What a caller that floods does to the lookups of another: at twenty times its limits, for ids that are in no cache."""

import http.client
import itertools
import threading
import time

from beside import Load
from keys import Caller
from machine import get
from vitals import total

REQUESTS, STORE_IDS, TIMES = 25, 20, 20  # the flooder's limits of a second, and how often it goes over them
RATE = TIMES * REQUESTS  # requests that it sends in a second
IDS = TIMES * STORE_IDS // REQUESTS  # of each: those that are let in want twenty times STORE_IDS
CONNECTIONS = 16
BURST, QUIET = 2, 4  # seconds in which it has what it may have at once; then those in which only its ids are read
READ = 'papi_store_batch_keys_sum{dataset="customer"'
MIN_SENT = 0.95


class Flood(Load):
    """Sends at its rate, whatever the answers; a connection that waited for one makes up for it."""

    NAME, LABEL, BAR = 'flood', f'at {TIMES} times its limits', 1.1
    OTHER = Caller('other')
    FLOODER = Caller(
        'flooder', more=f'datasets = [customer], requests-per-second = {REQUESTS}, store-ids-per-second = {STORE_IDS}'
    )
    CONFIGURATION, HEADERS = OTHER.configuration() + FLOODER.configuration(), OTHER.bearer()

    def __init__(self, machine, url, admin):
        super().__init__(machine, url, admin)
        self.first = itertools.count(1_000_000_000, IDS)
        self.answers, self.seconds, self.read = {200: 0, 429: 0}, 0, []

    def ask(self, number):
        self.machine.step_aside()
        connection, due = http.client.HTTPConnection(self.at, timeout=30), self.began + number / RATE
        while not self.ended.wait(max(0, due - time.monotonic())):
            with self.lock:
                first = next(self.first)
            connection.request('GET', '/customer/' + ','.join(map(str, range(first, first + IDS))), headers=self.FLOODER.bearer())
            answer = connection.getresponse()
            answer.read()
            if answer.status not in self.answers or (answer.status == 429 and not answer.headers.get('Retry-After')):
                self.refused(answer.status)
            else:
                with self.lock:
                    self.answers[answer.status] += 1
            due += CONNECTIONS / RATE
        connection.close()

    def __enter__(self):
        self.ended, self.began = threading.Event(), time.monotonic()
        self.threads = [threading.Thread(target=self.ask, args=(number,), daemon=True) for number in range(CONNECTIONS)]
        for thread in self.threads:
            thread.start()
        time.sleep(BURST)
        self.check_reads()
        return self

    def check_reads(self):
        """Fails unless the store reads what the limit allows, now that nobody else asks."""
        before, began = self.ids_read(), time.monotonic()
        time.sleep(QUIET)
        read, seconds = self.ids_read() - before, time.monotonic() - began
        allowed = STORE_IDS * seconds
        if abs(read - allowed) > 0.1 * allowed + IDS:
            raise RuntimeError(f'the store read {read:.0f} ids in {seconds:.1f} s, where the limit allows {allowed:.0f}')
        self.read.append(read / seconds)

    def ids_read(self):
        return total(get(f'{self.admin}/metrics')[0].decode(), READ)

    def __exit__(self, *reason):
        self.seconds += time.monotonic() - self.began
        super().__exit__(*reason)

    def said(self):
        sent = sum(self.answers.values()) / self.seconds
        if sent < MIN_SENT * RATE:
            raise RuntimeError(f'the flood was {sent:.0f} requests a second, not {RATE}')
        return (
            f'the flood was {sent:.0f} requests of {IDS} ids a second, {self.answers[429]} refused and '
            f'{self.answers[200]} answered; '
            f'the store read {min(self.read):.0f} to {max(self.read):.0f} of its ids a second, and may {STORE_IDS}'
        )
