/**
 * Copies an element's text, and says what became of it. A browser gives the clipboard to pages of
 * HTTPS or of this machine only, and may ask first; where it does not, an older way is tried, and if
 * that fails too, the text is left selected.
 */
export async function copyTextOf(element) {
  try {
    await navigator.clipboard.writeText(element.textContent);
    return 'Copied';
  } catch {
    getSelection().selectAllChildren(element);
    return document.execCommand('copy') ? 'Copied' : 'Selected: copy it with Ctrl+C or ⌘C';
  }
}
