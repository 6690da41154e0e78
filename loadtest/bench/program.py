"""The service and the benchmark's own Java: built by Maven where a source is newer, and how they are started."""

import os
import re
import subprocess
from pathlib import Path

from machine import jdk

ROOT = Path(__file__).resolve().parents[2]
SERVICE = ROOT / 'service/target'
OWN = ROOT / 'loadtest/bench/target'
JARS = SERVICE / 'papi.jar', OWN / 'papi-benchmark.jar'
SOURCES = (
    *('pom.xml', 'service/pom.xml', 'service/src/main', 'service/src/launcher', 'service/src/test/java/io/papi/testing'),
    *('loadtest/bench/pom.xml', 'loadtest/bench/src'),
)
COLLECTOR = re.compile(r'-XX:\+Use\w+GC')


def build(say):
    """Leaves jars that are younger than all their sources."""
    files = [file for source in SOURCES for file in ((ROOT / source).rglob('*') if (ROOT / source).is_dir() else [ROOT / source])]
    newest = max(file.stat().st_mtime for file in files if file.is_file())
    if all(jar.exists() and jar.stat().st_mtime >= newest for jar in JARS):
        return
    say('building')
    command = ['mvn', '-q', '-B', '-ntp', '-pl', 'loadtest/bench', '-am', '-DskipTests', 'package']
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise SystemExit('benchmark: the build failed')
    for jar in JARS:  # Maven leaves a jar whose classes are the same as it is
        jar.touch()


def java():
    return jdk() / 'bin/java'


def flags():
    """Those of the service, as `papi.jvm` says them."""
    lines = (line.strip() for line in (SERVICE / 'papi.jvm').read_text().splitlines())
    return [line for line in lines if line and not line.startswith('#')]


def flags_with(more):
    """The same and then `more`; a collector among these takes the place of the service's own."""
    own = flags()
    if any(COLLECTOR.fullmatch(flag) for flag in more):
        own = [flag for flag in own if not COLLECTOR.fullmatch(flag)]
    return [*own, *more]


def service(jvm=None):
    """The command that serves; with other flags than its own if `jvm` has any."""
    return [java(), *(flags() if jvm is None else jvm), '-jar', SERVICE / 'papi.jar']


def own(main, arguments, jvm=()):
    """A main class of the benchmark's, with the service's flags and then `jvm`."""
    jars = [*JARS, *sorted((SERVICE / 'libs').glob('*.jar')), *sorted((OWN / 'libs').glob('*.jar'))]
    return [java(), *flags(), *jvm, '-cp', os.pathsep.join(map(str, jars)), main, *arguments]
