import type { MessageEntry } from '@rapport/contract';

export interface FoldLabels {
  quote: string;
  signature: string;
}

export interface FrameLook {
  ink: string;
  quiet: string;
  link: string;
  line: string;
  /** Ground of the button that unfolds quoted text. */
  fold: string;
  isDark: boolean;
}

const sets = /(?:^|[;\s"'])(?:background(?:-color)?|color)\s*:|\sbgcolor=|<font[^>]+color=/i;

/** Whether a mail brings its own colours. Those are written for white paper, so such a mail gets white paper in the dark, too. */
export const hasOwnColours = (html: string) => sets.test(html);

/** Where the pictures of the mail itself come from: our server, with the session of whoever looks. */
function withOwnPictures(document: Document, entry: Pick<MessageEntry, 'caseId' | 'attachments'>): void {
  for (const picture of document.querySelectorAll<HTMLImageElement>('img[src^="cid:" i]')) {
    const raw = picture.getAttribute('src')!.slice(4);
    let wanted = raw;
    try {
      wanted = decodeURIComponent(raw);
    } catch {
      // Not encoded after all.
    }
    const found = entry.attachments.find((one) => one.contentId === wanted || one.contentId === raw);
    if (found) picture.setAttribute('src', `${location.origin}/api/v1/cases/${entry.caseId}/attachments/${found.id}?inline=1`);
    else picture.removeAttribute('src');
  }
}

/** Pictures on the network, which the server has set aside in attributes that do nothing. Always by https: our own policy allows nothing else. */
function withRemotePictures(document: Document): void {
  const secure = (url: string) => url.replace(/^http:/i, 'https:');
  for (const element of document.querySelectorAll<HTMLElement>('[data-remote-src]')) element.setAttribute('src', secure(element.dataset['remoteSrc']!));
  for (const element of document.querySelectorAll<HTMLElement>('[data-remote-background]')) {
    const url = secure(element.dataset['remoteBackground']!);
    if (/^https:\/\/[^"'()\\\s]+$/.test(url)) element.style.backgroundImage = `url("${url}")`;
  }
}

const QUOTES = '.gmail_quote, .yahoo_quoted, .protonmail_quote, blockquote[type="cite"]';

/** Puts a range behind a button: the two marks around it come from the server, which knows what was written for this mail. */
function foldMarked(document: Document, labels: FoldLabels): void {
  const hasContent = (node: Node) => (node.textContent ?? '').trim() !== '' || (node instanceof Element && node.matches('img, :has(img)'));
  for (const start of document.querySelectorAll('wbr[data-fold]')) {
    const end = document.querySelector('wbr[data-fold-end]');
    if (!end || !(start.compareDocumentPosition(end) & Node.DOCUMENT_POSITION_FOLLOWING)) return;
    const label = start.getAttribute('data-fold') === 'signature' ? labels.signature : labels.quote;
    // Out of the elements that hold nothing else, so that no empty frame of a quotation is left behind.
    const climb = (mark: Node, side: 'previousSibling' | 'nextSibling'): Node => {
      let node = mark;
      for (;;) {
        let next = node[side];
        while (next && !hasContent(next)) next = next[side];
        if (next || !node.parentNode || node.parentNode === document.body) return node;
        node = node.parentNode;
      }
    };
    const range = document.createRange();
    range.setStartBefore(climb(start, 'previousSibling'));
    range.setEndAfter(climb(end, 'nextSibling'));
    const details = document.createElement('details');
    const summary = document.createElement('summary');
    summary.textContent = '•••';
    summary.setAttribute('aria-label', label);
    summary.title = label;
    details.append(summary, range.extractContents());
    range.insertNode(details);
    start.remove();
    end.remove();
  }
}

/** Folds the old mail that is carried along below an answer, where the mail program has marked it. Answers within the quotation leave it whole. */
function foldQuoted(document: Document, label: string): void {
  const hasText = (from: Node, isBefore: boolean) => {
    const range = document.createRange();
    range.selectNodeContents(document.body);
    if (isBefore) range.setEndBefore(from);
    else range.setStartAfter(from);
    return range.toString().trim() !== '';
  };
  const quote = [...document.querySelectorAll(QUOTES)].find((one) => !hasText(one, false));
  if (!quote) return;
  // The line that announces the quotation goes with it.
  const before = quote.previousElementSibling;
  const first = before?.matches('.moz-cite-prefix, .gmail_attr') ? before : quote;
  if (!hasText(first, true)) return;
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  summary.textContent = '•••';
  summary.setAttribute('aria-label', label);
  summary.title = label;
  first.before(details);
  details.append(summary, ...(first === quote ? [] : [first]), quote);
}

/**
 * The document for the sandboxed frame of a customer's HTML. Its own policy allows no script, form, frame, font or connection, and no
 * picture but the mail's own until the reader asks for the others.
 */
export function frameDocument(entry: Pick<MessageEntry, 'html' | 'caseId' | 'attachments' | 'mail'>, look: FrameLook, withRemote: boolean, labels: FoldLabels): string {
  const document = new DOMParser().parseFromString(entry.html ?? '', 'text/html');
  withOwnPictures(document, entry);
  if (withRemote) withRemotePictures(document);
  if (entry.mail) foldMarked(document, labels);
  else foldQuoted(document, labels.quote);
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src ${location.origin} data:${withRemote ? ' https:' : ''}`;
  const paper = hasOwnColours(entry.html ?? '');
  const colours = paper ? 'color-scheme:light;color:#22282c;background:#fdfcf9' : `color-scheme:${look.isDark ? 'dark' : 'light'};color:${look.ink};background:transparent`;
  const link = paper ? '#0b6470' : look.link;
  return `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="referrer" content="no-referrer"><base target="_blank"><style>
html{overflow-x:auto;overflow-y:hidden}body{margin:0;padding:${paper ? '12px 14px' : '1px 0'};${colours};font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
${paper ? 'html{background:#fdfcf9;border-radius:8px}' : ''}img{max-width:100%;height:auto}img:not([src]){display:inline-block;min-width:24px;min-height:16px;border:1px dashed ${paper ? '#bbb' : look.line};border-radius:4px;color:${paper ? '#666' : look.quiet};font-size:12px}
summary{display:inline-block;list-style:none;padding:0 10px;margin:4px 0;border-radius:4px;background:${paper ? '#0000000f' : look.fold};color:${paper ? '#555' : look.quiet};font-size:11px;line-height:20px;letter-spacing:1px}summary::-webkit-details-marker{display:none}summary:focus-visible{outline:2px solid ${link}}
table{max-width:100%}a{color:${link}}blockquote{margin:8px 0;padding-inline-start:12px;border-inline-start:2px solid ${paper ? '#ccc' : look.line};color:${paper ? '#555' : look.quiet}}pre{white-space:pre-wrap}
body>:first-child,body>:first-child>p:first-child{margin-top:0}body>:last-child,body>:last-child>p:last-child{margin-bottom:0}
</style></head><body dir="auto">${document.body.innerHTML}</body></html>`;
}
