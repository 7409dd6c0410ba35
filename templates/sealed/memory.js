'use strict';
/*
 * What a browser keeps of a site between visits: its key, and the highest number of a publish it has opened.
 *
 * The number stays when the key is forgotten: it is what a rollback is told by.
 */
const Memory = (() => {
  /** Does something with the one store of the site whose root is `base`, in one transaction. */
  function transact(base, mode, act) {
    return new Promise((resolve, reject) => {
      const opening = indexedDB.open(`playbook-seal ${base}`, 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore('kept');
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const database = opening.result;
        const transaction = database.transaction('kept', mode);
        const found = {};
        act(transaction.objectStore('kept'), found);
        transaction.oncomplete = () => {
          database.close();
          resolve(found.value);
        };
        transaction.onabort = () => {
          database.close();
          reject(transaction.error);
        };
      };
    });
  }

  function read(base, name) {
    return transact(base, 'readonly', (store, found) => {
      store.get(name).onsuccess = (event) => (found.value = event.target.result);
    });
  }

  return {
    /** {wrap, remember} or undefined. */
    key: (base) => read(base, 'key'),
    keepKey: (base, key) => transact(base, 'readwrite', (store) => store.put(key, 'key')),
    forgetKey: (base) => transact(base, 'readwrite', (store) => store.delete('key')),

    /** The highest number opened before; the number given is kept where it is higher. */
    highest: (base, seq) =>
      transact(base, 'readwrite', (store, found) => {
        store.get('seq').onsuccess = (event) => {
          found.value = event.target.result || 0;
          if (seq > found.value) store.put(seq, 'seq');
        };
      }),

    /** Refuses a site that is older than one opened before from the same address. */
    async admit(base, site) {
      const highest = await Memory.highest(base, site.seq);
      if (site.seq < highest) {
        throw new Seal.Refusal(
          'rollback',
          `The host offers an older publish (number ${site.seq}) than one you have opened here before (number ` +
            `${highest}). It is refused: an old copy may be stale, or open to somebody who is no longer meant to read ` +
            'it. Where a publish is only minutes old, wait and reload. Where you took a publish back yourself, clear ' +
            'this site’s data in your browser and unlock again.',
        );
      }
    },
  };
})();
