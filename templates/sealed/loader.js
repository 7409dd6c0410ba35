'use strict';
/*
 * Opens a sealed site that lies on a host: asks for the passphrase, derives the key, and hands it to the worker.
 * Where there are no service workers it fetches inpage.js, which opens the site in this one page.
 *
 * Goes behind crypto.js and door.js.
 */
(async () => {
  const base = new URL('./', location.href);
  const INPAGE = { src: 'inpage.js', integrity: '@@inpage.js@@' };
  const PATIENCE = 5000; // how long a worker may take to start, in milliseconds
  // First of all: the secret of a link must not stay in the address, nor in the history.
  const { secret, path } = Door.takeHash();

  // Another link to the same page, while its lock screen is open: to begin again is the simplest way to take it up.
  const again = () => /^#(k=|!\/)/.test(location.hash) && location.reload();

  if (window.top !== window.self) {
    return Door.close('This page does not open inside another one. Open it in a tab of its own.');
  }
  if (!window.isSecureContext || !crypto.subtle) {
    return Door.close(`This address needs https: without it the browser offers no encryption. Open https://${location.host}${location.pathname} instead.`);
  }

  async function readHeader() {
    let response;
    try {
      response = await fetch(new URL('h.json', base), { cache: 'no-cache', referrerPolicy: 'no-referrer' });
    } catch {
      throw new Seal.Refusal('unreachable', 'The host cannot be reached. Go online and try again.');
    }
    if (!response.ok) throw new Seal.Refusal('missing', `The host has no header for this site (h.json, status ${response.status}).`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { bytes, ...(await Seal.readHeader(bytes)) };
  }

  /** The worker, started; null where this browser, window or policy has none. */
  async function startWorker() {
    if (!navigator.serviceWorker) return null;
    try {
      const registration = await navigator.serviceWorker.register(new URL('sw.js', base), {
        scope: base.pathname,
        updateViaCache: 'none',
      });
      if (!registration) return null;
      const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
      const ready = await Promise.race([navigator.serviceWorker.ready, late]);
      return ready && ready.active;
    } catch {
      return null;
    }
  }

  function ask(worker, question) {
    return new Promise((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = (event) => resolve(event.data);
      worker.postMessage(question, [channel.port2]);
    });
  }

  /** Leaves the lock screen for the page that is wanted: a navigation, which the worker answers. */
  function enter() {
    const wanted = new URL(base.href + path.replace(/^\/+/, ''));
    location.replace(wanted.href.startsWith(base.href) ? wanted : base);
  }

  /** Whether the worker has let us in, and a navigation has led back here: a browser that leaves workers out. */
  function ledBack() {
    const now = Date.now();
    const last = Number(sessionStorage.getItem('playbook-seal entered') || 0);
    sessionStorage.setItem('playbook-seal entered', String(now));
    return now - last < 3000;
  }

  async function openInPage() {
    await new Promise((resolve, reject) => {
      const script = document.createElement('script');
      Object.assign(script, INPAGE, { onload: resolve, onerror: () => reject(new Error('a script of this page did not arrive')) });
      document.head.append(script);
    });
    Door.forgetful('This browser window offers no service worker. The site opens in this one page, and asks again after each reload.');
    return async (wrap, _, header) => {
      const keys = await Seal.openHeader(header, wrap);
      if (!keys) throw new Seal.Refusal('key', 'wrong');
      const site = await SealedSite.open(keys, packsOfHost(base));
      // A private window may have no storage: then there is nothing to compare with, as on a first visit.
      await Memory.admit(base.pathname, site).catch((error) => {
        if (error instanceof Seal.Refusal) throw error;
      });
      removeEventListener('hashchange', again);
      await InPage.start(site, path);
    };
  }

  Door.turn('starting');
  addEventListener('hashchange', again);
  let worker = await startWorker();
  if (worker) {
    const status = await ask(worker, { type: 'status' });
    if (status.open) {
      if (!ledBack()) return enter();
      worker = null;
    } else if (status.kind === 'rollback') {
      return Door.close(status.message);
    }
    navigator.serviceWorker.addEventListener('message', (event) => {
      if (event.data && event.data.type === 'unlocked') enter();
    });
  }

  const openThroughWorker = async (wrap, remember, header) => {
    const answer = await ask(worker, { type: 'unlock', wrap, remember, header: header.bytes });
    if (!answer.open) throw new Seal.Refusal(answer.kind, answer.message);
    enter();
  };
  const open = worker ? openThroughWorker : await openInPage();
  let header;
  try {
    header = await readHeader();
  } catch (error) {
    if (error.kind === 'iterations' || error.kind === 'header') return Door.close(error.message);
    header = null; // offline, perhaps: asked for again with each attempt
  }

  const openWith = async (derive, remember) => {
    const known = header || (await readHeader());
    header = null; // after an attempt that failed the host may have another one
    await open(await derive(known), remember, known);
  };
  Door.attend((passphrase, remember) => openWith((known) => Seal.wrapKeyOfPassphrase(passphrase, known), remember));
  if (secret !== undefined) {
    await Door.attempt(() =>
      openWith((known) => {
        let bytes = new Uint8Array(0);
        try {
          bytes = Seal.unb64url(secret);
        } catch {
          // not Base64: as good as cut off
        }
        return Seal.wrapKeyOfLink(bytes, known);
      }, false),
    );
  }
  return undefined;
})().catch((error) => Door.close(`It could not be opened: ${error.message}`));
