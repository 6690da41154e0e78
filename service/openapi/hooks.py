"""What an OpenAPI description has no words for, said to schemathesis, which loads this file (SCHEMATHESIS_HOOKS)."""

import jsonschema_rs
import schemathesis
from schemathesis import GenerationMode


@schemathesis.hook
def map_case(_context, case):
    """Makes most requests that should be right really right, so that they come further than to a 400."""
    if case.meta is None or case.meta.generation.mode is not GenerationMode.POSITIVE:
        return case
    form = form_of(case)
    if case.method == 'POST' and 'ids' in form:  # 7.0 is an integer by the schema's rules, and no id
        form['ids'] = [int(each) if isinstance(each, float) else each for each in form['ids']]
    if form and asks_for_rows(case) and breaks_a_rule(case):
        form.pop('view', None)
        form.pop('unavailable', None)
        form['shape'] = 'map'
    return case


@schemathesis.hook
def filter_failure(_context, failure, case, response):
    """Whether a failure counts."""
    name = type(failure).__name__
    if name == 'RejectedPositiveData':
        return not (response.status_code == 400 and breaks_a_rule(case))
    if name == 'AcceptedNegativeData':
        return not means_something_right(case)
    if name == 'UnsupportedMethodResponse':  # with the body of another method, which is refused before methods are looked at
        return response.status_code != 413
    return True


def breaks_a_rule(case):
    """Whether parameters, each of which is right by itself, do not go together."""
    form, schemas = form_of(case), schemas_of(case)
    given = {name for name, value in form.items() if value not in ('', [], None)}
    if asks_for_rows(case):
        shape = form.get('shape', schemas['shape']['default'])
        missing = form.get('missing', schemas['missing']['default'])
        return (
            (shape == 'object' and len(set(ids_of(case))) > 1)
            or {'fields', 'view'} <= given
            or ('unavailable' in given and missing != 'default')
        )
    parameters = declared(case)
    return any(parameters[name].get('x-needs', name) not in given for name in given if name in parameters)


def means_something_right(case):
    """
    Whether what is wrong by the letter is what the service means to take: all paths but those of queries ignore
    parameters that they do not know, and one id is a list of one.
    """
    if case.method == 'POST':
        return is_right(body_schema(case), case.body)
    parameters = declared(case)
    if 'format' in parameters:
        return False
    known = {name: value for name, value in (case.query or {}).items() if name in parameters}
    right = all(is_right(parameters[name]['schema'], value) for name, value in known.items())
    return right and ('ids' not in parameters or is_right(parameters['ids']['schema'], ids_of(case)))


def is_right(schema, value):
    """Whether a value, as a request writes it, is one of a schema."""
    if schema.get('type') == 'array' and not isinstance(value, list):
        value = str(value).split(',')
    return jsonschema_rs.is_valid(schema, value)


def asks_for_rows(case):
    """Whether it asks for rows by ids, in its path or its body."""
    return '{ids}' in case.path or case.method == 'POST'


def form_of(case):
    """What says which form the answer is to have, to be changed: a query, or a body."""
    form = case.body if case.method == 'POST' else case.query
    return form if isinstance(form, dict) else {}


def schemas_of(case):
    """What the parts of a form may be, by name."""
    if case.method == 'POST':
        return body_schema(case)['properties']
    return {name: parameter['schema'] for name, parameter in declared(case).items()}


def body_schema(case):
    """What a path says of its body."""
    path = case.operation.schema.raw_schema['paths'][case.operation.path]
    return path['post']['requestBody']['content']['application/json']['schema']


def ids_of(case):
    """The ids in a path or a body."""
    ids = case.body.get('ids', []) if case.method == 'POST' else case.path_parameters['ids']
    return [str(each) for each in ids] if isinstance(ids, list) else str(ids).split(',')


def declared(case):
    """The parameters of a path by name, but for headers."""
    path = case.operation.schema.raw_schema['paths'][case.operation.path]
    return {each['name']: each for each in path['parameters'] if '$ref' not in each}
