"""Fills Feast's online store in Redis with rows of the service: run by the Python that Feast is installed for.

It is started in a directory with `rows.json`, a list of rows as the service answers them. FEAST_KEY is the column that is
the entity, REDIS_PORT the port of Redis. It leaves what `feast serve` needs there.
"""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas
from feast import Entity, FeatureService, FeatureStore, FeatureView, Field, FileSource, ValueType
from feast.types import Int64, String

KEY = os.environ['FEAST_KEY']
NAME = 'customer'
SETTINGS = f"""
project: {NAME}
provider: local
registry: {Path.cwd()}/registry.db
online_store:
  type: redis
  connection_string: 127.0.0.1:{os.environ['REDIS_PORT']}
offline_store:
  type: file
entity_key_serialization_version: 3
"""


def main():
    rows = json.loads(Path('rows.json').read_text())
    whole = {column for column in rows[0] if any(isinstance(row[column], int) for row in rows)}
    now = datetime.now(UTC)
    frame = pandas.DataFrame(
        {
            column: pandas.array([row[column] for row in rows], dtype='Int64' if column in whole else 'string')
            for column in rows[0]
        }
    )
    frame['read_at'] = now - timedelta(hours=1)
    frame.to_parquet('rows.parquet')
    Path('feature_store.yaml').write_text(SETTINGS)
    entity = Entity(name=NAME, join_keys=[KEY], value_type=ValueType.INT64)
    view = FeatureView(
        name=NAME,
        entities=[entity],
        ttl=timedelta(days=30),
        schema=[Field(name=KEY, dtype=Int64)]
        + [Field(name=column, dtype=Int64 if column in whole else String) for column in rows[0] if column != KEY],
        source=FileSource(path=str(Path.cwd() / 'rows.parquet'), timestamp_field='read_at'),
        online=True,
    )
    store = FeatureStore(repo_path='.')
    store.apply([entity, view, FeatureService(name=NAME, features=[view])])
    store.materialize(now - timedelta(days=1), now)


main()
