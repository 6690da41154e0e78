"""Prints the variables that template.yaml gives the function, one KEY=VALUE a line.

environment.py [PARAMETER=VALUE ...]    the others have their defaults; the region is eu-central-1
"""

import pathlib
import re
import sys

import yaml

PSEUDO = {'AWS::Region': 'eu-central-1', 'AWS::URLSuffix': 'amazonaws.com'}
NO_VALUE = object()


class Loader(yaml.SafeLoader):
    """Reads !Name x as {'Name': x}."""


def tagged(loader, tag, node):
    match node:
        case yaml.ScalarNode():
            return {tag: loader.construct_scalar(node)}
        case yaml.SequenceNode():
            return {tag: loader.construct_sequence(node, deep=True)}
        case _:
            return {tag: loader.construct_mapping(node, deep=True)}


Loader.add_multi_constructor('!', tagged)
TEMPLATE = yaml.load((pathlib.Path(__file__).parent.parent / 'template.yaml').read_text(), Loader)


class Stack:
    def __init__(self, given):
        unknown = given.keys() - TEMPLATE['Parameters'].keys()
        assert not unknown, unknown
        defaults = {name: parameter.get('Default') for name, parameter in TEMPLATE['Parameters'].items()}
        self.values = {**PSEUDO, **defaults, **given}

    def value(self, of):
        if not isinstance(of, dict):
            return of
        ((function, argument),) = of.items()
        match function:
            case 'Ref':
                return NO_VALUE if argument == 'AWS::NoValue' else self.values[argument]
            case 'Sub':
                return re.sub(r'\$\{([^}]+)\}', lambda name: str(self.values[name[1]]), argument)
            case 'If':
                condition, then, otherwise = argument
                return self.value(then if self.value(TEMPLATE['Conditions'][condition]) else otherwise)
            case 'Not':
                return not self.value(argument[0])
            case 'Equals':
                return self.value(argument[0]) == self.value(argument[1])
        raise ValueError(f'{function} is not known here')


stack = Stack(dict(given.split('=', 1) for given in sys.argv[1:]))
for name, of in TEMPLATE['Resources']['Function']['Properties']['Environment']['Variables'].items():
    value = stack.value(of)
    if value is not NO_VALUE:
        assert value is not None, f'{name} needs a parameter'
        print(f'{name}={value}')
