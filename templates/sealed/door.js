'use strict';
/*
 * The lock screen: the form, what it says, and in which state it is. Goes behind crypto.js.
 *
 * Knows nothing of keys: a secret that was typed is handed to a function, which opens the site or throws a Refusal.
 */
const Door = (() => {
  const form = document.getElementById('door');
  const field = document.getElementById('passphrase');
  const remember = document.getElementById('remember');
  const button = document.getElementById('unlock');
  const show = document.getElementById('show');
  const message = document.getElementById('message');
  const progress = document.getElementById('progress');

  /** The state is also what a test waits for: starting, ready, working, wrong, refused, done. */
  function turn(state, text = '') {
    document.documentElement.dataset.state = state;
    const isWorking = state === 'working';
    message.textContent = text;
    message.classList.toggle('quiet', isWorking || state === 'ready');
    progress.hidden = !isWorking;
    form.setAttribute('aria-busy', String(isWorking));
    button.disabled = isWorking || state === 'starting';
    field.readOnly = isWorking;
    field.setAttribute('aria-invalid', String(state === 'wrong'));
  }

  /** Nothing can be typed any more: there is a reason, and it is told. */
  function close(text) {
    turn('refused', text);
    form.querySelectorAll('.entry').forEach((part) => (part.hidden = true));
  }

  show.addEventListener('click', () => {
    const shown = field.type === 'password';
    field.type = shown ? 'text' : 'password';
    show.textContent = shown ? 'Hide' : 'Show';
    show.setAttribute('aria-pressed', String(shown));
    field.focus();
  });

  return {
    turn,
    close,

    /** Nothing is kept in this mode, so there is nothing to choose. */
    forgetful(text) {
      document.getElementById('memory').hidden = true;
      remember.checked = false;
      const note = document.getElementById('mode');
      note.textContent = text;
      note.hidden = false;
    },

    /** Calls `open(passphrase, remember)` for each attempt. */
    attend(open) {
      form.addEventListener('submit', async (event) => {
        event.preventDefault();
        if (document.documentElement.dataset.state === 'working') return;
        if (field.value === '') return void field.focus();
        field.type = 'password'; // what a browser offers to keep must be a password field
        await Door.attempt(() => open(field.value, remember.checked));
      });
      turn('ready');
      field.focus();
    },

    /** One attempt to open, and what came of it. */
    async attempt(open) {
      turn('working', 'Deriving the key…');
      try {
        await open();
        turn('done');
      } catch (error) {
        const kind = error instanceof Seal.Refusal ? error.kind : 'error';
        if (kind === 'key') {
          turn('wrong', 'That does not open it. Check for a typing mistake, and whether you were given a new passphrase.');
          field.select();
          field.focus();
        } else if (kind === 'rollback' || kind === 'iterations' || kind === 'header') {
          close(error.message);
        } else {
          turn('wrong', kind === 'error' ? `It could not be opened: ${error.message}` : error.message);
        }
      }
    },

    /** What stands behind `#`: a link's secret, which leaves the address at once, and the page that is wanted. */
    takeHash() {
      const [, secret, path] = location.hash.match(/^#(?:k=([\w-]*))?(?:!\/(.*))?$/) || [];
      if (secret !== undefined) history.replaceState(null, '', `${location.pathname}${location.search}${path ? `#!/${path}` : ''}`);
      return { secret, path: path || '' };
    },
  };
})();
