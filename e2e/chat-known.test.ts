import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { SignJWT } from 'jose';
import type { Page } from 'playwright-core';
import { findings } from './axe.ts';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';
import { openShop, type Shop } from './shop.ts';

describe('a visitor who is signed in on the website', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();
  let shop: Shop;
  let site: string;
  let inboxId: string;
  before(async () => {
    const inbox = await journey.company.admin.client.inboxes.create({ body: { channel: 'chat', name: 'Shop', settings: { title: 'Ask us', asks: { name: 'required', email: 'no' } } } });
    [site, inboxId] = [inbox.address, inbox.id];
    shop = await openShop(journey.product.url, site);
  });
  after(() => shop?.close());

  const panelOf = (page: Page) => page.frameLocator('iframe');
  async function visit(token?: string): Promise<Page> {
    const page = await (await journey.browser.newContext()).newPage();
    await page.goto(shop.url);
    const button = page.getByRole('button', { name: 'Chat with us' });
    await button.waitFor();
    if (token !== undefined) await page.evaluate(`rapportChat.identify(() => new Promise((resolve) => setTimeout(() => resolve(${JSON.stringify(token)}), 1500)))`);
    await button.click();
    return page;
  }

  it('finds the chat again on another device, and leaves nothing behind when they sign out', async () => {
    const { page: desk } = await journey.sit(journey.company.admin);
    await desk.goto(`/admin/inboxes/${inboxId}`);
    await desk.getByText('There is none yet: all visitors are strangers.').waitFor();
    await desk.getByRole('button', { name: 'Add a key' }).click();
    await desk.getByRole('dialog').getByLabel('Name').fill('Shop server');
    assert.deepEqual(await findings(desk), []);
    await desk.getByRole('dialog').getByRole('button', { name: 'Add a key' }).click();
    const secret = (await desk.getByRole('dialog').getByRole('textbox', { name: 'Secret' }).textContent()) ?? '';
    assert.match(secret, /^[\w-]{43}$/);
    assert.deepEqual(await findings(desk), []);
    await desk.getByRole('dialog').getByRole('button').last().click();
    await desk.getByText('Shop server').waitFor();

    const token = await new SignJWT({ sub: 'customer-7', name: 'Ines Ohm' }).setProtectedHeader({ alg: 'HS256' }).setAudience(site).setExpirationTime('10m').sign(new TextEncoder().encode(secret));
    const phone = await visit(token);
    // Whoever is quick writes before the site's word is heard; nobody asks them who they are, and nothing is sent as a stranger's.
    await panelOf(phone).getByLabel('Write a message').fill('Where is my lamp?');
    assert.equal(await panelOf(phone).getByLabel('Your name').count(), 0);
    await panelOf(phone).getByLabel('Write a message').press('Enter');
    await panelOf(phone).getByText('Sent').waitFor();
    const laptop = await visit(token);
    await panelOf(laptop).getByRole('log').getByText('Where is my lamp?').waitFor();
    const stranger = await visit();
    await panelOf(stranger).getByLabel('Your name').waitFor();
    assert.equal(await panelOf(stranger).getByText('Where is my lamp?').count(), 0);

    await laptop.evaluate('rapportChat.signOut()');
    await panelOf(laptop).getByText('Where is my lamp?').waitFor({ state: 'detached' });
    await panelOf(laptop).getByLabel('Your name').waitFor();
    await laptop.reload();
    await panelOf(laptop).getByLabel('Your name').waitFor();
    assert.equal(await panelOf(laptop).getByText('Where is my lamp?').count(), 0);
    await desk.goto('/cases/open');
    await desk.getByRole('option', { name: /Ines Ohm/ }).waitFor();
  });
});
