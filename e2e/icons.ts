// Makes the icons of the installed app anew from web/public/favicon.svg: node e2e/icons.ts
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openBrowser } from './browser.ts';
import { packPng } from './pack-png.ts';

const folder = join(import.meta.dirname, '../web/public/icons');
const drawing = readFileSync(join(import.meta.dirname, '../web/public/favicon.svg'), 'utf8');
// Systems cut a maskable icon to their own shape, down to four fifths of it: the ground reaches to the edges, the letter keeps away from them.
const toTheEdge = drawing.replace(' rx="8"', '');
const ICONS = { '192.png': [192, drawing], '512.png': [512, drawing], 'maskable-512.png': [512, toTheEdge], 'apple-touch.png': [180, toTheEdge] } as const;

await mkdir(folder, { recursive: true });
const browser = await openBrowser();
for (const [name, [size, svg]] of Object.entries(ICONS)) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>html,body{margin:0;background:transparent}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
  await writeFile(join(folder, name), packPng(await page.screenshot({ omitBackground: true })));
  await page.close();
}
await browser.close();
