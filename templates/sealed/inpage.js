'use strict';
/*
 * Shows an opened site in the one page that opened it, where no service worker can: every file becomes a blob: address,
 * every link to a page `#!/path`, and a page is written over the one before it. The content-security policy of the
 * page that all began with stays in force throughout.
 *
 * Goes behind crypto.js, site.js and control.js. Refuses to keep anything: a reload asks for the passphrase again.
 */
/** Where the packs of a host's folder come from, for a page without a worker. */
function packsOfHost(base) {
  return {
    async fetch(name, number, again) {
      const ask = (how) => fetch(new URL(`d/${name}`, base), { cache: how, referrerPolicy: 'no-referrer' });
      let response = await ask(again ? 'reload' : 'default');
      if (!response.ok) response = await ask('reload'); // "not found" is kept by browsers, too
      if (!response.ok) throw new Seal.Refusal('missing', `A part of this site is missing on the host (status ${response.status}).`);
      return new Uint8Array(await response.arrayBuffer());
    },
    async keep() {},
  };
}

const InPage = (() => {
  const ROOT = 'https://site.invalid/'; // what the site's addresses are resolved against; nothing is ever fetched there
  const SEARCH = 'search/search_index.json';
  const HERE = new URL('.', location.href).href; // what the theme resolves its own addresses against
  const blobs = new Map(); // path → promise of its blob: address
  let site;
  let allowed; // the inline scripts that the site's policy allows, as 'sha256-…'
  let searchIndex; // its blob: address and its text
  let shown = 0; // how many pages were asked for: the last one wins
  let written = 0; // how many were shown: what an earlier one began is over

  const blobOf = (content, type) => URL.createObjectURL(new Blob([content], { type }));

  /** The path inside the site that an address on the page `from` means, or null where it leads elsewhere. */
  function pathOf(address, from) {
    try {
      const url = new URL(address, ROOT + from);
      return url.href.startsWith(ROOT) ? decodeURIComponent(url.pathname.slice(1)) : null;
    } catch {
      return null;
    }
  }

  /** The blob: address of a file, or null where the site has none. */
  function addressOf(path) {
    if (path === null || !site.has(path)) return Promise.resolve(null);
    if (!blobs.has(path)) blobs.set(path, makeAddress(path));
    return blobs.get(path);
  }

  async function makeAddress(path) {
    if (!path.endsWith('.css')) return blobOf(await site.read(path), site.type(path));
    const text = await site.text(path);
    const found = new Map();
    for (const [whole, , address] of text.matchAll(/url\((["']?)([^"')]+)\1\)/g)) {
      if (!/^(data:|#)/i.test(address)) found.set(whole, await addressOf(pathOf(address, path)));
    }
    let rewritten = text.replace(/@import[^;]+;/g, '');
    for (const [whole, address] of found) rewritten = rewritten.replaceAll(whole, address ? `url(${address})` : 'none');
    return blobOf(rewritten, 'text/css');
  }

  async function hashOf(text) {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', Seal.utf8(text)));
    return `'sha256-${btoa(String.fromCharCode(...digest))}'`;
  }

  // ---- one page, made to stand alone

  async function rewriteLink(link, path) {
    const address = link.getAttribute('href');
    if (address.startsWith('#') || /^(mailto|tel|sms|blob|data):/i.test(address)) return;
    if (/^\s*javascript:/i.test(address)) return void link.removeAttribute('href');
    const target = pathOf(address, path);
    if (target === null) {
      link.rel = 'noreferrer noopener';
      link.target = '_blank'; // leaving this page would lock the site
      return;
    }
    const file = site.resolve(target) || site.resolve(`${target}/`);
    if (file === null || file.endsWith('.html')) {
      const url = new URL(address, ROOT + path);
      link.setAttribute('href', `#!${url.pathname}${url.hash.replace('#', '~')}`);
      return;
    }
    link.setAttribute('href', await addressOf(file));
    link.download = file.split('/').pop();
  }

  async function rewriteResource(element, attribute, path) {
    const address = element.getAttribute(attribute);
    if (address.startsWith('#') || /^data:/i.test(address)) return;
    const known = await addressOf(pathOf(address, path));
    if (known) element.setAttribute(attribute, known);
    else element.removeAttribute(attribute);
    element.removeAttribute('integrity');
  }

  async function rewriteScript(script) {
    if (script.type && !/javascript|^module$/i.test(script.type)) return; // data
    const text = script.textContent;
    if (!allowed.has(await hashOf(text))) return void script.remove();
    // The theme keeps its settings under the root of the site, which it reckons from the page's own address.
    script.setAttribute('src', blobOf(text.replace(/__md_scope=new URL\("[^"]*"/, '__md_scope=new URL("."'), 'text/javascript'));
    script.textContent = '';
  }

  /** The theme's settings: its root is here, its worker a blob:, and every page is written as a whole. */
  async function rewriteConfig(element, path) {
    const config = JSON.parse(element.textContent);
    config.base = '.';
    if (config.search) config.search = await addressOf(pathOf(config.search, path));
    config.features = (config.features || []).filter((feature) => !feature.startsWith('navigation.instant'));
    element.textContent = JSON.stringify(config).replaceAll('<', '\\u003c');
  }

  async function standAlone(path) {
    const page = new DOMParser().parseFromString(await site.page(path, '/'), 'text/html');
    const gone = 'base, meta[http-equiv], link:not([rel~=stylesheet]):not([rel~=icon]), iframe, object, embed';
    page.querySelectorAll(gone).forEach((element) => element.remove());
    const work = [];
    page.querySelectorAll('a[href]').forEach((link) => work.push(rewriteLink(link, path)));
    page.querySelectorAll('link[href]').forEach((link) => work.push(rewriteResource(link, 'href', path)));
    page.querySelectorAll('[src]').forEach((element) => work.push(rewriteResource(element, 'src', path)));
    page.querySelectorAll('[srcset]').forEach((element) => element.removeAttribute('srcset'));
    page.querySelectorAll('script:not([src])').forEach((script) => work.push(rewriteScript(script)));
    const config = page.getElementById('__config');
    if (config) work.push(rewriteConfig(config, path));
    await Promise.all(work);
    return `<!doctype html>${page.documentElement.outerHTML}`;
  }

  // ---- showing it

  /** Shows the page that `wanted` means: a path, and perhaps `~` and a place in it. */
  async function show(wanted) {
    const turn = ++shown;
    const [address, place] = wanted.split('~');
    const path = pathOf(`/${address.replace(/^\/+/, '')}`, '') || '';
    const file = site.resolve(path) || site.resolve(`${path}/`) || (site.has('404.html') ? '404.html' : null);
    let html;
    try {
      html = file ? await standAlone(file) : plain('Nothing here', 'This site has no page at this address.');
    } catch (error) {
      const known = error instanceof Seal.Refusal;
      html = plain('This page was not opened', known ? error.message : 'Something went wrong while opening it. Nothing of it is shown.');
    }
    if (turn !== shown) return;
    endWhatRuns();
    document.open(); // takes every listener with it
    document.write(html);
    document.close();
    listen();
    // Scripts of the page are blob: addresses, at which the parser waits.
    if (document.readyState === 'loading') await new Promise((done) => document.addEventListener('DOMContentLoaded', done));
    if (turn !== shown) return;
    showLockControl(lock);
    const target = place && document.getElementById(decodeURIComponent(place));
    if (target) target.scrollIntoView();
    else scrollTo(0, 0);
  }

  const plain = (title, text) =>
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Not opened</title><body><h1>${title}</h1><p role="alert">${text}</p>` +
    `<p><a href="#!/">Home</a></p></body>`;

  /** A reload: the keys and all that was opened go with the page. */
  function lock() {
    document.documentElement.hidden = true;
    history.replaceState(null, '', location.pathname + location.search);
    location.reload();
  }

  const wantedNow = () => (location.hash.startsWith('#!/') ? location.hash.slice(3) : '');

  function listen() {
    addEventListener('hashchange', () => {
      if (location.hash === '' || location.hash.startsWith('#!/')) show(wantedNow());
    });
    document.addEventListener('click', follow, true);
  }

  /** Links that the theme made itself (what a search found) lead below HERE; places within the page have no path. */
  function follow(event) {
    const link = event.target.closest && event.target.closest('a[href]');
    if (!link || event.metaKey || event.ctrlKey) return;
    const address = link.getAttribute('href');
    if (address.startsWith('#!/')) return;
    if (address.startsWith('#')) {
      event.preventDefault();
      const target = document.getElementById(decodeURIComponent(address.slice(1)));
      if (target) target.scrollIntoView();
      return;
    }
    if (!link.href.startsWith(HERE)) return;
    const url = new URL(link.href);
    const path = decodeURIComponent(url.pathname.slice(new URL(HERE).pathname.length));
    if (!site.resolve(path) && !site.resolve(`${path}/`)) return;
    event.preventDefault();
    event.stopPropagation();
    location.hash = `#!/${path}${url.hash.replace('#', '~')}`;
  }

  // ---- what the theme fetches by itself

  function belowHere(address) {
    const url = new URL(address, location.href).href.split(/[?#]/)[0];
    return url.startsWith(HERE) ? url.slice(HERE.length) : null;
  }

  function redirectTheme() {
    const open = XMLHttpRequest.prototype.open;
    XMLHttpRequest.prototype.open = function redirected(method, address, ...rest) {
      const path = belowHere(address);
      let known = address;
      if (path === SEARCH && searchIndex) known = searchIndex.address;
      else if (path === 'sitemap.xml') known = blobOf('<urlset/>', 'text/xml');
      return open.call(this, method, known, ...rest);
    };
    // On file: the theme loads its index as a script, which sets a global.
    const setAttribute = Element.prototype.setAttribute;
    Element.prototype.setAttribute = function redirected(name, value) {
      const isIndex = this.tagName === 'SCRIPT' && name === 'src' && belowHere(value) === 'search/search_index.js';
      if (!isIndex || !searchIndex) return setAttribute.call(this, name, value);
      window.__index = JSON.parse(searchIndex.text);
      return setAttribute.call(this, name, blobOf('', 'text/javascript'));
    };
  }

  // ---- what the theme of the page before has left running: document.open() takes listeners, and nothing else

  const running = []; // functions that end something

  function recordWhatRuns() {
    const end = { ResizeObserver: 'disconnect', IntersectionObserver: 'disconnect', MutationObserver: 'disconnect', Worker: 'terminate' };
    for (const [name, how] of Object.entries(end)) {
      window[name] = class extends window[name] {
        constructor(...given) {
          super(...given);
          running.push(() => this[how]());
        }
      };
    }
    // A timer of a page that is gone would look for elements of it in the page that is shown. They are too many to be kept
    // in a list: each finds out when its time has come, and one that comes again and again ends with that.
    for (const [start, stop] of [
      ['setTimeout', 'clearTimeout'], ['setInterval', 'clearInterval'], ['requestAnimationFrame', 'cancelAnimationFrame'],
    ]) {
      const native = window[start];
      window[start] = (task, ...given) => {
        const page = written;
        const timer = native.call(window, (...what) => (page === written ? task(...what) : window[stop](timer)), ...given);
        return timer;
      };
    }
    const send = XMLHttpRequest.prototype.send;
    XMLHttpRequest.prototype.send = function recorded(...given) {
      running.push(() => this.abort());
      return send.apply(this, given);
    };
    for (const [add, remove] of [['addListener', 'removeListener'], ['addEventListener', 'removeEventListener']]) {
      const native = MediaQueryList.prototype[add];
      MediaQueryList.prototype[add] = function recorded(...given) {
        running.push(() => this[remove](...given));
        return native.apply(this, given);
      };
    }
  }

  function endWhatRuns() {
    written += 1;
    running.splice(0).forEach((end) => end());
  }

  return {
    /** Shows an opened site, beginning with this path. */
    async start(opened, path) {
      site = opened;
      allowed = new Set(site.index.csp.match(/'sha256-[^']+'/g) || []);
      if (site.has(SEARCH)) searchIndex = { text: await site.text(SEARCH), address: await addressOf(SEARCH) };
      redirectTheme();
      recordWhatRuns();
      await show(path || wantedNow());
    },
  };
})();
