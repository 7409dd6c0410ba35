'use strict';
/*
 * Opens the sealed site that lies in this very file: its header and its packs stand in script elements that are data.
 *
 * Goes behind all the other scripts of a page.
 */
(async () => {
  const { secret, path } = Door.takeHash();
  if (!window.crypto || !crypto.subtle) {
    return Door.close('This browser offers no encryption for a page opened this way. Save the file, and open it from the disk.');
  }
  const bytes = Seal.utf8(document.getElementById('header').textContent);
  const packs = Array.from(document.querySelectorAll('script.pack'), (element) => element.textContent);
  const source = {
    async fetch(name, number) {
      if (number >= packs.length) throw new Seal.Refusal('missing', 'A part of this file is missing: it was cut off on its way.');
      return Seal.unb64(packs[number].trim());
    },
    async keep() {},
  };
  const header = await Seal.readHeader(bytes);
  Door.forgetful('The site opens from this file alone. Nothing is kept: it asks again after each reload.');

  async function open(wrap) {
    const keys = await Seal.openHeader(header, wrap);
    if (!keys) throw new Seal.Refusal('key', 'wrong');
    const site = await SealedSite.open(keys, source);
    if (site.index.packs !== packs.length) throw new Seal.Refusal('missing', 'A part of this file is missing: it was cut off on its way.');
    await InPage.start(site, path);
  }

  Door.attend(async (passphrase) => open(await Seal.wrapKeyOfPassphrase(passphrase, header)));
  if (secret) await Door.attempt(async () => open(await Seal.wrapKeyOfLink(Seal.unb64url(secret), header)));
  return undefined;
})().catch((error) => Door.close(`It could not be opened: ${error.message}`));
