/** The columns that are chosen one by one, in the order in which they are ticked. */

import { element } from './element.js';

const at = (id) => document.getElementById(id);

let chosen = [];

/** Takes changes of the boxes, which the form then hears of too. */
export function listenToColumns() {
  at('boxes').addEventListener('change', ({ target }) => {
    chosen = chosen.filter((each) => each !== target.value);
    if (target.checked) {
      chosen.push(target.value);
    }
    number();
  });
  at('no-columns').addEventListener('click', () => {
    choose([]);
    at('form').dispatchEvent(new Event('change'));
  });
}

/** Offers columns, with some of them ticked. */
export function offer(columns, ticked = []) {
  at('boxes').replaceChildren(...columns.map(box));
  at('unknown-columns').hidden = columns.length > 0;
  choose(ticked);
}

/** Ticks columns in an order; one that is not offered stays among them, for the service to refuse. */
export function choose(columns) {
  chosen = [...columns];
  number();
}

/** The columns in their order. */
export function chosenColumns() {
  return [...chosen];
}

function box(column) {
  const input = element('input', '');
  input.type = 'checkbox';
  input.value = column;
  return element('label', 'box', input, element('span', 'name', column), element('span', 'place'));
}

/** Shows which are chosen, and which is the how-manieth. */
function number() {
  for (const label of at('boxes').children) {
    const [input, , place] = label.children;
    const index = chosen.indexOf(input.value);
    input.checked = index >= 0;
    place.textContent = index >= 0 ? index + 1 : '';
  }
  at('no-columns').disabled = chosen.length === 0;
}
