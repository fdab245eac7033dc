import { inkOn } from '../look/ink-on.ts';

// The script tag: a button on somebody's page, and the panel once it is pressed. It runs among their scripts and styles, under their policy, so it asks for nothing, stores nothing before somebody acts,
// and puts no style where theirs could be: shadow root, constructed style sheet, properties set by script.
const words = {
  en: { open: 'Chat with us', close: 'Close the chat', dismiss: 'Not now', unread: 'new messages', panel: 'Chat' },
  de: { open: 'Chatten Sie mit uns', close: 'Chat schließen', dismiss: 'Jetzt nicht', unread: 'neue Nachrichten', panel: 'Chat' },
};

const styles = `
:host { all: initial; }
button.main { position: fixed; inset-block-end: 20px; inset-inline-end: 20px; z-index: 2147483000; inline-size: 56px; block-size: 56px; border: 0; border-radius: 50%; padding: 0; cursor: pointer; color: var(--on); background: var(--brand); box-shadow: 0 4px 16px rgb(0 0 0 / .24); display: grid; place-items: center; }
.start button.main { inset-inline: 20px auto; }
button:focus-visible { outline: 3px solid var(--brand); outline-offset: 3px; box-shadow: 0 0 0 3px #fff; }
svg { inline-size: 26px; block-size: 26px; }
span { position: absolute; inset-block-start: -4px; inset-inline-end: -4px; min-inline-size: 20px; block-size: 20px; padding-inline: 5px; box-sizing: border-box; border-radius: 10px; background: #b3261e; color: #fff; font: 600 12px/20px system-ui, sans-serif; text-align: center; }
span:empty, [hidden] { display: none; }
iframe { position: fixed; inset-block-end: 88px; inset-inline-end: 20px; z-index: 2147483000; inline-size: 380px; block-size: min(620px, calc(100vh - 108px)); border: 0; border-radius: 12px; box-shadow: 0 8px 40px rgb(0 0 0 / .28); background: #fff; color-scheme: light dark; }
.start iframe { inset-inline: 20px auto; }
.invite { position: fixed; inset-block-end: 92px; inset-inline-end: 20px; z-index: 2147483000; display: flex; align-items: start; max-inline-size: min(280px, calc(100vw - 40px)); border-radius: 12px; background: #fff; color: #1d2327; box-shadow: 0 4px 24px rgb(0 0 0 / .24); font: 400 15px/1.4 system-ui, sans-serif; }
.start .invite { inset-inline: 20px auto; }
.invite button { border: 0; padding: 12px; background: none; color: inherit; font: inherit; text-align: start; cursor: pointer; border-radius: 12px; }
@media (max-width: 480px) { iframe, .start iframe { inset: 0; inline-size: 100%; block-size: 100%; border-radius: 0; } .open button.main { display: none; } }
@media print { :host { display: none; } }
`;

const script = document.currentScript as HTMLScriptElement | null;
const site = script?.dataset['site'];

function begin(tag: HTMLScriptElement, siteKey: string): void {
  const origin = new URL(tag.src).origin;
  const locale = (tag.dataset['locale'] ?? (document.documentElement.lang || navigator.language)).slice(0, 35);
  const say = words[locale.slice(0, 2) as 'en'] ?? words.en;
  const color = /^#[0-9a-f]{6}$/i.test(tag.dataset['color'] ?? '') ? (tag.dataset['color'] as string) : '#0f6b70';
  const remembered = `rapport-chat-${siteKey}`;
  const declined = `${remembered}-not-now`;

  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];
  const frame = document.createElement('div');
  frame.className = tag.dataset['side'] === 'start' ? 'start' : '';
  frame.style.setProperty('--brand', color);
  frame.style.setProperty('--on', inkOn(color));
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'main';
  button.innerHTML = '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M21 11.5a8.4 8.4 0 0 1-8.5 8.5 8.7 8.7 0 0 1-4-1L3 21l1.9-5A8.4 8.4 0 0 1 4 11.5a8.5 8.5 0 0 1 17 0Z"/></svg>';
  const count = document.createElement('span');
  count.setAttribute('aria-hidden', 'true');
  button.append(count);
  frame.append(button);
  root.append(frame);

  // The site's word on who this is: a token, or how to get a fresh one. It is used once the panel is there, so nothing is asked for before somebody acts.
  let who: string | (() => string | Promise<string>) | undefined;
  let panel: HTMLIFrameElement | undefined;
  let isOpen = false;
  let unread = 0;
  let invitation: HTMLElement | undefined;

  const label = () => button.setAttribute('aria-label', isOpen ? say.close : unread > 0 ? `${say.open} (${unread} ${say.unread})` : say.open);
  const tell = (message: unknown) => panel?.contentWindow?.postMessage(message, origin);
  const show = (open: boolean) => {
    isOpen = open;
    invitation?.remove();
    invitation = undefined;
    const isNew = open && !panel;
    if (isNew) {
      panel = document.createElement('iframe');
      panel.title = say.panel;
      panel.allow = 'clipboard-write';
      panel.src = `${origin}/chat/${encodeURIComponent(siteKey)}?locale=${encodeURIComponent(locale)}${who === undefined ? '' : '&introduced'}`;
      frame.append(panel);
    }
    if (panel) panel.hidden = !open;
    frame.classList.toggle('open', open);
    button.setAttribute('aria-expanded', String(open));
    try {
      if (open) sessionStorage.setItem(remembered, '1');
      else sessionStorage.removeItem(remembered);
    } catch {
      // A page may forbid its storage; then a reload closes the panel.
    }
    // A new one asks when it is there.
    if (!isNew) tell({ rapport: open ? 'shown' : 'hidden' });
    if (open) panel?.focus();
    else button.focus();
    label();
  };

  const introduce = async () => {
    const token = typeof who === 'function' ? await Promise.resolve(who()).catch(() => '') : who;
    if (who !== undefined) tell({ rapport: 'identify', token });
  };
  (globalThis as { rapportChat?: unknown }).rapportChat = {
    identify(token: NonNullable<typeof who>) {
      who = token;
      void introduce();
    },
    signOut() {
      who = undefined;
      if (panel) tell({ rapport: 'sign-out' });
      else signsOut = true;
    },
    open: () => show(true),
    close: () => show(false),
  };
  let signsOut = false;
  button.addEventListener('click', () => show(!isOpen));
  addEventListener('message', ({ source, origin: from, data }: MessageEvent<{ rapport?: string; unread?: number; isKnown?: boolean } | null>) => {
    if (!panel || source !== panel.contentWindow || from !== origin) return;
    if (data?.rapport === 'close') show(false);
    if (data?.rapport === 'ready') {
      tell({ rapport: isOpen ? 'shown' : 'hidden' });
      if (signsOut) tell({ rapport: 'sign-out' });
      signsOut = false;
      void introduce();
    }
    if (data?.rapport === 'identified' && !data.isKnown) console.warn('Rapport: the chat does not accept the token of this visitor.');
    if (data?.rapport === 'unread') {
      unread = Number(data.unread) || 0;
      count.textContent = unread > 0 ? String(Math.min(unread, 99)) : '';
      label();
    }
  });
  button.setAttribute('aria-expanded', 'false');
  label();
  document.body.append(host);
  let wasOpen = false;
  try {
    wasOpen = sessionStorage.getItem(remembered) === '1';
  } catch {
    // As above.
  }
  if (wasOpen) show(true);

  /** A few words beside the button. Whoever says no is not asked again on this visit. */
  const invite = (text: string) => {
    if (panel || invitation) return;
    invitation = document.createElement('div');
    invitation.className = 'invite';
    invitation.setAttribute('role', 'status');
    const [yes, no] = [document.createElement('button'), document.createElement('button')];
    yes.textContent = text;
    yes.dir = 'auto';
    yes.onclick = () => show(true);
    no.textContent = '×';
    no.setAttribute('aria-label', say.dismiss);
    no.onclick = () => {
      invitation?.remove();
      button.focus();
      try {
        sessionStorage.setItem(declined, '1');
      } catch {
        // As above.
      }
    };
    invitation.append(yes, no);
    frame.append(invitation);
  };
  const { invite: text, inviteAfter = '20', inviteOn = '' } = tag.dataset;
  if (text && location.pathname.startsWith(inviteOn) && !wasOpen) {
    let isDeclined = false;
    try {
      isDeclined = sessionStorage.getItem(declined) === '1';
    } catch {
      // As above.
    }
    if (!isDeclined) setTimeout(() => invite(text), Number(inviteAfter) * 1_000 || 0);
  }
}

if (script && site) {
  if (document.body) begin(script, site);
  else addEventListener('DOMContentLoaded', () => begin(script, site));
}
