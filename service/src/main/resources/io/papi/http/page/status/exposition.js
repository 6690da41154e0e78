/** The text in which Prometheus is told of metrics, version 0.0.4. */

const LINE = /^([A-Za-z_:][\w:]*)(?:\{(.*)\})? ([-+\w.]+)(?: -?\d+)?$/;
const LABEL = /([A-Za-z_]\w*)="((?:[^"\\]|\\.)*)"/g;
const WRITTEN_OUT = { '+Inf': Infinity, '-Inf': -Infinity };

/**
 * The series of a metrics page by the metric's name, each with its labels and value.
 *
 * @throws Error at a line that is neither a comment nor a series
 */
export function parse(text) {
  const metrics = new Map();
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) {
      continue;
    }
    const [, name, labels, value] = LINE.exec(line) ?? [];
    if (name === undefined) {
      throw new Error(`the metrics page has a line that is no metric: ${line.slice(0, 80)}`);
    }
    if (!metrics.has(name)) {
      metrics.set(name, []);
    }
    metrics.get(name).push({ labels: parseLabels(labels ?? ''), value: WRITTEN_OUT[value] ?? Number(value) });
  }
  return metrics;
}

function parseLabels(text) {
  const labels = {};
  for (const [, name, value] of text.matchAll(LABEL)) {
    labels[name] = value.replace(/\\(.)/g, (_, escaped) => (escaped === 'n' ? '\n' : escaped));
  }
  return labels;
}
