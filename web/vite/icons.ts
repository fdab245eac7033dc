import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';

/**
 * Puts the icons named in `namesFile` into the page as one hidden SVG sprite: they are there with the first paint, need no request,
 * and a name that lucide does not have stops the build.
 */
export function icons(namesFile: string): Plugin {
  const folder = join(dirname(createRequire(import.meta.url).resolve('lucide-static/package.json')), 'icons');
  return {
    name: 'rapport-icons',
    async transformIndexHtml(html) {
      const { iconNames } = (await import(`${pathToFileURL(namesFile).href}?${Date.now()}`)) as { iconNames: readonly string[] };
      const symbols = iconNames.map((name) => {
        const svg = readFileSync(join(folder, `${name}.svg`), 'utf8');
        const inner = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>')).replace(/\s*\n\s*/g, '');
        return `<symbol id="i-${name}" viewBox="0 0 24 24">${inner}</symbol>`;
      });
      return html.replace('<div id="root">', `<svg hidden xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n    <div id="root">`);
    },
  };
}
