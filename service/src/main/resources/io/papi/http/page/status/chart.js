/** Small pictures of the last minutes. */

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 600;
const HEIGHT = 100;

/**
 * Draws lines over time into an svg element, the present at its right side.
 *
 * @param points each with its time and its values by the line's name; a value that is undefined
 *     leaves a gap
 * @param lines the names of the lines, each drawn in a class of that name
 * @param span the milliseconds from the left side to the right
 * @param height from a value to a part of the height, 0 to 1
 * @param rules values at which a level line is drawn
 */
export function draw(svg, { points, lines, span, height, rules = [] }) {
  const now = points.at(-1)?.time ?? 0;
  const x = (time) => (WIDTH * (1 - (now - time) / span)).toFixed(1);
  const y = (value) => (HEIGHT * (1 - Math.min(1, Math.max(0, height(value))))).toFixed(1);
  svg.setAttribute('viewBox', `0 -2 ${WIDTH} ${HEIGHT + 4}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.replaceChildren(
    ...rules.map((value) => path('rule', `M0 ${y(value)}H${WIDTH}`)),
    ...lines.map((line) => path(`line ${line}`, trace(points, line, x, y))),
  );
}

function trace(points, line, x, y) {
  let isDown = false;
  return points
    .map(({ time, values }) => {
      const value = values[line];
      const step = value === undefined ? '' : `${isDown ? 'L' : 'M'}${x(time)} ${y(value)}`;
      // A value between two gaps is a dot: round ends make a line of no length seen.
      const dot = value !== undefined && !isDown ? 'h0' : '';
      isDown = value !== undefined;
      return step + dot;
    })
    .join('');
}

function path(className, d) {
  const made = document.createElementNS(SVG, 'path');
  made.setAttribute('class', className);
  made.setAttribute('d', d);
  return made;
}

/** Height on a scale where each tenfold is as high as another. */
export function logarithmic(least, most) {
  return (value) => Math.log(value / least) / Math.log(most / least);
}

/** Height on a scale from nothing to the largest of some values. */
export function upTo(most) {
  return (value) => (most > 0 ? value / most : 0);
}
