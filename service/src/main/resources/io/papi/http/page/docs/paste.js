/** A call as a text to paste. What is chosen in one section is chosen in all that have it. */

import { copyTextOf } from './clipboard.js';
import { element } from './element.js';
import { offered } from './snippets.js';

const choosers = [];

/** A text with a list of what to paste it into, and a button that copies it. */
export function pastePart(call) {
  const pre = element('pre', '');
  pre.tabIndex = 0;
  const said = element('span', 'said');
  said.ariaLive = 'polite';
  const note = element('p', 'hint');
  const all = offered(call.kind);
  const list = element('select', '', ...all.map(({ name }) => new Option(name)));
  list.ariaLabel = 'Paste it into';
  const show = () => {
    const chosen = all.find(({ name }) => name === list.value);
    pre.textContent = chosen.text(call);
    pre.ariaLabel = `The call by ${chosen.name}`;
    note.textContent = chosen.note(call);
    said.textContent = '';
  };
  choosers.push((name) => {
    list.value = all.some((each) => each.name === name) ? name : all[0].name;
    show();
  });
  list.addEventListener('change', () => choosers.forEach((choose) => choose(list.value)));
  show();
  return element('div', 'block', list, copyButton(pre, said), pre, said, note);
}

function copyButton(pre, said) {
  const button = element('button', '', 'Copy');
  button.type = 'button';
  button.addEventListener('click', async () => {
    said.textContent = await copyTextOf(pre);
  });
  return button;
}
