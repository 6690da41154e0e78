/** What a body has, as it stands in texts to paste. */

/**
 * A value as JSON, which is the same in JavaScript, Python and Java. What would be more than a letter
 * to a template or a script is an escape, so a link to the page cannot put code into what is pasted.
 */
export function literal(value) {
  return JSON.stringify(value, (_, each) => each.toWellFormed?.() ?? each).replaceAll(
    /[{}%$<>&']/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Members as they stand between the braces, from their names and literals. */
export function joined(members) {
  return members.map(([name, value]) => `"${name}":${value}`).join(',');
}

/** The members for a platform, which wants another shape than the form says. */
export function inShape({ members }, shape) {
  return [...members.filter(([name]) => name !== 'shape'), ['shape', literal(shape)]];
}
