/** The request as a text to look at, to copy, and to paste elsewhere. */

import { copyTextOf } from './clipboard.js';
import { callOf, offered } from './snippets.js';

const at = (id) => document.getElementById(id);

let shown;

/** Takes a choice of what to paste into, and clicks on the button that copies. */
export function listenToPasting() {
  at('platform').addEventListener('change', show);
  at('copy').addEventListener('click', async () => {
    at('copied').textContent = await copyTextOf(at('command'));
  });
  at('platform').disabled = false;
}

/** Shows a request as what is chosen, or as the first where that is not for such a request. */
export function showCall({ path, form, kind, columns, ...call }) {
  shown = callOf({
    ...call,
    origin: location.origin,
    kind,
    path,
    form,
    columns: form?.fields ?? asked(path) ?? columns,
  });
  const names = offered(kind).map((each) => each.name);
  const options = [...at('platform').options].map(({ value }) => value);
  if (names.join() !== options.join()) {
    const chosen = at('platform').value;
    at('platform').replaceChildren(...names.map((each) => new Option(each)));
    at('platform').value = names.includes(chosen) ? chosen : names[0];
  }
  show();
}

function show() {
  const { text, note } = offered(shown.kind).find(({ name }) => name === at('platform').value);
  if (at('command').textContent !== text(shown)) {
    at('command').textContent = text(shown);
    at('command').classList.toggle('lines', text(shown).includes('\n'));
    at('copied').textContent = '';
  }
  at('paste-note').textContent = note(shown);
  at('paste-note').hidden = note(shown) === '';
}

/** The columns that a request names. */
function asked(path) {
  return new URLSearchParams(path.split('?')[1]).get('fields')?.split(',');
}
