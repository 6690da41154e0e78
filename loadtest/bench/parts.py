"""What can be measured without HTTP, by JMH: time and memory of each part."""

import json
import subprocess

import program

SHORT = {'-f': '1', '-wi': '4', '-w': '1', '-i': '5', '-r': '1'}  # a fork; seconds and iterations of warm-up and of measuring


def parts(work, say, options):
    """Prints a table; `options` are JMH's own, a pattern of names among them."""
    results = work / 'parts.json'
    short = [part for flag, value in SHORT.items() if flag not in options for part in (flag, value)]
    command = program.own('org.openjdk.jmh.Main', [*short, *options, '-prof', 'gc', '-rf', 'json', '-rff', results])
    ran = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if ran.returncode or not results.exists() or not results.read_text().strip():
        raise SystemExit(f'benchmark: JMH ended with {ran.returncode}\n{ran.stdout[-3000:]}{ran.stderr[-3000:]}')
    lines = ['| part | ids | ns | ± | bytes |', '|---|--:|--:|--:|--:|']
    for one in json.loads(results.read_text()):
        cls, _, method = one['benchmark'].rpartition('.')
        name = f'{cls.rpartition(".")[2].removesuffix("Benchmark")}.{method}'
        time, memory = one['primaryMetric'], one['secondaryMetrics']['gc.alloc.rate.norm']
        lines.append(
            f'| {name} | {one.get("params", {}).get("ids", "1")} | {time["score"]:,.1f} | {float(time["scoreError"]):,.1f} '
            f'| {memory["score"]:,.0f} |'
        )
    say('\n'.join(lines))
