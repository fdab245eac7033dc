import type { Plugin } from 'vite';

/**
 * Writes the addresses of the files a start goes on to need beside the script that runs before the first paint: the words of each language and
 * the desk. That script knows the language and the address that is opened, and asks for the right ones at once, instead of
 * after the start has arrived and run.
 */
export function startLinks(locales: readonly string[], chunks: readonly string[]): Plugin {
  return {
    name: 'rapport-start-links',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, context) {
        const files = Object.keys(context.bundle ?? {});
        const find = (name: string) => {
          const found = files.filter((each) => new RegExp(`^assets/${name}-[\\w-]{8}\\.js$`).test(each));
          if (found.length === 0) throw new Error(`No file "${name}" among the built ones`);
          return found.map((file) => `/${file}`);
        };
        const attributes = [...locales.map((locale) => `data-words-${locale.toLowerCase()}="${find(locale).join(' ')}"`), `data-desk="${chunks.flatMap(find).join(' ')}"`];
        const anchor = '<script src="/before-paint.js"';
        if (!html.includes(anchor)) throw new Error('index.html has no script before the first paint');
        return html.replace(anchor, `${anchor} ${attributes.join(' ')}`);
      },
    },
  };
}
