/** Elements made by scripts. Data become text nodes only, never markup. */

/** A new element of a class with text or elements in it. */
export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className !== '') {
    made.className = className;
  }
  made.append(...children);
  return made;
}
