import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { eventually } from '../server/testing/mail/free-port.ts';
import { findings } from './axe.ts';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';

/** The main pages, whatever their words. Those of one thing are added once it is there. */
const PATHS = [
  '/cases/mine', '/cases/open/1', '/cases/snoozed', '/mentions', '/customers', '/search', '/search?q=lamp', '/reports', '/ledger', '/mailbox', '/admin', '/admin/company', '/admin/people', '/admin/teams', '/admin/roles',
  '/admin/inboxes', '/admin/fields', '/admin/macros', '/admin/rules', '/admin/service-levels', '/admin/calendars', '/admin/webhooks', '/admin/imports', '/admin/api-keys', '/admin/audit', '/admin/retention', '/account', '/account/security', '/account/appearance', '/account/notifications', '/nowhere',
];
/** What is opened on a page: the cases behind a number, the tries of a webhook. */
const OPENS: readonly (readonly [where: RegExp, inside: string])[] = [[/^\/reports/, 'main section > h2 + button'], [/^\/admin\/webhooks\/./, 'main li > button[aria-expanded=false]']];
const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };

/** Elements that stick out of the window, and are not inside of something that scrolls or cuts off: with what they say. */
const STICKING_OUT = `(() => {
  const out = [];
  if (document.documentElement.scrollWidth > innerWidth) out.push('the page is ' + document.documentElement.scrollWidth + ' px wide');
  const isCut = (element) => { for (let up = element.parentElement; up && up !== document.documentElement; up = up.parentElement) { const style = getComputedStyle(up); if (style.overflowX !== 'visible' || style.clipPath !== 'none') return true; } return false; };
  for (const element of document.body.querySelectorAll('*')) {
    const box = element.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || (box.right <= innerWidth + 1 && box.left >= -1)) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || isCut(element)) continue;
    out.push(element.tagName.toLowerCase() + '.' + String(element.className?.baseVal ?? element.className).slice(0, 60) + ' ' + Math.round(box.left) + '…' + Math.round(box.right) + ' “' + (element.textContent ?? '').slice(0, 30) + '”');
  }
  // What scrolls sideways inside of the window by accident: only tables, code and pictures may.
  for (const element of document.querySelectorAll('main *')) {
    const style = getComputedStyle(element);
    if (element.scrollWidth <= element.clientWidth + 1 || !/auto|scroll/.test(style.overflowX) || element.clientHeight < 2) continue;
    if (element.matches('[data-scrolls-sideways], textarea, pre, .overflow-x-auto') || element.querySelector('table')) continue;
    const widest = [...element.querySelectorAll('*')].find((each) => { const box = each.getBoundingClientRect(), own = element.getBoundingClientRect(); return box.width > 1 && (box.right > own.right + 1 || box.left < own.left - 1) && each.children.length === 0; });
    out.push('(' + (widest?.parentElement?.outerHTML ?? '').slice(0, 160) + ') scrolls sideways by ' + (element.scrollWidth - element.clientWidth) + ' px: ' + element.tagName.toLowerCase() + '.' + String(element.className).slice(0, 80));
  }
  return out.slice(0, 6);
})()`;

/** The page is there: nothing is under way, nothing a skeleton. */
const settle = (page: Page) => eventually('the page stands', () => page.evaluate<boolean>("!document.querySelector('#start, [aria-busy=true], [role=progressbar], .skeleton') && document.querySelector('main, h1') !== null && document.fonts.status === 'loaded'"));

/** What sticks out and goes on sticking out: a page that has just been given another width is drawn anew in a moment. */
async function sticksOut(page: Page): Promise<string[]> {
  for (let tries = 30; ; tries -= 1) {
    const found = await page.evaluate<string[]>(STICKING_OUT);
    if (found.length === 0 || tries === 0) return found;
    await sleep(100);
  }
}

describe('everybody can read and use it', { skip: noChromium, timeout: 280_000 }, () => {
  const journey = openJourney();
  before(async () => {
    const { product, customers, company } = journey;
    await customers.write(product.smtpPort, { from: 'Ida Berg <ida.berg.of.the.long.address@a-rather-long-domain-name.elsewhere.test>', to: company.address, subject: 'A lamp with a subject that goes on for rather longer than anybody would like it to', text: 'Where is my lamp?\n\nhttps://example.test/a/very/long/address/that/cannot/be/broken/anywhere/because/it/has/no/spaces', attachments: [{ filename: 'a-list-with-a-long-name-of-things-that-are-missing.csv', content: 'a,b' }] });
    const { id } = await company.admin.client.cases.findByNumber({ params: { number: 1 } });
    await company.admin.client.cases.update({ params: { caseId: id }, body: { assigneeId: company.admin.id, priority: 'urgent', addTags: ['lamp'] } });
    const { client } = company.admin;
    await client.cases.addNote({ params: { caseId: id }, body: { text: 'Asked the depot.' } });
    const ida = (await client.customers.list({ query: { q: 'ida' } })).items[0] ?? assert.fail('Ida is there');
    const firm = await client.organizations.create({ body: { name: 'A rather long name of a company & Sons', domains: ['elsewhere.test'], note: 'Pays late.' } });
    const rule = await client.rules.create({ body: { name: 'Lamps', isOn: true, content: { trigger: { on: 'event', event: 'note.added', fields: [] }, groups: [], actions: { addTags: ['noted'] } } } });
    const macro = (await client.macros.list()).items[0] ?? assert.fail('there are examples');
    const shop = [{ from: '09:00', until: '12:00' }, { from: '13:00', until: '18:00' }];
    const calendar = await client.calendars.create({ body: { name: 'Open hours of the shop in the harbour', hours: { timeZone: 'America/Argentina/ComodRivadavia', week: Array.from({ length: 7 }, () => shop), specialDays: [{ name: 'A day that is not as the others', day: '2031-07-01', isYearly: true, spans: shop }], lastDay: null } } });
    const policy = await client.servicePolicies.create({ body: { name: 'Contracts of the highest tier', content: { conditions: { priorities: ['high', 'urgent'] }, calendarId: calendar.id, targets: { firstResponse: 90, nextResponse: 240, resolution: 2_880 }, warning: { percent: 80 } } } });
    await eventually('the case is due', async () => (await client.cases.findByNumber({ params: { number: 1 } })).due !== null);
    const { endpoint } = await client.webhooks.create({ body: { name: 'Warehouse', url: 'https://nowhere.invalid/hook', topics: ['note.added'] } });
    await client.webhooks.test({ params: { endpointId: endpoint.id } });
    const run = await client.imports.create({ body: { name: 'buyers.csv', format: 'csv_customers', inboxId: company.inboxId } });
    const params = { importId: run.id };
    await client.imports.upload({ params, query: { file: 'buyers.csv', place: 0 }, body: new Blob(['email,name\nbo@mail.example,Bo\nnot-an-address,Nobody\n']) });
    await client.imports.check({ params });
    // What goes on by itself is over before somebody looks.
    await eventually('the import is looked over', async () => (await client.imports.get({ params })).state === 'checked');
    await client.cases.addNote({ params: { caseId: id }, body: { text: 'And the shop.' } });
    await eventually('the rule has acted', async () => (await client.rules.listRuns({ params: { ruleId: rule.id }, query: {} })).items.length > 0);
    await eventually('the webhook was tried', async () => (await client.webhooks.listDeliveries({ params: { endpointId: endpoint.id }, query: {} })).items.some((each) => each.attempts > 0));
    PATHS.push(`/customers/${ida.id}`, `/organizations/${firm.id}`, `/admin/rules/${rule.id}`, `/admin/service-levels/${policy.id}`, `/admin/calendars/${calendar.id}`, `/admin/macros/${macro.id}`, `/admin/webhooks/${endpoint.id}`, `/admin/imports/${run.id}`);
    const today = new Date().toISOString().slice(0, 10);
    await eventually('the reports count the case', async () => (await client.insights.report({ query: { from: today, to: today } })).created.value === 1);
  });

  const sit = (stored: Record<string, string>, options: BrowserContextOptions) =>
    journey.sit(journey.company.admin, { reducedMotion: 'reduce', ...options }, (page) => page.addInitScript(`for (const [key, value] of Object.entries(${JSON.stringify(stored)})) localStorage.setItem('rapport.' + key, value)`));
  /** Goes from page to page as a click on a link does, which is quicker than loading each anew. */
  async function walk(page: Page, look: (path: string) => Promise<void>): Promise<void> {
    for (const path of PATHS) {
      await page.evaluate(`history.pushState({}, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`);
      await eventually(`${path} is open`, () => page.evaluate<boolean>(`location.pathname.startsWith(${JSON.stringify(path.split('?')[0])}) && document.querySelector('.progress-line') === null`));
      await settle(page);
      await look(path);
      const inside = OPENS.find(([where]) => where.test(path))?.[1];
      if (!inside) continue;
      await page.locator(inside).first().click();
      await settle(page);
      await look(`${path}, opened`);
      await page.keyboard.press('Escape');
    }
  }

  for (const [name, stored, options, sizes] of [
    ['from right to left', { locale: 'ar-XB' }, {}, [WIDE, NARROW]],
    ['with text twice as large, from right to left', { locale: 'ar-XB', text: '200' }, {}, [WIDE, NARROW]],
    ['in the few colours of the system', {}, { forcedColors: 'active' }, [NARROW]],
  ] as const) {
    it(`${name}, nothing sticks out of the window`, async () => {
      const { page } = await sit(stored, options);
      await settle(page);
      const wrong: string[] = [];
      await walk(page, async (path) => {
        for (const size of sizes) {
          await page.setViewportSize(size);
          await settle(page);
          wrong.push(...(await sticksOut(page)).map((each) => `${path} at ${size.width}: ${each}`));
        }
      });
      assert.deepEqual(wrong, []);
    });
  }

  // A page follows the system's theme and the window's size while it is open, so one walk shows it in all of them.
  for (const [name, locale, sizes] of [['left to right', 'en', [WIDE, NARROW]], ['right to left', 'ar-XB', [WIDE, NARROW]]] as const) {
    it(`from ${name}, in both themes, at ${sizes.map(({ width }) => width).join(' and ')} px, axe finds nothing`, async () => {
      const { page } = await sit({ locale }, { colorScheme: 'light', viewport: sizes[0] });
      await settle(page);
      const wrong: string[] = [];
      await walk(page, async (path) => {
        for (const [index, size] of sizes.entries()) {
          await page.setViewportSize(size);
          // The same colours stand at every width.
          for (const colorScheme of index === sizes.length - 1 ? (['light', 'dark'] as const) : (['light'] as const)) {
            await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
            await eventually(`it is ${colorScheme}`, () => page.evaluate<boolean>(`document.documentElement.dataset.theme === '${colorScheme}'`));
            await settle(page);
            wrong.push(...(await findings(page, colorScheme === 'light' ? 'everything' : 'colours')).map((each) => `${path} ${colorScheme} ${size.width}\n${each}`));
          }
        }
      });
      assert.equal(wrong.length, 0, `\n${wrong.join('\n')}`);
    });
  }
});
