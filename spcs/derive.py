"""Prints the specification of a service without a public endpoint, made from service.yaml: derive.py > private.yaml

What differs, and nothing else:

- no endpoint is public, and the one for callers leads to the port for those who do not come through the ingress;
- so the ingress port is closed: without an ingress anybody could say at that port which user he is;
- browsers come by the address of a relay and not by Snowflake's names, so these are not the service's names here.

Probes stay: Snowflake sends them from outside of the container to any of its ports, whether it is an endpoint or not.
"""

import copy
import pathlib
import sys

import yaml

SPCS = pathlib.Path(__file__).resolve().parent
PORT = 8001  # the service's default
OF_THE_INGRESS = 'PAPI_INGRESS_PORT', 'PAPI_HOST_NAMES'


def public():
    """The specification with the public endpoint."""
    return yaml.safe_load((SPCS / 'service.yaml').read_text())


def derive(document):
    """The same without a public endpoint."""
    derived = copy.deepcopy(document)
    for container in derived['spec']['containers']:
        env = container.get('env', {})
        ingress = env.get('PAPI_INGRESS_PORT')
        for key in OF_THE_INGRESS:
            env.pop(key, None)
        for endpoint in derived['spec']['endpoints']:
            if ingress is not None and endpoint['port'] == int(ingress):
                endpoint['port'] = int(env.get('PAPI_PORT', PORT))
    for endpoint in derived['spec']['endpoints']:
        endpoint['public'] = False
    return derived


def public_ports(document):
    """The ports that are reached from outside of Snowflake."""
    return [each['port'] for each in document['spec']['endpoints'] if each.get('public')]


def differences(one, other, path=''):
    """The paths at which two specifications differ; what has a name is found by it."""
    if isinstance(one, list) and isinstance(other, list) and all(isinstance(each, dict) for each in one + other):
        one, other = ({each['name']: each for each in of} for of in (one, other))
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return set() if one == other else {path}
    return {
        found for key in {*one, *other} for found in differences(one.get(key), other.get(key), f'{path}.{key}'.removeprefix('.'))
    }


if __name__ == '__main__':
    print('# Made by spcs/derive.py from spcs/service.yaml: change that one, and make this anew.')
    yaml.safe_dump(derive(public()), sys.stdout, sort_keys=False)
