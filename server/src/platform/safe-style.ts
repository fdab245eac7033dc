/** A style attribute without anything that loads, runs, moves out of its place or hides how it does so. */
export interface SafeStyle {
  readonly style: string;
  /** The first picture on the network that a background asked for. */
  readonly remoteBackground: string | undefined;
}

// Typography, colours and boxes: what mail programs write. Nothing that positions, animates, layers or makes content.
const ALLOWED = new Set(
  `background background-color border border-bottom border-bottom-color border-bottom-left-radius border-bottom-right-radius
  border-bottom-style border-bottom-width border-collapse border-color border-left border-left-color border-left-style border-left-width border-radius
  border-right border-right-color border-right-style border-right-width border-spacing border-style border-top border-top-color
  border-top-left-radius border-top-right-radius border-top-style border-top-width border-width box-sizing caption-side clear color direction
  display empty-cells float font font-family font-size font-style font-variant font-weight height letter-spacing line-height list-style
  list-style-position list-style-type margin margin-bottom margin-left margin-right margin-top max-height max-width min-height min-width
  overflow overflow-wrap padding padding-bottom padding-left padding-right padding-top table-layout text-align text-decoration
  text-decoration-color text-decoration-line text-decoration-style text-indent text-overflow text-transform unicode-bidi vertical-align
  visibility white-space width word-break word-spacing word-wrap`.split(/\s+/),
);
// A backslash can spell any of these words in another way, so a value with one is refused as a whole.
const UNSAFE_VALUE = /\\|[<>{}@]|url\s*\(|image\s*\(|image-set|cross-fade|element\s*\(|expression|javascript|vbscript|behavior|binding|attr\s*\(|var\s*\(|env\s*\(|paint\s*\(|filter\s*:/i;
const REMOTE_URL = /url\s*\(\s*(["']?)((?:https?:)?\/\/[^"')\s]+)\1\s*\)/i;
const MAX_LENGTH = 4000;

/** Keeps the declarations of a style attribute that only change how text and boxes look. */
export function safeStyle(style: string): SafeStyle {
  const kept: string[] = [];
  let remoteBackground: string | undefined;
  for (const declaration of splitDeclarations(style.slice(0, MAX_LENGTH).replace(/\/\*[\s\S]*?(\*\/|$)/g, ''))) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const name = declaration.slice(0, colon).trim().toLowerCase();
    let value = declaration.slice(colon + 1).trim();
    if (name === 'background' || name === 'background-image') {
      const url = value.includes('\\') ? undefined : REMOTE_URL.exec(value)?.[2];
      remoteBackground ??= url;
      if (url !== undefined) value = value.replace(REMOTE_URL, '').trim();
    }
    if (value === '' || !ALLOWED.has(name) || UNSAFE_VALUE.test(value) || hasControlCharacter(value)) continue;
    kept.push(`${name}:${value.replace(/\s+/g, ' ')}`);
  }
  return { style: kept.join(';'), remoteBackground };
}

/** Cuts at semicolons, but not within quotes and brackets, where a data URL has its own. */
function splitDeclarations(style: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let depth = 0;
  let quote = '';
  for (let i = 0; i < style.length; i++) {
    const c = style[i] as string;
    if (quote !== '') {
      if (c === quote) quote = '';
    } else if (c === '"' || c === "'") quote = c;
    else if (c === '(') depth++;
    else if (c === ')') depth = Math.max(0, depth - 1);
    else if (c === ';' && depth === 0) {
      parts.push(style.slice(from, i));
      from = i + 1;
    }
  }
  parts.push(style.slice(from));
  return parts;
}

function hasControlCharacter(value: string): boolean {
  return [...value].some((c) => c < ' ' && c !== '\n' && c !== '\t' && c !== '\r');
}
