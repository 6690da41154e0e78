/** Texts of several lines. */

/** One line for each text; what is no text is left out. */
export function lines(...all) {
  return all.filter((line) => typeof line === 'string').join('\n');
}
