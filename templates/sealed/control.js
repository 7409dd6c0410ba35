'use strict';
/*
 * The "Lock now" control of an unlocked site: a small button on every page, not printed. It stands in the header of the
 * theme, where it covers nothing; on a page without one, in the corner.
 *
 * In a shadow tree, so that the theme's styles and its instant navigation leave it alone; styled through a constructed
 * style sheet, which no content-security policy minds.
 */
function showLockControl(lock) {
  const STYLE = `
    :host { display: block; flex: none; }
    :host(.corner) { position: fixed; right: 12px; bottom: 12px; z-index: 3; }
    button {
      display: inline-flex; align-items: center; gap: 6px; min-width: 40px; height: 32px; margin: 0 4px; padding: 0 10px;
      justify-content: center; cursor: pointer; font: 500 13px/1 system-ui, sans-serif; white-space: nowrap;
      color: inherit; background: none; border: 1px solid rgb(255 255 255 / 40%); border-radius: 16px; opacity: .85;
    }
    :host(.corner) button { color: #fff; background: #263238; margin: 0; }
    button:hover, button:focus-visible { opacity: 1; }
    button:focus-visible { outline: 2px solid currentcolor; outline-offset: 2px; }
    svg { width: 15px; height: 15px; fill: currentcolor; }
    @media (pointer: coarse) { button { height: 40px; border-radius: 20px; } }
    @media (max-width: 760px) {
      span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      :host(:not(.corner)) button { border-color: transparent; }
    }
    @media print { :host, :host(.corner) { display: none; } }
  `;
  if (document.querySelector('playbook-lock')) return;
  const host = document.createElement('playbook-lock');
  const tree = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  tree.adoptedStyleSheets = [sheet];
  const button = document.createElement('button');
  button.type = 'button';
  button.title = 'Lock this site now, in every tab';
  const icon = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', 'M12 2a5 5 0 0 0-5 5v3H6a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-8a2 2 0 0 0-2-2h-1V7a5 5 0 0 0-5-5m0 2a3 3 0 0 1 3 3v3H9V7a3 3 0 0 1 3-3');
  icon.append(path);
  const label = document.createElement('span');
  label.textContent = 'Lock now';
  button.append(icon, label);
  button.addEventListener('click', lock);
  tree.append(button);
  const title = document.querySelector('.md-header__inner > .md-header__title');
  host.classList.toggle('corner', !title);
  if (title) title.after(host);
  else document.body.append(host);
}
