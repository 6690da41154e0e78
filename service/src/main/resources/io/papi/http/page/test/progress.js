/** How a stream comes along: figures that are not read out each time, and the button that stops it. */

import { element } from './element.js';

const TICK = 250;
const A_SECOND = 1_000;
const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

const at = (id) => document.getElementById(id);

let stop = () => {};

/** Takes what ends a stream: the button, Escape, and leaving the page. */
export function listenToStop() {
  at('stop').addEventListener('click', () => stop());
  window.addEventListener('pagehide', () => stop());
  window.addEventListener('keydown', ({ key, isComposing }) => {
    if (key === 'Escape' && !isComposing) {
      stop();
    }
  });
}

/** The progress of one stream, shown from now on. */
export class Progress {
  #incoming;
  #start = performance.now();
  #samples = [];
  #timer;

  /**
   * @param incoming what has come
   * @param onTick called each time when the figures are shown
   * @param onStop called when the stream is to be stopped
   */
  constructor(incoming, onTick, onStop) {
    this.#incoming = incoming;
    stop = onStop;
    at('stop').disabled = false;
    at('progress').hidden = false;
    this.#show('Rows/s', 0);
    this.#timer = setInterval(() => {
      this.#show('Rows/s, last second', this.#rate());
      onTick();
    }, TICK);
  }

  /** Milliseconds so far. */
  elapsed() {
    return performance.now() - this.#start;
  }

  /** Shows the last figures; there is nothing to stop any more. */
  end() {
    clearInterval(this.#timer);
    stop = () => {};
    if (document.activeElement === at('stop')) {
      at('form').querySelector('[type=submit]').focus();
    }
    at('stop').disabled = true;
    this.#show('Rows/s, on average', (this.#incoming.rows / this.elapsed()) * A_SECOND);
  }

  /** Rows in the last second, or since the beginning where that is not so long ago. */
  #rate() {
    const now = this.elapsed();
    const { rows } = this.#incoming;
    this.#samples.push({ now, rows });
    while (this.#samples.length > 1 && now - this.#samples[1].now >= A_SECOND) {
      this.#samples.shift();
    }
    const [since] = now < A_SECOND ? [{ now: 0, rows: 0 }] : this.#samples;
    return ((rows - since.rows) / (now - since.now || 1)) * A_SECOND;
  }

  #show(name, rate) {
    const { rows, bytes } = this.#incoming;
    at('progress')
      .querySelector('dl')
      .replaceChildren(
        figure('Rows', grouped(rows)),
        figure(name, grouped(Math.round(rate))),
        figure('Received', size(bytes)),
        figure('Time', seconds(this.elapsed())),
      );
  }
}

/** A number with its thousands apart. */
export function grouped(number) {
  return number.toLocaleString('en');
}

/** A time in seconds. */
export function seconds(ms) {
  return `${(ms / A_SECOND).toFixed(ms < 9_950 ? 1 : 0)} s`;
}

function size(bytes) {
  const power = bytes < 1_000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1_000 ** power).toFixed(power === 0 ? 0 : 1)} ${UNITS[power]}`;
}

function figure(name, value) {
  return element('div', '', element('dt', '', name), element('dd', '', value));
}
