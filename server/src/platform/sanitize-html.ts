import sanitize from 'sanitize-html';
import { boundedHtml } from './bounded-html.ts';
import { safeStyle } from './safe-style.ts';

/** HTML that may be shown in a sandboxed frame, and what a reader must know before showing it. */
export interface SafeHtml {
  readonly html: string;
  /** Whether pictures on the network wait in `data-remote-src` and `data-remote-background`. Loading them tells the sender that and where the mail was read. */
  readonly hasRemoteContent: boolean;
  /** The Content-IDs that pictures ask for as `cid:`, decoded and without brackets. */
  readonly contentIds: readonly string[];
}

const MAX_DEPTH = 250;

const TAGS = `a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em figcaption figure
  font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q rp rt ruby s samp section small span strike strong sub summary sup
  table tbody td tfoot th thead time tr tt u ul var wbr`.split(/\s+/);
/** Left out with all that is in them. Other tags that are not allowed lose only themselves. */
const LEFT_OUT = ['script', 'style', 'textarea', 'option', 'select', 'xmp', 'noscript', 'template', 'title', 'svg', 'math', 'audio', 'video', 'canvas', 'datalist', 'noembed', 'noframes', 'plaintext'];

// By these mail programs mark what they quote, which lets a reader fold it.
const CLASSES = ['gmail_quote', 'gmail_attr', 'gmail_extra', 'gmail_signature', 'moz-cite-prefix', 'moz-signature', 'yahoo_quoted', 'protonmail_quote', 'MsoNormal', 'MsoListParagraph', 'OutlookMessageHeader'];
const LOOKS = new Set(`abbr align alt axis bgcolor border cellpadding cellspacing color cols colspan dir face frame headers height hspace lang
  noshade nowrap reversed rowspan rules scope size span start summary title valign value vspace width`.split(/\s+/));

/**
 * Makes a customer's HTML safe to show in a sandboxed frame.
 *
 * Scripts, handlers, forms, frames, refreshes, drawings and styles that load or move things are gone. Links open elsewhere and say
 * nothing about us. Pictures of the mail itself keep their `cid:` address; pictures and backgrounds on the network are set aside in
 * attributes that do nothing. Any text is accepted and the function never throws; beyond two million characters or fifty thousand tags the text is cut.
 */
export function sanitizeHtml(html: string): SafeHtml {
  const contentIds = new Set<string>();
  let hasRemoteContent = false;
  const clean = sanitize(boundedHtml(html), {
    allowedTags: TAGS,
    nonTextTags: LEFT_OUT,
    allowedAttributes: { '*': ['*'] }, // decided below, attribute by attribute
    allowedClasses: { '*': CLASSES },
    allowedSchemesAppliedToAttributes: [],
    parseStyleAttributes: false,
    nestingLimit: MAX_DEPTH,
    transformTags: {
      '*': (tagName, attributes) => {
        const safe = safeAttributes(tagName, attributes, contentIds);
        hasRemoteContent ||= 'data-remote-src' in safe || 'data-remote-background' in safe;
        return { tagName: tagName === 'body' ? 'div' : tagName, attribs: safe };
      },
    },
  });
  return { html: clean, hasRemoteContent, contentIds: [...contentIds] };
}

function safeAttributes(tag: string, attributes: Record<string, string>, contentIds: Set<string>): Record<string, string> {
  const safe: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'class') safe[name] = value;
    else if (name === 'type') {
      if ((tag === 'ol' || tag === 'ul' || tag === 'li' || tag === 'blockquote') && /^[a-z1]{1,8}$/i.test(value)) safe[name] = value;
    } else if (name === 'style') {
      const { style, remoteBackground } = safeStyle(value);
      if (style !== '') safe[name] = style;
      if (remoteBackground !== undefined) safe['data-remote-background'] = withScheme(remoteBackground);
    } else if (name === 'background') {
      const url = webAddress(value);
      if (url !== undefined) safe['data-remote-background'] ??= url;
    } else if (LOOKS.has(name)) safe[name] = value;
  }
  if (tag === 'a') Object.assign(safe, safeLink(attributes['href']));
  if (tag === 'img') Object.assign(safe, safePicture(attributes['src'], contentIds));
  return safe;
}

/** Browsers ignore white space and control characters in the scheme of an address, so they are taken out before it is judged. */
function plain(url: string | undefined): string {
  // oxlint-disable-next-line no-control-regex
  return (url ?? '').replace(/[\u0000-\u0020\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\ufeff]+/g, '');
}

function webAddress(url: string | undefined): string | undefined {
  const address = plain(url);
  return /^(https?:)?\/\/[^/\\]/i.test(address) ? withScheme(address) : undefined;
}

function withScheme(url: string): string {
  return url.startsWith('//') ? `https:${url}` : url;
}

function safeLink(href: string | undefined): Record<string, string> {
  const address = webAddress(href) ?? (/^(mailto|tel|sms|xmpp|sip|geo):[^:]/i.test(plain(href)) ? plain(href) : undefined);
  return address === undefined ? {} : { href: address, rel: 'noopener noreferrer nofollow', target: '_blank' };
}

function safePicture(src: string | undefined, contentIds: Set<string>): Record<string, string> {
  const address = plain(src);
  if (/^cid:./i.test(address)) {
    contentIds.add(decodeContentId(address.slice(4)));
    return { src: address };
  }
  if (/^data:image\/(png|gif|jpe?g|webp|bmp);base64,[a-z\d+/=]+$/i.test(address)) return { src: address };
  const remote = webAddress(src);
  return remote === undefined ? {} : { 'data-remote-src': remote };
}

function decodeContentId(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
