/** Ids as a person types them, and back. */

/** What may stand between ids of a whole-number key. */
const BETWEEN_NUMBERS = /\s*[,;]\s*|\s+/;

/** One id of a text key, in double quotes or not, with what ends it. */
const TEXT = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]*(?:,|[\t\r\n]|$))|([^,\t\r\n]*))([\t\r\n]*,[\t\r\n]*|[\t\r\n]+|$)/y;

const AROUND = /^[\t\r\n]+|[\t\r\n]+$/g;

const FOLDS = { none: (id) => id, lower: (id) => id.toLowerCase() };

/**
 * The ids that a person typed or pasted. Commas and new lines separate them; of whole numbers also
 * blanks and semicolons, which may be part of a text. A text with a comma stands in double quotes,
 * and those that are part of it are doubled then.
 */
export function splitIds(typed, isWhole) {
  return isWhole ? typed.trim().split(BETWEEN_NUMBERS) : splitTexts(typed.replace(AROUND, ''));
}

function splitTexts(typed) {
  const ids = [];
  TEXT.lastIndex = 0;
  for (let end = ','; end !== ''; ) {
    const [, quoted, plain, separator] = TEXT.exec(typed);
    ids.push(quoted?.replaceAll('""', '"') ?? plain);
    end = separator;
  }
  return ids;
}

/** The same ids as a person would type them. */
export function joinIds(ids, isWhole) {
  return ids.map((id) => (isWhole || !/,|^"/.test(id) ? id : `"${id.replaceAll('"', '""')}"`)).join(',');
}

/** An id as the service looks for it, and names it in its answer. */
export function folded(id, fold) {
  return FOLDS[fold](id);
}
