'use strict';
/*
 * Keys, slots and packs of a sealed site, as docs/sealing.md writes them down.
 *
 * Knows nothing of pages, workers and where bytes come from. Goes in front of loader.js, sw.js and single.js.
 */
const Seal = (() => {
  const LABEL = 'playbook-seal/1 ';
  const PACK = 131072;
  const PACK_FILE = 12 + PACK + 16;
  const FEWEST_ITERATIONS = 600000;
  const MOST_ITERATIONS = 10000000;
  const MOST_HEADER = 4096;
  const SLOTS = 9;

  /** Why a site is not opened. `kind` is for programs, the message for people. */
  class Refusal extends Error {
    constructor(kind, message) {
      super(message);
      this.name = 'Refusal';
      this.kind = kind;
    }
  }

  const utf8 = (text) => new TextEncoder().encode(text);
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

  /** The bytes of a Base64 text. */
  function unb64(text) {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  }

  /** The bytes of a URL-safe Base64 text without padding. */
  function unb64url(text) {
    return unb64(text.replace(/-/g, '+').replace(/_/g, '/'));
  }

  /** The header in these bytes of h.json; a Refusal where the format does not allow it. */
  async function readHeader(bytes) {
    let tree;
    let salt;
    let slots;
    try {
      if (bytes.length > MOST_HEADER) throw new Error('too long');
      tree = JSON.parse(new TextDecoder().decode(bytes));
      salt = unb64(tree.salt);
      slots = tree.slots.map((slot) => ({ iv: unb64(slot.iv), key: unb64(slot.key) }));
      if (tree.v !== 1 || tree.kdf.alg !== 'PBKDF2-SHA256' || !Number.isInteger(tree.kdf.iterations)) {
        throw new Error('another format');
      }
      if (salt.length !== 16 || slots.length !== SLOTS) throw new Error('another shape');
      if (slots.some((slot) => slot.iv.length !== 12 || slot.key.length !== 48)) throw new Error('another shape');
    } catch {
      throw new Refusal('header', 'The header of this site (h.json) is damaged, or of a format this page does not know.');
    }
    const iterations = tree.kdf.iterations;
    if (iterations < FEWEST_ITERATIONS || iterations > MOST_ITERATIONS) {
      throw new Refusal(
        'iterations',
        `The header of this site was changed: it asks for ${iterations.toLocaleString('en')} rounds of key ` +
          `derivation. Fewer than ${FEWEST_ITERATIONS.toLocaleString('en')} or more than ` +
          `${MOST_ITERATIONS.toLocaleString('en')} are never used. Do not type your passphrase here.`,
      );
    }
    const digest = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
    return { salt, slots, iterations, digest };
  }

  async function derive(keyBytes, salt, info, algorithm, usages) {
    const key = await crypto.subtle.importKey('raw', keyBytes, 'HKDF', false, ['deriveKey', 'deriveBits']);
    const parameters = { name: 'HKDF', hash: 'SHA-256', salt, info: utf8(LABEL + info) };
    if (algorithm === null) return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, 256));
    return crypto.subtle.deriveKey(parameters, key, algorithm, false, usages);
  }

  /** The wrap key of a master key, as a CryptoKey whose bytes no script can read. Wipes the master key. */
  async function wrapKey(master, salt) {
    const key = await derive(master, salt, 'wrap', { name: 'AES-GCM', length: 256 }, ['decrypt']);
    master.fill(0);
    return key;
  }

  /** The wrap key of a passphrase; this takes as long as the iterations do. */
  async function wrapKeyOfPassphrase(passphrase, header) {
    const typed = await crypto.subtle.importKey('raw', utf8(passphrase.normalize('NFC')), 'PBKDF2', false, ['deriveBits']);
    const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt: header.salt, iterations: header.iterations };
    return wrapKey(new Uint8Array(await crypto.subtle.deriveBits(parameters, typed, 256)), header.salt);
  }

  /** The wrap key of the 16 random bytes in a link. */
  async function wrapKeyOfLink(secret, header) {
    if (secret.length !== 16) throw new Refusal('link', 'This link is not whole: its secret was cut off or changed.');
    return wrapKey(await derive(secret, header.salt, 'link', null), header.salt);
  }

  async function decrypt(key, iv, sealed, associated) {
    const parameters = { name: 'AES-GCM', iv, additionalData: utf8(LABEL + associated) };
    return new Uint8Array(await crypto.subtle.decrypt(parameters, key, sealed));
  }

  /** What reads the packs, or null where no slot is this wrap key's. */
  async function openHeader(header, wrap) {
    for (const slot of header.slots) {
      let dataKey;
      try {
        dataKey = await decrypt(wrap, slot.iv, slot.key, 'slot');
      } catch {
        continue; // somebody else's slot, or nobody's
      }
      const none = new Uint8Array(0);
      const pack = await derive(dataKey, none, 'pack', { name: 'AES-GCM', length: 256 }, ['decrypt']);
      const name = await derive(dataKey, none, 'name', { name: 'HMAC', hash: 'SHA-256', length: 256 }, ['sign']);
      dataKey.fill(0);
      return { pack, name, header: header.digest };
    }
    return null;
  }

  /** The file name of one pack: 32 hex digits. */
  async function packName(keys, number) {
    const mac = new Uint8Array(await crypto.subtle.sign('HMAC', keys.name, utf8(`pack ${number}`)));
    return hex(mac.subarray(0, 16));
  }

  /** The plain text of one pack; a Refusal where a single bit is not as it was sealed. */
  async function openPack(keys, number, bytes) {
    try {
      if (bytes.length !== PACK_FILE) throw new Error('cut off');
      return await decrypt(keys.pack, bytes.subarray(0, 12), bytes.subarray(12), `pack ${number} ${keys.header}`);
    } catch {
      throw new Refusal('changed', 'A part of this site is not what was sealed: it was changed, cut off or swapped.');
    }
  }

  /** What this gzip holds, as a stream. */
  function gunzipped(bytes) {
    const { readable, writable } = new DecompressionStream('gzip');
    const writer = writable.getWriter();
    // Whoever reads is told of what is wrong; here it would only be told twice.
    writer.write(bytes).catch(() => {});
    writer.close().catch(() => {});
    return readable;
  }

  /** What this gzip holds; rejects where it holds another number of bytes than said. */
  async function gunzip(bytes, length) {
    const content = new Uint8Array(await new Response(gunzipped(bytes)).arrayBuffer());
    if (length !== undefined && content.length !== length) throw new Refusal('changed', 'A file is not as long as it was.');
    return content;
  }

  return {
    PACK, Refusal, readHeader, wrapKeyOfPassphrase, wrapKeyOfLink, openHeader, packName, openPack, gunzipped, gunzip,
    unb64, unb64url, utf8,
  }; // prettier-ignore
})();
