"""Turns the service specification into a pod that `podman play kube` runs, for the rehearsal.

    pod.py NAME MEMORY [KEY=VALUE ...]              prints the pod; KEY=VALUE replaces environment of the container papi
    pod.py --private NAME MEMORY [KEY=VALUE ...]    the same of the specification without a public endpoint
    pod.py --volumes                                prints name and size of each memory volume, one per line

Images, commands, environment, limits and mounts are the specification's. What a machine without Snowflake lacks is
left out: Snowflake's own images and its variables. What the specification has no key for is added: read-only root,
no capabilities. Probes stay out, podman does not run them: the rehearsal does. A memory volume
is the directory MEMORY/<its name>, which has to exist: podman itself would put it on disk.
"""

import json
import sys

import derive


def container(source, name, settings):
    image = source['image'].rsplit('/', 1)[1].split(':')[0]
    env = {key: value for key, value in source.get('env', {}).items() if not key.startswith('SNOWFLAKE_')}
    if source['name'] == 'papi':
        env |= settings
    return {
        'name': source['name'],
        'image': f'localhost/{image}:{name}',
        'imagePullPolicy': 'Never',
        'env': [{'name': key, 'value': str(value)} for key, value in env.items()],
        'resources': {
            kind: {'cpu': f'{round(1000 * float(of["cpu"]))}m', 'memory': of['memory']}
            for kind, of in source['resources'].items()
        },
        'volumeMounts': source.get('volumeMounts', []),
        'securityContext': {
            'readOnlyRootFilesystem': True,
            'allowPrivilegeEscalation': False,
            'capabilities': {'drop': ['ALL']},
        },
    }


def pod(spec, name, memory, settings):
    return {
        'apiVersion': 'v1',
        'kind': 'Pod',
        'metadata': {'name': name},
        'spec': {
            'restartPolicy': 'Never',
            'containers': [
                container(source, name, settings)
                for source in spec['containers']
                if not source['image'].startswith('/snowflake/')
            ],
            'volumes': [
                {'name': volume['name'], 'hostPath': {'path': f'{memory}/{volume["name"]}', 'type': 'Directory'}}
                for volume in spec['volumes']
            ],
        },
    }


arguments = sys.argv[1:]
document = derive.public()
if arguments[0] == '--volumes':
    for volume in document['spec']['volumes']:
        assert volume['source'] == 'memory', volume
        print(volume['name'], volume['size'].removesuffix('i').lower())
else:
    if arguments[0] == '--private':
        document = derive.derive(document)
        arguments = arguments[1:]
    settings = dict(setting.split('=', 1) for setting in arguments[2:])
    print(json.dumps(pod(document['spec'], arguments[0], arguments[1], settings), indent=1))
