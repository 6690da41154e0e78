/** JSON to the letter: no digit is rounded, and what is shown is in the order that was sent. */

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** The value of a JSON text, with numbers that JavaScript would round kept digit by digit. */
export function parseExactly(text) {
  try {
    return JSON.parse(text, (_, value, context) =>
      typeof value === 'number' && JSON.rawJSON && String(value) !== context.source
        ? JSON.rawJSON(context.source)
        : value,
    );
  } catch {
    return undefined;
  }
}

/** A JSON text on lines of its own. JavaScript would move members whose names are numbers. */
export function indent(text) {
  const tokens = text.match(TOKENS) ?? [];
  let depth = 0;
  let shown = '';
  const line = () => `\n${'  '.repeat(depth)}`;
  tokens.forEach((token, i) => {
    const isEmpty = '[{'.includes(tokens[i - 1]) && ']}'.includes(token);
    if (']}'.includes(token)) {
      depth--;
      shown += isEmpty ? token : line() + token;
    } else {
      shown += ['[', '{', ','].includes(tokens[i - 1]) ? line() + token : token;
    }
    depth += '[{'.includes(token) ? 1 : 0;
    shown += token === ':' ? ' ' : '';
  });
  return shown;
}

/** A number, digit by digit, or any other value as text. */
export function exactText(value) {
  return JSON.isRawJSON?.(value) ? value.rawJSON : String(value);
}

/** Whether a value of an answer is a number. */
export function isNumber(value) {
  return typeof value === 'number' || Boolean(JSON.isRawJSON?.(value));
}
