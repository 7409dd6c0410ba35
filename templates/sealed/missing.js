
'use strict';
/*
 * Goes from an address that the host does not know to the lock screen, and takes the page that was asked for along
 * behind the `#`. The site may lie in any folder of its host: its root is the nearest one that has a header.
 */
(async () => {
  const parts = location.pathname.split('/').slice(1, -1);
  const folders = parts.map((_, place) => `/${parts.slice(0, place + 1).join('/')}/`).reverse().concat('/');
  const isRoot = async (folder) => {
    const response = await fetch(`${folder}h.json`, { cache: 'no-cache', referrerPolicy: 'no-referrer' });
    return response.ok && (await response.json()).v === 1;
  };
  for (const folder of folders) {
    if (await isRoot(folder).catch(() => false)) {
      const wanted = location.pathname.slice(folder.length) + location.search;
      const secret = (location.hash.match(/^#(k=[\w-]*)/) || ['', ''])[1];
      return location.replace(`${folder}#${secret}!/${wanted}`);
    }
  }
  document.getElementById('message').textContent = 'There is nothing at this address.';
  return undefined;
})();
