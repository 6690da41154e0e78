"""Stands in for the Parameter Store and for a Snowflake that lets nobody in, on the loopback of the rehearsal's network.

    stand_ins.py KEY_FILE     KEY_FILE: what the parameter /papi/snowflake-key holds; /papi/redis has a Redis that is not there

The Parameter Store wants what AWS wants: a request signed by Signature Version 4 not long ago, with the security token among
what is signed, for a parameter that there is; without WithDecryption the value stays encrypted. Snowflake refuses every
sign-in as it refuses an unknown public key. GET /sign-ins says how many there were.
"""

import datetime
import hashlib
import hmac
import http.server
import json
import pathlib
import sys

PORT = 8090
KEY, REDIS = '/papi/snowflake-key', '/papi/redis'
REGION, KEY_ID, SECRET, TOKEN = 'eu-central-1', 'ASIAREHEARSAL', 'secret/of+the/rehearsal', 'token//of+the/rehearsal=='
SIGNED = {'host', 'x-amz-date', 'x-amz-security-token', 'x-amz-target'}
REFUSAL = {'data': None, 'code': '390144', 'message': 'JWT token is invalid.', 'success': False, 'headers': None}


def keyed(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def is_signed(request, body):
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html"""
    method, _, rest = request.headers.get('Authorization', '').partition(' ')
    parts = dict(part.strip().split('=', 1) for part in rest.split(',') if '=' in part)
    at = request.headers.get('X-Amz-Date', '')
    names = parts.get('SignedHeaders', '').split(';')
    scope = f'{at[:8]}/{REGION}/ssm/aws4_request'
    if method != 'AWS4-HMAC-SHA256' or parts.get('Credential') != f'{KEY_ID}/{scope}' or not set(names) >= SIGNED:
        return False
    if names != sorted(names) or request.headers['X-Amz-Security-Token'] != TOKEN:
        return False
    sent = datetime.datetime.strptime(at, '%Y%m%dT%H%M%SZ').replace(tzinfo=datetime.UTC)
    if abs(datetime.datetime.now(datetime.UTC) - sent) > datetime.timedelta(minutes=5):
        return False
    headers = [f'{name}:{" ".join(request.headers[name].split())}\n' for name in names]
    canonical = '\n'.join(['POST', request.path, '', ''.join(headers), ';'.join(names), hashlib.sha256(body).hexdigest()])
    text = '\n'.join(['AWS4-HMAC-SHA256', at, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = f'AWS4{SECRET}'.encode()
    for part in scope.split('/'):
        key = keyed(key, part)
    return hmac.compare_digest(keyed(key, text).hex(), parts.get('Signature', ''))


def parameter(request, body):
    if not is_signed(request, body):
        return 400, {'__type': 'InvalidSignatureException'}
    if request.headers['X-Amz-Target'] != 'AmazonSSM.GetParameter':
        return 400, {'__type': 'UnknownOperationException'}
    asked = json.loads(body)
    name = asked['Name']
    if name not in (KEY, REDIS):
        return 400, {'__type': 'ParameterNotFound'}
    value = 'AQICAHhNotDecrypted'
    if asked.get('WithDecryption'):
        value = pathlib.Path(sys.argv[1]).read_text() if name == KEY else 'rediss://papi:secret-of-redis@127.0.0.1:6390'
    told = {'ARN': f'arn:aws:ssm:{REGION}:123456789012:parameter{name}', 'DataType': 'text', 'Name': name}
    return 200, {'Parameter': {**told, 'Type': 'SecureString', 'Value': value, 'Version': 1}}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    sign_ins = 0

    def do_GET(self):
        self.answer(200, Handler.sign_ins)

    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        if self.path == '/':
            self.answer(*parameter(self, body))
        elif self.path.startswith('/session/v1/login-request'):
            Handler.sign_ins += 1
            self.answer(200, REFUSAL)
        else:
            self.answer(404, None)

    def answer(self, status, told):
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == '__main__':
    http.server.ThreadingHTTPServer(('127.0.0.1', PORT), Handler).serve_forever()
