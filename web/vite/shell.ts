import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

interface Options {
  /** The service worker, with places to be filled in. */
  worker: string;
  publicFolder: string;
  locales: readonly string[];
  /** Chunks that the desk is drawn with. */
  desk: readonly string[];
  /** Files with other names that belong to what is kept on the device. */
  also: readonly string[];
}

const escaped = (value: unknown) => JSON.stringify(value).replaceAll('\\', '\\\\').replaceAll("'", "\\'");

/**
 * What belongs to a start, told to those who need to know it before the start has arrived.
 *
 * The script that runs before the first paint is given the addresses of the words and of the desk: it knows the language and the page that is
 * opened, and asks for the right ones at once. The service worker is given what to keep, and both the name of the build.
 */
export function shell({ worker, publicFolder, locales, desk, also }: Options): Plugin {
  let build = '';
  let parts: string[] = [];
  let words: Record<string, string> = {};
  return {
    name: 'rapport-shell',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, context) {
        const files = Object.keys(context.bundle ?? {});
        const find = (name: string, ending = 'js') => {
          const found = files.filter((each) => new RegExp(`^assets/${name}-[\\w-]{8}\\.${ending}$`).test(each));
          if (found.length === 0) throw new Error(`No file "${name}" among the built ones`);
          return found.map((file) => `/${file}`);
        };
        const hash = createHash('sha256').update(html).update(readFileSync(worker));
        for (const file of files.sort()) hash.update(file);
        for (const file of globSync('**/*.*', { cwd: publicFolder }).sort()) hash.update(file).update(readFileSync(join(publicFolder, file)));
        build = hash.digest('hex').slice(0, 12);
        words = Object.fromEntries(locales.map((locale) => [locale, find(locale)[0]!]));
        const desks = desk.flatMap((name) => find(name));
        const named = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1]!);
        parts = [...new Set([...named, ...desks, ...also])];
        const attributes = [`data-build="${build}"`, ...locales.map((locale) => `data-words-${locale.toLowerCase()}="${words[locale]}"`), `data-desk="${desks.join(' ')}"`];
        const anchor = '<script src="/before-paint.js"';
        if (!html.includes(anchor)) throw new Error('index.html has no script before the first paint');
        return html.replace(anchor, `${anchor} ${attributes.join(' ')}`);
      },
    },
    writeBundle({ dir }) {
      const text = readFileSync(worker, 'utf8').replace('%BUILD%', build).replace('%SHELL%', () => escaped(parts)).replace('%WORDS%', () => escaped(words));
      writeFileSync(join(dir ?? '', 'worker.js'), text);
    },
  };
}
