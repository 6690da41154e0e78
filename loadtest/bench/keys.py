"""Callers of a service that knows them: their keys, which are made here and end with the run, and the configuration."""

import base64
import hashlib
import secrets


class Caller:
    """A caller with one key or more, and what the configuration says of it besides."""

    def __init__(self, name, keys=1, more='datasets = [customer]'):
        self.name, self.more = name, more
        self.keys = ['papi_' + secrets.token_urlsafe(32) for _ in range(keys)]

    def configuration(self):
        hashes = ', '.join(f'"{hashlib.sha256(key.encode()).hexdigest()}"' for key in self.keys)
        return f'callers.{self.name} {{ keys-sha256 = [{hashes}], {self.more} }}\n'

    def bearer(self):
        """The headers by which it signs in with its last key."""
        return {'Authorization': f'Bearer {self.keys[-1]}'}

    def basic(self):
        """The same with its name as user name, so that either may be the key."""
        pair = base64.b64encode(f'{self.name}:{self.keys[-1]}'.encode()).decode()
        return {'Authorization': f'Basic {pair}'}

    def key_file(self, directory):
        """A file of its last key, as `loadtest/run --key-file` takes it."""
        file = directory / f'{self.name}.key'
        file.touch(0o600)
        file.write_text(self.keys[-1])
        return file
