'use strict';
/*
 * The files of an opened site, read out of its packs. Goes behind crypto.js.
 *
 * Knows nothing of where packs lie: a source is given, with
 *   fetch(name, number, again) → bytes of the pack; `again` where the bytes given before were not what was sealed,
 *   keep(name, bytes)          called with a pack that was found to be what was sealed.
 */
class SealedSite {
  static MOST_PACKS = 32; // plain packs in memory: 4 MiB

  /** The site behind these keys; a Refusal where its first packs are not what was sealed. */
  static async open(keys, source) {
    const site = new SealedSite(keys, source);
    const first = await site.pack(0);
    const length = new DataView(first.buffer).getUint32(0);
    let index;
    try {
      index = JSON.parse(new TextDecoder().decode(await Seal.gunzip(await site.stream(4, length))));
      if (index.v !== 1 || !Number.isInteger(index.seq) || !Number.isInteger(index.packs)) throw new Error('another format');
    } catch (error) {
      if (error instanceof Seal.Refusal) throw error;
      throw new Seal.Refusal('format', 'This site is of a format that this page does not know. Reload, and try again.');
    }
    site.index = index;
    site.files = new Map(Object.entries(index.files));
    site.start = 4 + length;
    return site;
  }

  constructor(keys, source) {
    this.keys = keys;
    this.source = source;
    this.plain = new Map(); // number → promise of its plain text, least recently used first
  }

  get seq() {
    return this.index.seq;
  }

  /** The plain text of one pack. Nothing of it is used before all of it is authenticated. */
  pack(number) {
    const known = this.plain.get(number);
    this.plain.delete(number);
    const promise = known || this.openPack(number);
    this.plain.set(number, promise);
    promise.catch(() => this.plain.delete(number));
    if (this.plain.size > SealedSite.MOST_PACKS) this.plain.delete(this.plain.keys().next().value);
    return promise;
  }

  async openPack(number) {
    const name = await Seal.packName(this.keys, number);
    let bytes = await this.source.fetch(name, number, false);
    let plain;
    try {
      plain = await Seal.openPack(this.keys, number, bytes);
    } catch {
      bytes = await this.source.fetch(name, number, true); // what a cache has kept may have gone bad
      plain = await Seal.openPack(this.keys, number, bytes);
    }
    await this.source.keep(name, bytes);
    return plain;
  }

  /** `length` bytes of the stream from `offset`. */
  async stream(offset, length) {
    const first = Math.floor(offset / Seal.PACK);
    const last = Math.floor((offset + Math.max(length, 1) - 1) / Seal.PACK);
    const numbers = Array.from({ length: last - first + 1 }, (_, step) => first + step);
    const packs = await Promise.all(numbers.map((number) => this.pack(number)));
    const bytes = new Uint8Array(length);
    let filled = 0;
    packs.forEach((pack, step) => {
      const begin = step === 0 ? offset - first * Seal.PACK : 0;
      const part = pack.subarray(begin, Math.min(Seal.PACK, begin + length - filled));
      bytes.set(part, filled);
      filled += part.length;
    });
    return bytes;
  }

  has(path) {
    return this.files.has(path);
  }

  /** What lies in the stream for one file: [bytes, whether they are gzip, how long the file is]. */
  async record(path) {
    const [offset, stored, packed, length] = this.files.get(path);
    return [await this.stream(this.start + offset, stored), packed === 1, length];
  }

  /** The content of one file. */
  async read(path) {
    const [bytes, packed, length] = await this.record(path);
    return packed ? Seal.gunzip(bytes, length) : bytes;
  }

  async text(path) {
    return new TextDecoder().decode(await this.read(path));
  }

  /**
   * The text of an HTML file. MkDocs writes into its 404.html, and only there, the whole way from the host that the site
   * was built for: it becomes the way from `base`. (Scripts are left alone, since the policy knows them by their hash.)
   */
  async page(path, base) {
    const text = await this.text(path);
    if (path !== '404.html' || !this.index.site_url) return text;
    const built = new URL(this.index.site_url).pathname.replace(/\/+$/, '');
    const end = built ? '(?=/|\\2)' : '(?=/(?!/))'; // at a host's root: not every empty attribute, nor another host
    const known = new RegExp(`(=|: ?)(["'])${built.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}${end}`, 'g');
    return text.replace(known, (_, before, quote) => before + quote + base.slice(0, -1));
  }

  /** The content of one file, decompressed while it is read. */
  async body(path) {
    const [bytes, packed] = await this.record(path);
    return packed ? Seal.gunzipped(bytes) : bytes;
  }

  type(path) {
    const extension = (path.match(/\.[^./]+$/) || [''])[0].toLowerCase();
    return this.index.types[extension] || 'application/octet-stream';
  }

  /** The file that a path of an address means, or null: a folder means the index.html in it. */
  resolve(path) {
    const full = path === '' || path.endsWith('/') ? `${path}index.html` : path;
    return this.files.has(full) ? full : null;
  }
}
