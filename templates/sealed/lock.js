'use strict';
/*
 * What the worker puts into every page it answers with, behind control.js: the way to lock, and to leave when another
 * tab has locked.
 */
(() => {
  // The worker answers it under this path and no host has it; two folders up is the site's own root.
  const base = new URL('../', document.currentScript.src);
  const worker = navigator.serviceWorker;

  /** To the lock screen; the address in the bar keeps no page's name. */
  function leave() {
    document.documentElement.hidden = true;
    location.replace(base);
  }

  /**
   * `…/#!/people/ada/` is an address of which no host hears the part behind `#`. A link's secret has nothing to open
   * here any more, and leaves the address.
   */
  function followHash() {
    const [whole, secret, path] = location.hash.match(/^#(k=[\w-]*)?(?:!\/(.*))?$/) || [];
    if (!whole) return;
    if (secret) history.replaceState(history.state, '', location.pathname + location.search);
    if (path === undefined) return;
    const target = new URL(base.href + path.replace(/^\/+/, ''));
    if (target.href.startsWith(base.href)) location.replace(target);
  }

  async function ask(message) {
    const { active } = await worker.ready;
    return new Promise((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = (event) => resolve(event.data);
      active.postMessage(message, [channel.port2]);
    });
  }

  followHash();
  addEventListener('hashchange', followHash);
  worker.addEventListener('message', (event) => {
    if (event.data && event.data.type === 'locked') leave();
  });
  worker.startMessages();
  // A page out of the browser's back and forward cache may have missed that the site was locked.
  addEventListener('pageshow', async (event) => {
    if (event.persisted && !(await ask({ type: 'status' })).open) leave();
  });
  showLockControl(async () => {
    await ask({ type: 'lock' });
    leave();
  });
  const loaded = () => setTimeout(() => ask({ type: 'loaded' }), 300);
  if (document.readyState === 'complete') loaded();
  else addEventListener('load', loaded);
})();
