"""An endpoint that refuses everything: 503 for each request. refusing.py PORT FILE

When it is ended it writes into the file how many requests came in all, and how many of those came later than a second after
the 3,001st: a marketing platform has stopped calling by then.
"""

import http.server
import signal
import sys
import threading
import time

MAX_FAILURES = 3_000
GRACE = 1  # seconds, for what is on its way

arrivals = []


class Refusal(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def do_GET(self):
        arrivals.append(time.monotonic())
        self.send_response(503)
        self.send_header('Content-Length', '0')
        self.end_headers()

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 1024


server = Server(('127.0.0.1', int(sys.argv[1])), Refusal)
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
server.serve_forever()
late = [each for each in arrivals if len(arrivals) > MAX_FAILURES and each > arrivals[MAX_FAILURES] + GRACE]
with open(sys.argv[2], 'w') as file:
    print(len(arrivals), len(late), file=file)
