/** The request as a command for a shell, to look at and to copy. */

const at = (id) => document.getElementById(id);

/** Takes clicks on the button that copies the command. */
export function listenToCopy() {
  at('copy').addEventListener('click', async () => {
    say(await copy());
  });
}

/** Shows the command of a request. */
export function showCommand(path, pastCaches) {
  const command = [
    'curl',
    ...(pastCaches ? ['-H', quote('Cache-Control: no-cache')] : []),
    quote(location.origin + path),
  ].join(' ');
  if (at('command').textContent !== command) {
    at('command').textContent = command;
    say('');
  }
}

/** A word of a POSIX shell. */
function quote(word) {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * Copies the command, and says what became of it. A browser gives the clipboard to pages of HTTPS
 * or of this machine only, and may ask first; where it does not, an older way is tried, and if that
 * fails too, the command is left selected.
 */
async function copy() {
  try {
    await navigator.clipboard.writeText(at('command').textContent);
    return 'Copied';
  } catch {
    getSelection().selectAllChildren(at('command'));
    return document.execCommand('copy') ? 'Copied' : 'Selected: copy it with Ctrl+C or ⌘C';
  }
}

function say(text) {
  at('copied').textContent = text;
}
