// Takes the pictures of the documents anew: node e2e/pictures.ts [name …]
// Starts Rapport on its first day and with its demo company, walks through both in both themes and at two widths, and writes docs/pictures/<page>[-phone]-<theme>.png; with names, only those.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { eventually } from '../server/testing/mail/free-port.ts';
import { openBrowser } from './browser.ts';
import { sitDown } from './desk.ts';
import { packPng } from './pack-png.ts';
import { startProduct, type Caller, type Product } from './product.ts';

const folder = join(import.meta.dirname, '../docs/pictures');
const MOST_BYTES = 250 * 1024;
const WIDTHS = { '': { width: 1440, height: 900 }, '-phone': { width: 390, height: 844 } } as const;
type Width = keyof typeof WIDTHS;

interface Motif {
  name: string;
  widths: readonly Width[];
  /** Brings the page to where it is worth a picture. */
  pose: (page: Page, width: Width) => Promise<unknown>;
}

async function open(page: Page, path: string, sign: (page: Page) => ReturnType<Page['locator']>): Promise<void> {
  await page.goto(path);
  await sign(page).first().waitFor();
}

async function openCase(page: Page, words: RegExp): Promise<void> {
  await open(page, '/cases/mine', () => page.getByRole('option'));
  await page.getByRole('option', { name: words }).click();
  await page.getByRole('textbox', { name: /^Reply to/ }).waitFor();
}

const firstDay: readonly Motif[] = [{ name: 'first-run', widths: ['', '-phone'], pose: (page) => open(page, '/first-run', () => page.getByLabel('What is your company called?')) }];

const demo: readonly Motif[] = [
  {
    name: 'case', widths: ['', '-phone'],
    async pose(page) {
      await openCase(page, /THIRD mail/);
      await page.getByRole('textbox', { name: /^Reply to/ }).fill('Dear Ms Holloway,\n\nI have just tried to ring you. A new Ember Duo left us by courier this morning and reaches you today before six; I am watching it myself.');
    },
  },
  { name: 'list', widths: ['', '-phone'], pose: (page) => open(page, '/cases/mine', () => page.getByRole('option')) },
  { name: 'html-mail', widths: [''], async pose(page) {
    await open(page, '/cases/unassigned', () => page.getByRole('option'));
    await page.getByRole('option', { name: /New harvest from Huila/ }).click();
    await page.getByRole('button', { name: 'Load images' }).waitFor();
    await page.getByRole('article', { name: /^Message from Freja/ }).evaluate('(article) => article.scrollIntoView({ block: "start" })');
  } },
  { name: 'search', widths: [''], pose: (page) => open(page, '/search?q=gasket', () => page.getByText(/^\d+ cases?/).first()) },
  { name: 'ledger', widths: ['', '-phone'], pose: (page) => open(page, '/ledger', () => page.getByText('It adds up: every message is accounted for')) },
  {
    name: 'beside', widths: [''],
    async pose(page) {
      await openCase(page, /THIRD mail/);
      await page.getByRole('listbox').first().focus();
      await page.keyboard.press('v');
      await page.getByRole('option', { name: /Box arrived like this/ }).click();
      await page.getByRole('textbox', { name: /^Reply to/ }).nth(1).waitFor();
    },
  },
  {
    name: 'bulk', widths: [''],
    async pose(page) {
      await open(page, '/cases/unassigned', () => page.getByRole('option'));
      await page.getByRole('listbox').first().focus();
      for (const key of ['j', 'x', 'j', 'x', 'j', 'x']) await page.keyboard.press(key);
      await page.getByText('3 cases selected').first().waitFor();
    },
  },
  {
    name: 'customer', widths: [''],
    async pose(page) {
      await open(page, '/customers', () => page.getByRole('link', { name: /Beatrice Holloway/ }));
      await page.getByRole('link', { name: /Beatrice Holloway/ }).click();
      await page.getByRole('heading', { name: 'Beatrice Holloway' }).waitFor();
    },
  },
  { name: 'reports', widths: ['', '-phone'], pose: (page) => open(page, '/reports', () => page.getByText('Day by day')) },
  { name: 'macros', widths: [''], pose: (page) => open(page, '/admin/macros', () => page.getByText('Take a complaint seriously')) },
  {
    name: 'rule', widths: [''],
    async pose(page) {
      await open(page, '/admin/rules', () => page.getByText('Resolve when the customer stays silent'));
      await page.getByText('Resolve when the customer stays silent').click();
      await page.getByRole('heading', { level: 1 }).waitFor();
    },
  },
  { name: 'service-level', widths: [''], async pose(page) {
    const ask = (method: string, path: string, body?: unknown) =>
      page.evaluate(`fetch(${JSON.stringify(`/api/v1${path}`)}, { method: ${JSON.stringify(method)}, headers: { 'content-type': 'application/json' }${body === undefined ? '' : `, body: ${JSON.stringify(JSON.stringify(body))}`} }).then((answer) => answer.json())`) as Promise<{ id: string; items: { id: string }[] }>;
    const hours = { timeZone: 'Europe/Dublin', week: Array.from({ length: 7 }, (_, day) => (day < 5 ? [{ from: '08:00', until: '12:30' }, { from: '13:30', until: '18:00' }] : [])), specialDays: [], lastDay: null };
    const [calendar = await ask('POST', '/calendars', { name: 'Roastery', hours })] = (await ask('GET', '/calendars')).items;
    const content = { conditions: { priorities: ['high', 'urgent'] }, calendarId: calendar.id, targets: { firstResponse: 60, nextResponse: 120, resolution: 960 }, warning: { percent: 80 } };
    const [policy = await ask('POST', '/service-policies', { name: 'What cannot wait', content })] = (await ask('GET', '/service-policies')).items;
    await open(page, `/admin/service-levels/${policy.id}`, () => page.getByRole('heading', { level: 1 }));
  } },
  { name: 'retention', widths: [''], pose: (page) => open(page, '/admin/retention', () => page.getByRole('heading', { level: 1 })) },
  { name: 'import', widths: [''], pose: (page) => open(page, '/admin/imports/new', () => page.getByRole('heading', { level: 1 })) },
  { name: 'webhook', widths: [''], pose: (page) => open(page, '/admin/webhooks/new', () => page.getByRole('heading', { level: 1 })) },
  { name: 'admin-roles', widths: [''], pose: (page) => open(page, '/admin/roles', () => page.getByRole('heading', { level: 1 })) },
  { name: 'security', widths: [''], pose: (page) => open(page, '/account/security', () => page.getByRole('heading', { level: 1 })) },
  { name: 'notifications', widths: [''], pose: (page) => open(page, '/account/notifications', () => page.getByRole('heading', { level: 1 })) },
  { name: 'appearance', widths: [''], pose: (page) => open(page, '/account/appearance', () => page.getByRole('heading', { level: 1 })) },
  { name: 'admin-inboxes', widths: [''], pose: (page) => open(page, '/admin/inboxes', () => page.getByText('Trade desk')) },
  { name: 'chat', widths: ['-phone'], async pose(page) {
    const ask = (method: string, path: string, body?: unknown) =>
      page.evaluate(`fetch(${JSON.stringify(`/api/v1${path}`)}, { method: ${JSON.stringify(method)}, headers: { 'content-type': 'application/json' }${body === undefined ? '' : `, body: ${JSON.stringify(JSON.stringify(body))}`} }).then((answer) => answer.json())`) as Promise<{ id: string; address: string; items: { id: string }[] }>;
    const inbox = await ask('POST', '/inboxes', { channel: 'chat', name: 'Shop', settings: { title: 'Ask the roasters', greeting: 'Hello! What can we do for you?' } });
    await open(page, `/chat/${inbox.address}`, () => page.getByLabel('Your name'));
    await page.getByLabel('Your name').fill('Ida Berg');
    await page.getByLabel('Write a message').fill('Do you sell the Ethiopian beans whole?');
    await page.getByLabel('Write a message').press('Enter');
    const found = await eventually('the case', async () => (await ask('GET', `/cases?inbox=${inbox.id}`)).items[0]);
    await ask('POST', `/cases/${found.id}/replies`, { text: 'We do, in bags of 250 g and of a kilo. Both were roasted on Thursday.' });
    await page.getByText('roasted on Thursday').waitFor();
  } },
  { name: 'admin-people', widths: [''], pose: (page) => open(page, '/admin/people', () => page.getByText('Yousef Haddad')) },
  { name: 'palette', widths: [''], async pose(page) {
    await openCase(page, /Box arrived like this/);
    await page.getByRole('listbox').first().focus();
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Do, go or find anything…').fill('sno');
  } },
  {
    name: 'keys', widths: [''],
    async pose(page) {
      await openCase(page, /Box arrived like this/);
      await page.getByRole('listbox').first().focus();
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
];

async function take(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.waitForLoadState('networkidle');
  await eventually('nothing moves any more', () => page.evaluate<boolean>('document.fonts.status === "loaded" && document.getAnimations().every((each) => each.playState !== "running")'));
  const picture = packPng(await page.screenshot({ animations: 'disabled', caret: 'hide' }));
  if (picture.length > MOST_BYTES) throw new Error(`${name} is too large: ${picture.length} bytes.`);
  await writeFile(join(folder, `${name}.png`), picture);
  console.log(`${name}: ${Math.round(picture.length / 1024)} kB`);
}

async function takeAll(browser: Browser, product: Product, motifs: readonly Motif[], who?: Caller): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    for (const width of Object.keys(WIDTHS) as Width[]) {
      for (const motif of motifs.filter((each) => each.widths.includes(width) && (wanted.size === 0 || wanted.has(each.name)))) {
        const { page, close } = await sitDown(browser, product, who, { viewport: WIDTHS[width], colorScheme: theme, reducedMotion: 'reduce' });
        await motif.pose(page, width);
        await take(page, `${motif.name}${width}-${theme}`);
        await close();
      }
    }
  }
}

const wanted = new Set(process.argv.slice(2));
if (wanted.size === 0) await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const browser = await openBrowser();
try {
  const empty = await startProduct();
  await takeAll(browser, empty, firstDay);
  await empty.stop();
  const lively = await startProduct(['--demo']);
  const visitor = lively.caller();
  const signIn = await eventually('the demo is filled', async () => (await visitor.client.setup.state()).demoSignIn ?? undefined, 300);
  await visitor.client.accounts.signIn({ body: signIn });
  const today = new Date().toISOString().slice(0, 10);
  await eventually('the reports are counted', async () => (await visitor.client.insights.report({ query: { from: today, to: today, by: 'team' } })).isComplete, 300);
  await takeAll(browser, lively, demo, visitor);
  await lively.stop();
} finally {
  await browser.close();
}
