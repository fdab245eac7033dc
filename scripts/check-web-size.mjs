// Fails when what the workspace loads at its start has outgrown its budget. Sizes are gzip, as a browser fetches them.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildWeb } from './build-web.mjs';

const dist = await buildWeb();
const assets = join(dist, 'assets');
const html = readFileSync(join(dist, 'index.html'), 'utf8');
const sizeOf = (file) => gzipSync(readFileSync(join(assets, file)), { level: 9 }).length;

/** Some scripts and everything they import before they run. */
function withImports(files) {
  const found = new Set();
  const visit = (file) => {
    if (found.has(file)) return;
    found.add(file);
    const text = readFileSync(join(assets, file), 'utf8');
    for (const match of text.matchAll(/(?:^|[;}\n])import(?:[^"'()]*?from)?\s*["']\.\/([^"']+\.js)["']/g)) visit(match[1]);
  };
  for (const file of files) visit(file);
  return [...found];
}

const named = (name) => readdirSync(assets).filter((file) => new RegExp(`^${name}-[\\w-]{8}\\.js$`).test(file));
const entry = withImports([...html.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].map((match) => match[1]));
/** What a page, or a part of one, adds to the scripts that are loaded before it anyway. */
const added = (name, before = entry) => withImports(named(name)).filter((file) => !before.includes(file));
const desk = added('desk');
const openCase = added('case-pane', [...entry, ...desk]);

const styles = [...html.matchAll(/href="\/assets\/([^"]+\.css)"/g)].map((match) => match[1]);
const budgets = [
  { what: 'entry scripts', files: entry, limit: 200 },
  { what: 'desk', files: desk, limit: 23 },
  { what: 'open case', files: openCase, limit: 37 },
  { what: 'customer beside', files: added('context-pane', [...entry, ...desk, ...openCase]), limit: 14 },
  { what: 'styles', files: styles, limit: 15 },
  { what: 'words', files: named('(?:en|de)'), limit: 40 },
  { what: 'words of pages', files: named('pages-(?:en|de)'), limit: 90 },
  { what: 'composer', files: added('rich-field'), limit: 145 },
  { what: 'palette', files: named('palette'), limit: 20 },
  { what: 'chat launcher', files: ['../chat/w.js'], limit: 3 },
  { what: 'chat panel', files: ['../chat/index.html', ...readdirSync(join(dist, 'chat/assets')).map((file) => `../chat/assets/${file}`)], limit: 20 },
];

let failed = 0;
for (const { what, files, limit } of budgets) {
  if (files.length === 0) throw new Error(`No file found for "${what}": the check looks in the wrong place`);
  const kilobytes = files.reduce((sum, file) => sum + sizeOf(file), 0) / 1024;
  const isOver = kilobytes > limit;
  if (isOver) failed += 1;
  console.log(`${isOver ? 'OVER' : 'ok  '}  ${what.padEnd(14)} ${kilobytes.toFixed(1).padStart(6)} of ${limit} KB  (${files.map((file) => basename(file)).join(', ')})`);
}
const page = gzipSync(html, { level: 9 }).length / 1024;
console.log(`      page           ${page.toFixed(1).padStart(6)} KB with the icon sprite`);
if (failed > 0) process.exitCode = 1;
