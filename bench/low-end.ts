// node bench/low-end.ts [--messages 40000] [--rates 1,4,6] [--keep DIR]
// What the workspace asks of a slow computer: main-thread CPU of a real Chromium, slowed down, at an account with thousands of cases, beside a bare page in the same run.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createClient } from '@rapport/sdk';
import { openBrowser } from '../e2e/browser.ts';
import { BARE_PAGE } from './bare-page.ts';
import { watchThread, type Spent, type Thread } from './main-thread.ts';
import { BENCH_EMAIL, BENCH_PASSWORD, freePorts, prepare } from './prepare.ts';
import { startProduct } from './product.ts';

const { values } = parseArgs({ options: { messages: { type: 'string', default: '40000' }, rates: { type: 'string', default: '1,4,6' }, keep: { type: 'string' } } });

/** CPU milliseconds on an unslowed machine, of the budgets for browsers; those of a slowed one are as many times higher. */
const BUDGETS: Record<string, number> = { 'next case (j)': 40, 'a key in the answer': 8, 'scroll, one frame of 240 px': 12 };
const FRAMES = 320;

const scroll = (selector: string, frames: number) => `new Promise((done) => { const list = document.querySelector('${selector}'); let left = ${frames}; const step = () => { list.scrollTop += 240; left-- > 0 ? requestAnimationFrame(step) : done(list.scrollTop); }; requestAnimationFrame(step); })`;
const perFrame = (spent: Spent): Spent => ({ ...spent, cpuP50: Math.round((spent.cpuP50 / FRAMES) * 10) / 10, cpuP95: Math.round((spent.cpuP95 / FRAMES) * 10) / 10 });

async function workspace({ page, spend }: Thread, url: string, rate: number): Promise<Spent[]> {
  const quiet = 400 + 150 * rate;
  const found: Spent[] = [];
  found.push(await spend('start to the desk', 5, quiet * 2, async () => {
    await page.goto(`${url}/cases/open`);
    await page.getByRole('option').first().waitFor();
  }, () => page.goto(`${url}/favicon.svg`)));
  await page.keyboard.press('j');
  await page.getByRole('textbox', { name: /^Reply to/ }).waitFor();
  found.push(await spend('next case (j)', 20, quiet, () => page.keyboard.press('j')));
  await page.getByRole('textbox', { name: /^Reply to/ }).click();
  found.push(await spend('a key in the answer', 40, 120 + 30 * rate, () => page.keyboard.press('a')));
  await page.getByRole('textbox', { name: /^Reply to/ }).fill('');
  await page.locator('[data-case-list]').focus();
  found.push(await spend('palette', 10, quiet, () => page.keyboard.press('Control+k'), () => page.keyboard.press('Escape')));
  await page.keyboard.press('Escape');
  await page.goto(`${url}/cases/closed`);
  await page.getByRole('option').first().waitFor();
  const top = () => page.evaluate("document.querySelector('[data-case-list]').scrollTop = 0");
  let reached = 0;
  found.push(perFrame(await spend('scroll, one frame of 240 px', 3, quiet, async () => {
    reached = await page.evaluate<number>(scroll('[data-case-list]', FRAMES));
  }, top)));
  console.log(`  scrolled past ${Math.round(reached / 76)} rows`);
  return found;
}

async function barePage({ page, spend }: Thread, url: string): Promise<Spent[]> {
  await page.route(`${url}/bare`, (route) => route.fulfill({ contentType: 'text/html', body: BARE_PAGE }));
  const found: Spent[] = [];
  found.push(await spend('start to the desk', 5, 400, () => page.goto(`${url}/bare`), () => page.goto(`${url}/favicon.svg`)));
  await page.locator('#list').focus();
  found.push(await spend('next case (j)', 20, 200, () => page.keyboard.press('j')));
  await page.locator('textarea').click();
  found.push(await spend('a key in the answer', 40, 120, () => page.keyboard.press('a')));
  found.push(await spend('palette', 10, 200, () => page.keyboard.press('Control+k'), () => page.keyboard.press('Escape')));
  await page.keyboard.press('Escape');
  found.push(perFrame(await spend('scroll, one frame of 240 px', 3, 400, () => page.evaluate(scroll('#list', FRAMES)), () => page.evaluate("document.querySelector('#list').scrollTop = 0"))));
  return found;
}

function printRows(rows: readonly Record<string, string>[]): void {
  const heads = Object.keys(rows[0] ?? {});
  console.log([`| ${heads.join(' | ')} |`, `|${heads.map(() => '---|').join('')}`, ...rows.map((row) => `| ${heads.map((head) => row[head]).join(' | ')} |`)].join('\n'));
}

const dataDir = values.keep ?? mkdtempSync(join(tmpdir(), 'rapport-low-end-'));
console.log(`${values.messages} messages, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`);
await prepare(dataDir, Number(values.messages));
const product = await startProduct(dataDir, await freePorts());
const jar: { name: string; value: string; url: string }[] = [];
const client = createClient({
  baseUrl: product.url, headers: () => ({ origin: product.url }),
  onResponse(response) {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split('; ');
      const at = pair.indexOf('=');
      jar.push({ name: pair.slice(0, at), value: pair.slice(at + 1), url: product.url });
    }
  },
});
await client.accounts.signIn({ body: { email: BENCH_EMAIL, password: BENCH_PASSWORD } });
const browser = await openBrowser();
const rows: Record<string, string>[] = [];
try {
  for (const rate of values.rates.split(',').map(Number)) {
    const results: Spent[][] = [];
    for (const run of [workspace, barePage]) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
      context.setDefaultTimeout(60_000);
      await context.addCookies(jar);
      const thread = await watchThread(await context.newPage());
      await thread.slowDown(rate);
      results.push(await run(thread, product.url, rate));
      await context.close();
    }
    const [ours = [], bare = []] = results;
    const first = rows.length;
    for (const [i, each] of ours.entries()) {
      const budget = BUDGETS[each.what];
      const paints = (spent: Spent | undefined) => (spent?.paintP50 === undefined ? '' : spent.paintP95 ? `${spent.paintP50 || '<16'} / ${spent.paintP95}` : '<16');
      rows.push({
        slowed: `${rate}×`, what: each.what, n: String(each.n), 'CPU ms p50 / p95': `${each.cpuP50} / ${each.cpuP95}`, 'bare page': `${bare[i]?.cpuP50} / ${bare[i]?.cpuP95}`,
        'budget CPU ms': budget === undefined ? '' : `${budget * rate}${each.cpuP50 > budget * rate ? ' OVER' : ''}`, 'input to picture, ms p50 / p95': paints(each), 'of the bare page': paints(bare[i]),
      });
    }
    // What has been measured is shown, whatever becomes of the slower ones.
    printRows(rows.slice(first));
  }
} finally {
  await browser.close();
  await product.stop();
  if (!values.keep) rmSync(dataDir, { recursive: true, force: true });
}
console.log(`load at the end ${loadavg()[0]?.toFixed(1)}; budgets: next case 40, key 8, frame of 240 px 12 ms of CPU on an unslowed machine, times the slowing`);
