"""The report of the ten best customers, from the near cache, beside a constant of its size."""

from pathlib import Path

from machine import get

EXAMPLE = Path(__file__).resolve().parents[2] / 'service/examples/reports/papi.conf'
PATH = '/connector/customers/top10'
FORMATS = {'json': PATH, 'csv': f'{PATH}?format=csv'}  # JSON is what the cache holds, CSV is written from it each time


def cached(targets):
    """Adds the report in each format, and the constants that repeat it."""
    wanted = [kind for kind in FORMATS if targets.wanted(f'report-{kind}', f'constant-{kind}')]
    if not wanted:
        return
    process, url, admin = targets.papi(
        'papi-report', {'PAPI_CONFIG': str(EXAMPLE), 'PAPI_QUERIES_TOP_CUSTOMERS_FRESH_FOR': '12h', 'PAPI_REDIS': 'off'}
    )
    bodies = {kind: targets.recorded(kind, url + FORMATS[kind]) for kind in wanted}
    constant, at = targets.constant('constant-report')
    for kind in wanted:
        report, same = url + FORMATS[kind], f'{at}/headers/{kind}'
        targets.check_form(report, same)
        if get(same)[0] != bodies[kind]:
            raise RuntimeError(f'the constant has another body than the report as {kind}')
        name = kind.upper()
        targets.add(
            f'report-{kind}', f'Papi, cached report, {name}', report, [process], body=bodies[kind], layer='near', admin=admin
        )
        targets.add(f'constant-{kind}', f'Helidon constant, same headers, {name}', same, [constant], body=bodies[kind])
