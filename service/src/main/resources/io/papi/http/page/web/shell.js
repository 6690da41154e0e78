/** Commands for a POSIX shell. */

/** A word of a command, whatever is in it. */
export function quote(word) {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
