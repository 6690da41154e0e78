/** The request as a command for a shell, to look at and to copy. */

import { copyTextOf } from './clipboard.js';
import { quote } from './shell.js';

const at = (id) => document.getElementById(id);

/** Takes clicks on the button that copies the command. */
export function listenToCopy() {
  at('copy').addEventListener('click', async () => {
    say(await copyTextOf(at('command')));
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

function say(text) {
  at('copied').textContent = text;
}
