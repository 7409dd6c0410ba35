'use strict';
/*
 * The service worker of a sealed site: fetches packs, decrypts them, and answers with headers the host cannot set.
 * Goes behind crypto.js, site.js and memory.js.
 *
 * Only what came from the host as it is (packs, header, loader) is ever written to the browser's cache. The worker may be
 * stopped and started at any moment: whatever must outlive that is in Memory.
 */
const ROOT = new URL('./', self.location.href);
const BASE = ROOT.pathname;
const SEALED = `playbook-seal ${BASE}`; // the packs and their header: purged by locking
const LOADER = `playbook-loader ${BASE}`; // so that the lock screen opens offline, too
const LOADER_FILES = ['./', 'loader.js', 'inpage.js'];
const AS_THEY_ARE = /^(404\.html|sw\.js|loader\.js|inpage\.js|h\.json|robots\.txt|d\/[0-9a-f]{32})$/;
const LOCK_PATH = '_sealed/lock.js';
const LOCK_SCRIPT = '@@lock@@';
const PATIENCE = 4000; // how long a page waits for the host to say whether there is a new publish, in milliseconds

let opened = null; // {site, wrap, remember, header}: header is the text of h.json that the site was opened with
let opening = null; // the promise of it, while a worker that was just started opens again
let prefetching = null;

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

// ---------------------------------------------------------------------------------------------------- from the host

/** A file as the host has it now, and from the cache where the host cannot be reached. */
async function fetchFresh(path, cacheName) {
  const cache = await caches.open(cacheName);
  const url = new URL(path, ROOT);
  try {
    const options = { cache: 'no-cache', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(PATIENCE) };
    const response = await fetch(url, options);
    if (!response.ok) throw new Error(`status ${response.status}`);
    if (cacheName === LOADER) await cache.put(url, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(url);
    if (kept) return kept;
    throw new Seal.Refusal('unreachable', `The host cannot be reached, and this was not fetched before (${error.message}).`);
  }
}

async function fetchHeader() {
  return new Uint8Array(await (await fetchFresh('h.json', SEALED)).arrayBuffer());
}

async function cachedHeader() {
  const kept = await (await caches.open(SEALED)).match(new URL('h.json', ROOT));
  return kept ? new Uint8Array(await kept.arrayBuffer()) : null;
}

/** Where a site's packs come from. What is not what was sealed never reaches the cache, and is thrown out of it. */
const packSource = {
  async fetch(name, number, again) {
    const cache = await caches.open(SEALED);
    const url = new URL(`d/${name}`, ROOT);
    if (again) await cache.delete(url);
    const kept = again ? null : await cache.match(url);
    if (kept) {
      this.known.add(name);
      return new Uint8Array(await kept.arrayBuffer());
    }
    const ask = (how) => fetch(url, { cache: how, referrerPolicy: 'no-referrer' });
    let response;
    try {
      response = await ask(again ? 'reload' : 'default');
      if (!response.ok) response = await ask('reload'); // "not found" is kept by browsers, too
    } catch {
      throw new Seal.Refusal('unreachable', 'The host cannot be reached, and this part was not fetched before.');
    }
    if (!response.ok) throw new Seal.Refusal('missing', `A part of this site is missing on the host (status ${response.status}).`);
    this.known.delete(name);
    return new Uint8Array(await response.arrayBuffer());
  },
  async keep(name, bytes) {
    if (this.known.has(name)) return;
    this.known.add(name);
    await (await caches.open(SEALED)).put(new URL(`d/${name}`, ROOT), new Response(bytes));
  },
  known: new Set(), // names of the packs that are in the cache
};

// ---------------------------------------------------------------------------------------------------- open and shut

const sameBytes = (one, other) => one.length === other.length && one.every((byte, place) => byte === other[place]);

/** The site behind a header. A Refusal of the kind 'key' where the wrap key opens no slot of it. */
async function openSite(wrap, remember, header) {
  const keys = await Seal.openHeader(await Seal.readHeader(header), wrap);
  if (!keys) throw new Seal.Refusal('key', 'This key does not open the site.');
  const site = await SealedSite.open(keys, packSource);
  await Memory.admit(BASE, site);
  await (await caches.open(SEALED)).put(new URL('h.json', ROOT), new Response(header));
  return { site, wrap, remember, header };
}

/** The open site, or null where it is locked. */
async function current() {
  if (opened) return opened;
  if (!opening) opening = reopen().finally(() => (opening = null));
  const found = await opening;
  opened = opened || found;
  return opened;
}

/** The site as a worker that was just started finds it: with the key that Memory keeps. */
async function reopen() {
  const key = await Memory.key(BASE);
  if (!key) return null;
  const header = await fetchHeader();
  try {
    return await openSite(key.wrap, key.remember, header);
  } catch (error) {
    if (error.kind === 'key') {
      await shut();
      return null;
    }
    // A host in the middle of a deployment has the new header and not yet all packs: the site kept here still opens.
    const kept = error.kind === 'missing' || error.kind === 'unreachable' ? await cachedHeader() : null;
    if (!kept || sameBytes(kept, header)) throw error;
    return openSite(key.wrap, key.remember, kept);
  }
}

/** Forgets the key and what was fetched; the highest number stays. */
async function shut() {
  opened = null;
  prefetching = null;
  packSource.known.clear();
  await Memory.forgetKey(BASE);
  await caches.delete(SEALED);
}

/** Tells every tab that the site was locked or unlocked; each goes where it has to. */
async function tell(type) {
  for (const client of await windows()) client.postMessage({ type });
}

/** The open windows of this site; a neighbour at the same host is none of ours. */
async function windows() {
  const all = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return all.filter((client) => client.url.startsWith(ROOT.href));
}

/** Where the key is kept for as long as a tab is open, and none is: forgets it. */
async function shutWhereLastTabIsGone(arriving) {
  const key = opened || (await Memory.key(BASE));
  if (!key || key.remember) return;
  if (!(await windows()).some((client) => client.id !== arriving)) await shut();
}

/** Takes a new publish where the host has one. The old one stays where the new one is not there whole yet. */
async function refresh() {
  if (!opened) return;
  const before = opened;
  const header = await fetchHeader().catch(() => before.header);
  if (sameBytes(header, before.header) || opened !== before) return;
  try {
    opened = await openSite(before.wrap, before.remember, header);
  } catch (error) {
    if (error.kind === 'key') {
      await shut();
      // Not yet: the tab whose navigation is under way here would break it off.
      setTimeout(tell, 1500, 'locked');
      return;
    }
    if (error.kind === 'missing' || error.kind === 'unreachable') return;
    throw error;
  }
  const again = prefetching !== null;
  prefetching = null;
  await purge();
  if (again) prefetch();
}

/** Throws out the packs of publishes that are over. */
async function purge() {
  const cache = await caches.open(SEALED);
  const names = await packNames(opened.site);
  const keep = new Set(['h.json', ...names.map((name) => `d/${name}`)].map((path) => new URL(path, ROOT).href));
  for (const request of await cache.keys()) {
    if (!keep.has(request.url)) await cache.delete(request);
  }
}

function packNames(site) {
  return Promise.all(Array.from({ length: site.index.packs }, (_, number) => Seal.packName(site.keys, number)));
}

/** Fetches all there is, a few packs at a time, so that the site opens offline. Authenticated like any other pack. */
function prefetch() {
  prefetching = prefetching || fetchAll(opened.site).catch(() => (prefetching = null));
  return prefetching;
}

async function fetchAll(site) {
  await Promise.all(LOADER_FILES.map((path) => fetchFresh(path, LOADER)));
  const names = await packNames(site);
  let next = 0;
  const some = async () => {
    while (next < names.length && opened && opened.site === site) {
      const number = next++;
      if (!packSource.known.has(names[number])) await site.openPack(number);
    }
  };
  await Promise.all([some(), some(), some()]);
}

// ---------------------------------------------------------------------------------------------------- answers

function headers(type, policy) {
  const framed = policy.includes('frame-ancestors') ? policy : `${policy}${policy ? '; ' : ''}frame-ancestors 'none'`;
  return {
    'Cache-Control': 'no-store',
    'Content-Security-Policy': framed,
    'Content-Type': type,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'X-Robots-Tag': 'noindex',
  };
}

const escapeHtml = (text) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** A page of ours that says one thing: never a part of the site. */
function plainPage(status, title, text) {
  const style =
    ':root{color-scheme:light dark}body{font:1rem/1.55 system-ui,sans-serif;max-width:34rem;margin:18vh auto 0;padding:0 1.5rem}' +
    'h1{font-size:1.4rem}';
  const page =
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<meta name="robots" content="noindex"><title>Not opened</title><style>${style}</style>` +
    `<main><h1>${escapeHtml(title)}</h1><p role="alert">${escapeHtml(text)}</p><p><a href="">Try again</a></p></main>`;
  return new Response(page, { status, headers: headers('text/html; charset=utf-8', "default-src 'none'; style-src 'unsafe-inline'") });
}

function refused(error, isPage) {
  if (!isPage) return new Response('', { status: 502, headers: headers('text/plain', "default-src 'none'") });
  const known = error instanceof Seal.Refusal;
  if (known && error.kind === 'rollback') return plainPage(409, 'An older publish was refused', error.message);
  if (known && ['missing', 'unreachable'].includes(error.kind)) return plainPage(503, 'This page could not be fetched', error.message);
  return plainPage(502, 'This page was not opened', known ? error.message : 'Something went wrong while opening it. Nothing of it is shown.');
}

/** The lock screen, or the way to it: it has one address, and the page that was asked for stands behind the `#`. */
async function lockScreen(path, search) {
  if (path !== '' && path !== 'index.html') {
    return Response.redirect(`${ROOT.href}#!/${path.split('/').map(encodeURIComponent).join('/')}${search}`, 302);
  }
  const response = await fetchFresh('./', LOADER);
  const page = await response.text();
  const policy = (page.match(/http-equiv="Content-Security-Policy" content="([^"]*)"/) || [])[1] || "default-src 'none'";
  return new Response(page, { headers: headers('text/html; charset=utf-8', policy) });
}

/** One file of the site, or null where it has none under this path. */
async function answer(site, path, status = 200) {
  if (!site.has(path)) return null;
  const type = site.type(path);
  let body;
  if (type.startsWith('text/html')) {
    body = withLockControl(await site.page(path, BASE));
  } else if (path === 'sitemap.xml' && site.index.site_url) {
    // The theme's instant navigation goes only where the site map says, and compares whole addresses.
    body = (await site.text(path)).replaceAll(site.index.site_url.replace(/\/*$/, '/'), ROOT.href);
  } else {
    body = await site.body(path);
  }
  return new Response(body, { status, headers: headers(type, site.index.csp) });
}

function withLockControl(page) {
  const script = `<script src="${BASE}${LOCK_PATH}"></script>`;
  const end = page.lastIndexOf('</body>');
  return end < 0 ? page + script : page.slice(0, end) + script + page.slice(end);
}

async function respond(event) {
  const { request } = event;
  const url = new URL(request.url);
  let path;
  try {
    path = decodeURIComponent(url.pathname.slice(BASE.length));
  } catch {
    return new Response('', { status: 400 });
  }
  const isPage = request.mode === 'navigate';
  if (path === LOCK_PATH) return new Response(LOCK_SCRIPT, { headers: headers('text/javascript; charset=utf-8', "default-src 'none'") });
  if (isPage) await shutWhereLastTabIsGone(event.resultingClientId);
  if (AS_THEY_ARE.test(path) && !(isPage && path === '404.html')) {
    return LOADER_FILES.includes(path) ? fetchFresh(path, LOADER) : fetch(request).catch(() => Response.error());
  }
  if (isPage) await refresh();
  const now = await current();
  if (!now) return isPage ? lockScreen(path, url.search) : new Response('', { status: 403 });
  try {
    return await found(now.site, path, url);
  } catch (error) {
    // The host may have a new publish by now, and the packs of the one that is open here no more.
    if (error.kind !== 'missing') throw error;
    await refresh();
    if (!opened || opened === now) throw error;
    return found(opened.site, path, url);
  }
}

async function found(site, path, url) {
  const full = site.resolve(path);
  if (full) return answer(site, full);
  if (path !== '' && site.resolve(`${path}/`)) return Response.redirect(`${url.origin}${url.pathname}/${url.search}`, 302);
  return (await answer(site, '404.html', 404)) || plainPage(404, 'Nothing here', 'This site has no page at this address.');
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== ROOT.origin) return event.respondWith(Response.error()); // no page of this site speaks to another host
  if (!url.pathname.startsWith(BASE)) return undefined;
  if (request.method !== 'GET' && request.method !== 'HEAD') return event.respondWith(new Response('', { status: 405 }));
  return event.respondWith(respond(event).catch((error) => refused(error, request.mode === 'navigate')));
});

// ---------------------------------------------------------------------------------------------------- messages

const MESSAGES = {
  /** From the loader: is there anything to unlock? */
  status: async () => ({ open: (await current()) !== null }),

  /** From the loader, with the key: {wrap, remember, header}. */
  async unlock(message) {
    opened = await openSite(message.wrap, message.remember, message.header);
    await Memory.keepKey(BASE, { wrap: message.wrap, remember: message.remember });
    await purge();
    await tell('unlocked');
    return { open: true };
  },

  /** From a page of the site: forget everything. */
  async lock() {
    await shut();
    await tell('locked');
    return { open: false };
  },

  /** From a page of the site, once all of it is there: the time to fetch the rest. */
  async loaded() {
    if (await current()) await prefetch();
    return { open: opened !== null };
  },
};

self.addEventListener('message', (event) => {
  const act = MESSAGES[event.data && event.data.type];
  if (!act || !event.ports[0]) return;
  const done = act(event.data).catch((error) => ({ open: false, kind: error.kind || 'error', message: error.message }));
  event.waitUntil(done.then((answer_) => event.ports[0].postMessage(answer_)));
});
