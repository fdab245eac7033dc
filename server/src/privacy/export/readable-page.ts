const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);

/** A page for reading in any browser, without anything that would be fetched or run. `body` is markup made of escaped text. */
export function readablePage(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src 'none'"><title>${escaped(title)}</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}dt{opacity:.7}dd{margin:0 0 .5rem}article{border-top:1px solid #8886;padding:1rem 0}pre{white-space:pre-wrap;font:inherit}small{opacity:.7}</style></head>
<body><h1>${escaped(title)}</h1>${body}</body></html>\n`;
}

export const facts = (pairs: readonly (readonly [string, string])[]): string => `<dl>${pairs.filter(([, value]) => value !== '').map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`;
export const link = (path: string, words: string): string => `<a href="${escaped(path)}">${escaped(words)}</a>`;
