/** What has come of a stream of JSON lines: all of it is counted, and only its beginning is kept. */

import { parseExactly } from './json.js';

/** A browser must be able to watch a stream of any length. */
export const MOST_ROWS = 100;
const MOST_CHARACTERS = 500_000;

const NEW_LINE = 10;

export class Incoming {
  bytes = 0;

  /** Those that have come in full. */
  rows = 0;

  /** The first rows, and the text that they came in. */
  first = [];
  text = '';

  #decoder = new TextDecoder();
  #line = '';

  /** Takes bytes as they come, which may end within a row. */
  add(bytes) {
    if (this.#keepsMore()) {
      this.#keep(this.#line + this.#decoder.decode(bytes, { stream: true }));
    }
    this.bytes += bytes.length;
    for (let end = bytes.indexOf(NEW_LINE); end >= 0; end = bytes.indexOf(NEW_LINE, end + 1)) {
      this.rows++;
    }
  }

  #keepsMore() {
    return this.first.length < MOST_ROWS && this.text.length + this.#line.length < MOST_CHARACTERS;
  }

  #keep(text) {
    const lines = text.split('\n');
    this.#line = lines.pop();
    for (const line of lines.slice(0, MOST_ROWS - this.first.length)) {
      this.text += `${line}\n`;
      this.first.push(parseExactly(line) ?? {});
    }
  }
}
