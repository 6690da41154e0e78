"""Whether a service's description is valid OpenAPI, and the same as JSON and as YAML: valid.py http://host:port"""

import json
import sys
import urllib.request

import openapi_spec_validator
import yaml


def read(path):
    """The text of a document."""
    with urllib.request.urlopen(sys.argv[1] + path) as answer:
        return answer.read().decode()


description = json.loads(read('/openapi.json'))
openapi_spec_validator.validate(description)
# By YAML 1.1, which takes yes and 1995-01-31 without quotes for no texts.
if yaml.safe_load(read('/openapi.yaml')) != description:
    sys.exit('the YAML says something else than the JSON')
