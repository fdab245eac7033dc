import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { eventually } from '../server/testing/mail/free-port.ts';
import { findings } from './axe.ts';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';
import { openShop, type Shop } from './shop.ts';

describe('a visitor who waits in line', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();
  let shop: Shop;
  let queueId: string;
  let site: string;
  before(async () => {
    const { client } = journey.company.admin;
    const mail = await client.inboxes.create({ body: { channel: 'email', name: 'Shop by mail', settings: { address: 'lamps@company.test' } } });
    queueId = (await client.queues.create({ body: { name: 'Chats', channels: ['chat'] } })).id;
    const inbox = await client.inboxes.create({ body: { channel: 'chat', name: 'Shop', settings: { mailInboxId: mail.id, queueId, title: 'Ask us', asks: { name: 'no', email: 'no' } } } });
    site = inbox.address;
    shop = await openShop(journey.product.url, site);
  });
  after(() => shop?.close());

  const panelOf = (page: Page) => page.frameLocator('iframe');
  async function arrive(text: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await journey.browser.newContext(options)).newPage();
    await page.goto(shop.url);
    await page.getByRole('button', { name: 'Chat with us' }).click();
    await panelOf(page).locator('#text').fill(text);
    await panelOf(page).locator('#text').press('Enter');
    return page;
  }

  it('sees the place, keeps it over a reload, moves up, is taken, and knows by whom', async () => {
    const first = await arrive('Do you sell bulbs?');
    await panelOf(first).getByText('You are next.').waitFor();
    const second = await arrive('Which lamp fits?', { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true });
    await panelOf(second).getByText('You are number 2 in the line.').waitFor();
    await panelOf(second).getByText('Nobody is here at the moment. You keep your place.').waitFor();
    await second.goto(`${journey.product.url}/chat/${site}`);
    await second.getByText('You are number 2 in the line.').waitFor();
    assert.deepEqual(await findings(second), []);

    const { page: desk } = await journey.sit(journey.company.admin);
    await desk.goto('/cases/open');
    await journey.company.admin.client.workforce.setOwnPresence({ body: { state: 'available' } });
    await desk.getByRole('button', { name: /^Take it/ }).click();
    await panelOf(first).getByText(`${journey.company.admin.name} is here for you.`).waitFor();
    await second.getByText('You are next.').or(second.getByText('is here for you.')).first().waitFor();
  });

  it('asks for an answer by mail and keeps the place, or leaves the line, by keyboard', async () => {
    await journey.company.admin.client.workforce.setOwnPresence({ body: { state: 'offline' } });
    const panel = await (await journey.browser.newContext()).newPage();
    await panel.goto(`${journey.product.url}/chat/${site}?locale=de`);
    await panel.locator('#text').fill('When do you open?');
    await panel.locator('#text').press('Enter');
    await panel.getByText('Gerade ist niemand da. Ihr Platz bleibt Ihnen.').waitFor();
    await panel.getByRole('button', { name: 'Per E-Mail antworten lassen' }).focus();
    await panel.keyboard.press('Enter');
    await panel.keyboard.type('nobody');
    await panel.keyboard.press('Enter');
    await panel.getByText('Das ist keine E-Mail-Adresse.').waitFor();
    await panel.keyboard.type('@elsewhere.test');
    await panel.keyboard.press('Enter');
    await panel.getByRole('log').getByText('Bitte antworten Sie mir per E-Mail: nobody@elsewhere.test').waitFor();
    const { client } = journey.company.admin;
    const row = await eventually('the case', async () => (await client.cases.list({ query: {} })).items.find((each) => each.subject === 'When do you open?'));
    // What is under way stands in the panel already.
    const replyTo = await eventually('the wish has arrived', async () => {
      const found = (await client.cases.get({ params: { caseId: row.id } })).replyTo;
      return found.length > 0 && found;
    });
    assert.deepEqual(replyTo.map(({ address }) => address), ['nobody@elsewhere.test']);
    await panel.getByRole('button', { name: 'Warteschlange verlassen' }).click();
    await panel.getByText('Sie haben die Warteschlange verlassen.').waitFor();
    await client.queues.setOpen({ params: { queueId }, body: { isOpen: false } });
    const late = await arrive('Am I too late?');
    await panelOf(late).getByText('We are closed. What you write is kept, and answered.').waitFor();
  });
});
