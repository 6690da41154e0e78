"""The facts that spcs/check checks. What the documents of Snowflake say is in the capital names below."""

import pathlib
import re
import sys

import derive
import yaml

ROOT = pathlib.Path(__file__).parent.parent

# vCPU and GiB of a node, by family
NODES = {'CPU_X64_XS': (1, 6), 'CPU_X64_S': (3, 13), 'CPU_X64_M': (6, 28)}

# The keys of a specification that are used here or may be; a mapping without keys is free.
PROBE = {'port': None, 'path': None, 'periodSeconds': None, 'failureThreshold': None}
AMOUNTS = {'cpu': None, 'memory': None}
KEYS = {
    'spec': {
        'containers': [
            {
                'name': None,
                'image': None,
                'command': None,
                'args': None,
                'env': {},
                'readinessProbe': PROBE,
                'livenessProbe': PROBE,
                'volumeMounts': [{'name': None, 'mountPath': None}],
                'resources': {'requests': AMOUNTS, 'limits': AMOUNTS},
                'mountSessionToken': None,
                'secrets': [
                    {
                        'snowflakeSecret': {'objectName': None, 'objectReference': None},
                        'directoryPath': None,
                        'envVarName': None,
                        'secretKeyRef': None,
                    }
                ],
            }
        ],
        'endpoints': [{'name': None, 'port': None, 'public': None, 'protocol': None, 'corsSettings': {}}],
        'volumes': [{'name': None, 'source': None, 'size': None}],
        'logExporters': {'eventTableConfig': {'logLevel': None}},
        'platformMonitor': {'metricConfig': {'groups': None}},
    },
    'serviceRoles': [{'name': None, 'endpoints': None}],
}
METRIC_GROUPS = {'system', 'system_limits', 'status', 'network', 'storage'}

# CREATE SERVICE takes its clauses in this order only.
CLAUSES = [
    'IN COMPUTE POOL',
    'FROM',
    'AUTO_SUSPEND_SECS',
    'EXTERNAL_ACCESS_INTEGRATIONS',
    'AUTO_RESUME',
    'MIN_INSTANCES',
    'MIN_READY_INSTANCES',
    'MAX_INSTANCES',
    'LOG_LEVEL',
    'QUERY_WAREHOUSE',
    'COMMENT',
]

# What a specification without a public endpoint may say differently.
DIFFERS = {
    'spec.containers.papi.env.PAPI_INGRESS_PORT',
    'spec.containers.papi.env.PAPI_HOST_NAMES',
    'spec.endpoints.api.port',
    'spec.endpoints.api.public',
}

GRACE_SECONDS = 30  # from SIGTERM to SIGKILL
SECONDS_AFTER_DRAIN = 3  # the service promises to have exited by then

failed = 0


def fact(words, holds, found=''):
    global failed
    failed += not holds
    print(('agreed   ' if holds else 'FAILED   ') + words + ('' if holds else f': {found}'))


def read(path):
    return (ROOT / path).read_text()


def statements(path):
    """The statements of a script, each on one line without comments."""
    return [' '.join(each.split()) for each in re.sub(r'--.*', '', read(path)).split(';') if each.strip()]


def statement(path, beginning):
    return next(each for each in statements(path) if each.startswith(beginning))


def number(key, text):
    return int(re.search(rf'\b{key} = (\d+)', text)[1])


def undocumented(value, keys, path=''):
    """The paths of `value` that `keys` does not have."""
    if isinstance(keys, list):
        return [bad for each in value for bad in undocumented(each, keys[0], path)]
    if not keys:
        return []
    return [
        bad
        for key, inner in value.items()
        for bad in ([path + key] if key not in keys else undocumented(inner, keys[key], f'{path}{key}.'))
    ]


def named(variable):
    """The key that one of the service's variables sets."""
    return variable.removeprefix('PAPI_').lower().replace('_', '-')


def gibibytes(amount):
    size, unit = re.fullmatch(r'([\d.]+)(Mi|Gi)', str(amount)).groups()
    return float(size) / (1024 if unit == 'Mi' else 1)


def total(kind, what, unit):
    return sum(unit(each['resources'][kind][what]) for each in containers.values())


document = yaml.safe_load(read('spcs/service.yaml'))
spec = document['spec']
containers = {each['name']: each for each in spec['containers']}
papi, redis = containers['papi'], containers['redis']
env = papi['env']
sql = '\n'.join('\n'.join(statements(path)) for path in sorted(ROOT.glob('sql/*.sql')))
service = statement('sql/08_service.account.sql', 'CREATE SERVICE')
pool = statement('sql/07_compute_pool.account.sql', 'CREATE COMPUTE POOL')
conf = dict(line.split(' ', 1) for line in read('redis/redis.conf').splitlines() if line and line[0] != '#')
configured = read('service/src/main/resources/application.conf')
defaults = dict(re.findall(r'^([a-z-]+) = (\S+)$', configured, re.M))

# the specification by itself
bad = undocumented(document, KEYS)
fact('the specification has documented keys only', not bad, bad)
groups = set(spec['platformMonitor']['metricConfig']['groups'])
fact('its metric groups exist', groups <= METRIC_GROUPS, groups - METRIC_GROUPS)
volumes = {each['name'] for each in spec['volumes']}
mounts = {each['name'] for container in containers.values() for each in container.get('volumeMounts', [])}
fact('every volume is mounted, every mount has its volume', volumes == mounts, (volumes, mounts))
public = [each['port'] for each in spec['endpoints'] if each.get('public')]
fact(
    'one endpoint, public, without CORS origins: the admin port is none',
    len(spec['endpoints']) == 1 and len(public) == 1 and 'corsSettings' not in spec['endpoints'][0],
    spec['endpoints'],
)

# ports
plain, port, admin = (
    int(env.get('PAPI_PORT', defaults['port'])),
    int(env['PAPI_INGRESS_PORT']),
    int(env.get('PAPI_ADMIN_PORT', defaults['admin-port'])),
)
fact(f"the endpoint is the service's ingress port {port}, at which alone users are believed", public == [port], public)
exposed = [int(each) for each in re.findall(r'^EXPOSE (\d+)', read('spcs/Dockerfile'), re.M)]
fact('and its image exposes it, beside the one for others', exposed == [plain, port], exposed)
probes = {papi[probe]['port'] for probe in ('readinessProbe', 'livenessProbe')}
fact(f'the probes ask the admin port {admin}', probes == {admin}, probes)
fact('which listens where they reach it', env.get('PAPI_ADMIN_HOST') == '0.0.0.0', env.get('PAPI_ADMIN_HOST'))
scraped = containers['prometheus']['args']
fact('Prometheus scrapes it', scraped == ['-e', f'localhost:{admin}/metrics,1m'], scraped)
trained = set(map(int, re.findall(r'get (\d{4}) /', read('spcs/Dockerfile'))))
fact("the training run of the image asks the callers' port and this one", trained == {plain, admin}, trained)
fact(
    'Redis is at the address that the service is given',
    env['PAPI_REDIS'] == f'redis://localhost:{conf["port"]}' and conf['bind'] == '127.0.0.1 -::1',
    env['PAPI_REDIS'],
)

# environment
switches = {f'datasets-{name}-enabled' for name in re.findall(r'^  (\w+) \{\n    enabled', configured, re.M)}
files = {key: env[key] for key in env if key.endswith('_FILE')}
unknown = [
    key
    for key in env
    if key.startswith('PAPI_') and not {named(key), named(key.removesuffix('_FILE'))} & {'config', *defaults, *switches}
]
fact('every PAPI_ key of the specification is a key of the service', not unknown, unknown)
snowflake = re.search(r'^snowflake \{\n(.*?)^\}', configured, re.M | re.S)[1]
known = {'SNOWFLAKE_' + key.upper().replace('-', '_') for key in re.findall(r'^  ([a-z-]+) =', snowflake, re.M)}
unknown = [key for key in env if key.startswith('SNOWFLAKE_') and key not in known]
fact('so is every SNOWFLAKE_ key', not unknown, unknown)
secret = [
    key
    for key, value in env.items()
    if key not in files and (re.search(r'PASSWORD|PASSPHRASE|TOKEN|SECRET', key) or '@' in value)
]
fact('the specification has no secret', not secret, secret)
mounted = {each.get('directoryPath', '') + '/secret_string' for each in papi.get('secrets', [])}
secret = [key for key in files if named(key) not in defaults and files[key] not in mounted]
fact('each file of a secret is mounted', not secret, secret)
drain = int(env['PAPI_DRAIN_DELAY'].removesuffix('s'))
seen = papi['readinessProbe']['periodSeconds'] * papi['readinessProbe']['failureThreshold']
fact(
    f'the drain delay of {drain} s outlasts the {seen} s of the readiness probe and fits into {GRACE_SECONDS} s',
    seen < drain <= GRACE_SECONDS - SECONDS_AFTER_DRAIN,
    (seen, drain),
)

# names
warehouse = re.search(r'QUERY_WAREHOUSE = (\w+)', service)[1]
fact(
    f"the warehouse {warehouse} is made, granted, and the service's",
    env['SNOWFLAKE_WAREHOUSE'] == warehouse
    and f'CREATE WAREHOUSE IF NOT EXISTS {warehouse} ' in sql
    and f'GRANT USAGE ON WAREHOUSE {warehouse} TO ROLE DATA_API_ROLE' in sql,
    env['SNOWFLAKE_WAREHOUSE'],
)
made = re.findall(r'CREATE WAREHOUSE IF NOT EXISTS (\w+) ', sql)
loose = [
    each
    for each in made
    if f'GRANT USAGE ON WAREHOUSE {each} TO ROLE ' not in sql or f'DROP WAREHOUSE IF EXISTS {each}' not in sql
]
fact(f'each of the {len(made)} warehouses is granted, and removed in the end', made and not loose, loose)
queries = env['PAPI_QUERIES_WAREHOUSE']
fact(f'queries have the warehouse {queries}, which is not that of rows', queries in made and queries != warehouse, made)
repository = re.search(r'CREATE IMAGE REPOSITORY IF NOT EXISTS (\S+)', sql)[1]
path = '/' + repository.lower().replace('.', '/') + '/'
own = [each['image'] for each in containers.values() if not each['image'].startswith('/snowflake/')]
fact(
    f'our images are in the repository {repository}, each with a version',
    all(image.startswith(path) and re.fullmatch(r'[\w-]+:[\d.]+', image.removeprefix(path)) for image in own),
    own,
)
roles = {role['name'].upper() for role in document['serviceRoles']}
granted = set(re.findall(r'GRANT SERVICE ROLE API\.PUBLIC\.API!(\w+)', sql))
fact('the service roles are those that are granted', roles == granted, (roles, granted))
endpoints = {each['name'] for each in spec['endpoints']}
fact('and cover the endpoints', {each for role in document['serviceRoles'] for each in role['endpoints']} == endpoints)
stage = re.findall(r"FROM @(\S+) SPECIFICATION_FILE = '([^']+)'", sql)
fact(
    'created and upgraded from one specification, on a stage that is made',
    len(stage) == 2
    and len(set(stage)) == 1
    and stage[0][1] == 'service.yaml'
    and f'CREATE STAGE IF NOT EXISTS {stage[0][0]} ' in sql,
    stage,
)

# columns
columns = re.search(r'columns = \[([^]]+)]', configured)[1].split()
table = re.search(r'table = (\S+)', configured)[1]
# and the column of addresses, which the service reads where it is configured as a key
key = re.search(r'email \{ column = (\w+),', read('service/examples/email/papi.conf'))[1]
for script, beginning in [('03_customer_table', 'CREATE HYBRID'), ('04_customer_load', 'CREATE OR REPLACE HYBRID')]:
    definition = statement(f'sql/{script}.sql', beginning)
    name = definition.split(' (')[0].split()[-1].removesuffix('_NEW')
    defined = re.findall(r'(C_\w+) (?:NUMBER|VARCHAR)', definition)
    fact(f'{script} has the table and columns that the service reads', (name, defined) == (table, [*columns, key]), definition)
    fact(f'{script} has an index for the addresses', re.search(rf'INDEX \w+ \({key}\)', definition), definition)
selected = re.search(r'AS SELECT (.*) FROM', statement('sql/04_customer_load.sql', 'CREATE OR REPLACE'))[1].split(', ')
fact('and selects them in their order', selected == [*columns, 'LOWER(C_EMAIL_ADDRESS)'], selected)
# of the other tables all columns are served
for name in re.findall(r'\n  (?:product|store) {\n    enabled = true\n    table = (\S+)', configured):
    text = 'sql/05_product_and_store.sql'
    definitions = [
        re.findall(r'(\w+) (?:NUMBER|VARCHAR|DATE)\b', statement(text, f'{made} {name}{suffix} '))
        for made, suffix in (('CREATE HYBRID TABLE IF NOT EXISTS', ''), ('CREATE OR REPLACE HYBRID TABLE', '_NEW'))
    ]
    chosen = re.search(r'AS SELECT (.*) FROM', statement(text, f'CREATE OR REPLACE HYBRID TABLE {name}_NEW '))[1]
    fact(
        f'05_product_and_store makes, fills and selects the columns of {name} in one order',
        definitions[0] == definitions[1] == chosen.split(', '),
        definitions,
    )
fact('the service reads both', configured.count('table = API.DATA.HYBRID_') == 3)

# sizes
family = re.search(r'INSTANCE_FAMILY = (\w+)', pool)[1]
cpu, memory = NODES[family]
sums = {
    (kind, what): total(kind, what, unit)
    for kind in ('requests', 'limits')
    for what, unit in (('cpu', float), ('memory', gibibytes))
}
shown = ', '.join(f'{kind} {amount:g} {"vCPU" if what == "cpu" else "GiB"}' for (kind, what), amount in sums.items())
fact(
    f'requests and limits fit into a node of {family}, {cpu} vCPU and {memory} GiB: {shown}',
    all(amount <= (cpu if what == 'cpu' else memory) for (kind, what), amount in sums.items()),
    sums,
)
fact('two instances do not fit: each has its own node', sums['requests', 'memory'] > memory / 2, sums)
lowest, ready, highest = (number(key, service) for key in ('MIN_INSTANCES', 'MIN_READY_INSTANCES', 'MAX_INSTANCES'))
fact('the pool has a node for every instance', (number('MIN_NODES', pool), number('MAX_NODES', pool)) == (lowest, highest), pool)
fact('an upgrade leaves instances that answer', 0 < ready < lowest <= highest, (lowest, ready, highest))
counts = re.compile(r'(\w+_(?:NODES|INSTANCES)) = (\d+)')
for script, beginning, made in [
    ('07_compute_pool', 'ALTER COMPUTE POOL', pool),
    ('12_upgrade', 'ALTER SERVICE API.PUBLIC.API SET', service),
]:
    later = counts.findall(statement(f'sql/{script}.account.sql', beginning))
    fact(f'{script} sets the same numbers', later == counts.findall(made), later)
found = re.findall('|'.join(sorted(CLAUSES, key=len, reverse=True)), service)
fact(
    'CREATE SERVICE has its clauses in the documented order',
    found == sorted(found, key=CLAUSES.index) and len(found) == len(set(found)),
    found,
)
cache = gibibytes(conf['maxmemory'].replace('gb', 'Gi').replace('mb', 'Mi'))
limit = gibibytes(redis['resources']['limits']['memory'])
fact(
    f'Redis keeps {cache:g} of its {limit:g} GiB, and asks for them',
    cache <= 0.8 * limit and cache <= gibibytes(redis['resources']['requests']['memory']),
    (cache, limit),
)

# images
for name in ('spcs/Dockerfile', 'redis/Dockerfile'):
    text = read(name)
    fact(
        f'{name} takes its base as an argument and runs as 10001',
        re.search(r'^ARG BASE_IMAGE=docker\.io/library/\S+$', text, re.M)
        and set(re.findall(r'^FROM (\S+)', text, re.M)) == {'${BASE_IMAGE}'}
        and '\nUSER 10001:10001\n' in text,
        text,
    )

# without a public endpoint
private = derive.derive(document)
ends = private['spec']['endpoints']
fact('no port of the private specification is public', not derive.public_ports(private), ends)
fact('its endpoint is the port at which nobody is believed to be a user', [each['port'] for each in ends] == [plain], ends)
differs = derive.differences(document, private)
fact('it differs from the public one in endpoints and in what the ingress says, and in nothing else', differs == DIFFERS, differs)
bad = undocumented(private, KEYS)
fact('it has documented keys only', not bad, bad)
outlet = yaml.safe_load(re.sub(r'{{ (\w+) }}', r'\1', read('spcs/private/outlet.yaml')))
bad = undocumented(outlet, KEYS) or outlet['spec'].get('endpoints', [])
fact('the outlet has documented keys only, and no endpoint', not bad, bad)
relay = outlet['spec']['containers'][0]
target = re.search(r'to: service:(\d+)', relay['args'][-1])
fact("it leads to the private service's port", target and int(target[1]) == plain, relay['args'])
image = relay['image'].removeprefix(path)
fact('its image is in the repository, with a version', re.fullmatch(r'[\w-]+:[\d.]+', image), image)
creates = {
    script: [each for each in statements(f'spcs/private/{script}.account.sql') if each.startswith('CREATE SERVICE')]
    for script in ('1_service', '2_outlet')
}
fact(
    'the private service is created like the public one, from its own specification',
    creates['1_service'] == [service.replace("'service.yaml'", "'private.yaml'")],
    creates['1_service'],
)
found = [re.findall('|'.join(sorted(CLAUSES, key=len, reverse=True)), each) for each in creates['2_outlet']]
fact(
    'the outlet is created with its clauses in the documented order',
    len(found) == 1 and found[0] == sorted(found[0], key=CLAUSES.index),
    found,
)
lines = [each for script in creates for each in statements(f'spcs/private/{script}.account.sql')]
created = re.compile(
    r'^CREATE (?:OR REPLACE )?(ROLE|COMPUTE POOL|NETWORK RULE|SERVICE|EXTERNAL ACCESS INTEGRATION) (?:IF NOT EXISTS )?(\S+)'
)
made = {(what.removeprefix('EXTERNAL ACCESS '), which) for each in lines for what, which in created.findall(each)}
gone = {
    tuple(re.match(r'DROP (.+) IF EXISTS (\S+)', each).groups())
    for script in ('spcs/private/3_remove.account.sql', 'sql/16_clean_up.account.sql')
    for each in statements(script)
    if each.startswith('DROP')
}
fact(f'all {len(made)} things that its scripts make are removed', made and made <= gone, made - gone)

# alerts
alerts = [rule for group in yaml.safe_load(read('spcs/alerts.yaml'))['groups'] for rule in group['rules'] if 'alert' in rule]
headings = re.findall(r'^### (.+)', read('spcs/README.md').split('\n## Runbook\n')[1].split('\n## ')[0], re.M)
sections = {'spcs/README.md#' + heading.lower().replace(' ', '-') for heading in headings}
runbooks = {rule['annotations']['runbook'] for rule in alerts}
fact('every alert has a section of the runbook, every section an alert', runbooks == sections, runbooks ^ sections)
untested = [rule['alert'] for rule in alerts if not re.search(rf'\b{rule["alert"]}\b', read('spcs/alerts.test.yaml'))]
fact('every alert is tested', not untested, untested)

sys.exit(1 if failed else 0)
