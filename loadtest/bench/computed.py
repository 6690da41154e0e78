"""A store that computes its rows when they are asked for, and holds none: as many customers as a number says."""

ROWS = 3_000_000_000  # more than any run asks for
VIEW = f"""
CREATE VIEW made AS SELECT
  X AS n, 'AAAAAAAA' || (X + 100000000) AS customer, MOD(X * 7919, 1920800) AS demographics,
  MOD(X * 69621, 7200) AS household, MOD(X * 48271, 50000) AS address, 'Name ' || MOD(X * 16807, 4999) AS first_name,
  'Family ' || MOD(X * 39373, 4999) AS last_name, 1 + MOD(X, 28) AS birth_day, 1924 + MOD(X, 69) AS birth_year,
  'customer.' || X || '@example.com' AS email, REPEAT('x', %d) AS filler
FROM SYSTEM_RANGE(1, {ROWS});
"""
COLUMNS = 'N, CUSTOMER, DEMOGRAPHICS, HOUSEHOLD, ADDRESS, FIRST_NAME, LAST_NAME, BIRTH_DAY, BIRTH_YEAR, EMAIL'


def configuration(machine, name='computed', datasets=(), filler=0):
    """A configuration file in which the dataset `customer`, and each of `datasets` besides, has these rows.

    A filler makes them longer by so many characters.
    """
    (machine.work / f'{name}.sql').write_text(VIEW % filler)
    columns = COLUMNS + ', FILLER' * (filler > 0)
    file = machine.work / f'{name}.conf'
    file.write_text(
        f'embedded-scripts = [{name}.sql]\ndatasets.product.enabled = false\ndatasets.store.enabled = false\n'
        + ''.join(
            f'datasets.{dataset} {{ table = made, key = N, key-type = whole, key-length = 18, columns = [{columns}] }}\n'
            for dataset in ('customer', *datasets)
        )
    )
    return file
