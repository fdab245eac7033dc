import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { eventually } from '../server/testing/mail/free-port.ts';
import { findings } from './axe.ts';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';
import { openShop, type Shop } from './shop.ts';

describe('a chat on somebody’s website', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney();
  let shop: Shop;
  before(async () => {
    const mail = await journey.company.admin.client.inboxes.create({ body: { channel: 'email', name: 'Shop by mail', settings: { address: 'lamps@company.test' } } });
    const inbox = await journey.company.admin.client.inboxes.create({ body: { channel: 'chat', name: 'Shop', settings: { mailInboxId: mail.id, title: 'Ask us', greeting: 'Hello! What can we do for you?', asks: { name: 'required', email: 'optional' } } } });
    shop = await openShop(journey.product.url, inbox.address);
  });
  after(() => shop?.close());

  async function visit(options: BrowserContextOptions = {}): Promise<{ page: Page; asked: string[]; complaints: string[] }> {
    const context = await journey.browser.newContext(options);
    const page = await context.newPage();
    const [asked, complaints]: [string[], string[]] = [[], []];
    page.on('request', (request) => asked.push(request.url()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => message.type() === 'error' && !message.text().includes('net::ERR') && complaints.push(message.text()));
    await page.goto(shop.url);
    await page.getByRole('button', { name: 'Chat with us' }).waitFor();
    return { page, asked, complaints };
  }
  const panelOf = (page: Page) => page.frameLocator('iframe');
  async function write(page: Page, text: string, name?: string): Promise<void> {
    if (name) await panelOf(page).getByLabel('Your name').fill(name);
    await panelOf(page).getByLabel('Write a message').fill(text);
    await panelOf(page).getByLabel('Write a message').press('Enter');
  }
  const said = (page: Page) => panelOf(page).getByRole('log').locator('.mine, .theirs').allTextContents();
  const caseAbout = async (subject: string) => {
    const { client } = journey.company.admin;
    return eventually(`a case about “${subject}”`, async () => (await client.cases.list({ query: {} })).items.find((row) => row.subject === subject));
  };
  const messagesOf = async (caseId: string) => (await journey.company.admin.client.cases.listEntries({ params: { caseId } })).items.flatMap((entry) => (entry.kind === 'message' ? [entry.text] : []));

  it('asks for one script before anybody acts, is used with the keyboard alone, and the answer is there at once', async () => {
    const { page, asked, complaints } = await visit();
    assert.deepEqual(asked.map((url) => new URL(url).pathname).filter((path) => path !== '/favicon.ico'), ['/', '/chat/w.js']);
    assert.deepEqual(await page.evaluate<unknown[]>('[document.cookie, localStorage.length, sessionStorage.length]'), ['', 0, 0]);
    const { page: desk } = await journey.sit(journey.company.admin);
    await desk.goto('/cases/open');

    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await panelOf(page).getByText('What can we do for you?').waitFor();
    await write(page, 'Do you sell bulbs?');
    await panelOf(page).getByText('Please fill this in.').waitFor();
    await panelOf(page).getByLabel('Your name').pressSequentially('Ida Berg');
    await panelOf(page).getByLabel('Write a message').press('Enter');
    await panelOf(page).getByRole('log').getByText('Do you sell bulbs?').waitFor();

    await desk.getByRole('option', { name: /Ida Berg.*Chat/ }).click();
    const reply = desk.getByRole('textbox', { name: 'Reply to Ida Berg' });
    await reply.fill('We do, of all kinds.');
    assert.equal(await desk.getByRole('button', { name: /^To / }).count(), 0, 'a chat has no addresses');
    await desk.keyboard.press('Control+Enter');
    await panelOf(page).getByText('We do, of all kinds.').waitFor();
    await desk.getByRole('region', { name: 'What happened' }).getByText('Read', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Chat with us' }).waitFor();
    assert.deepEqual(complaints, [], 'under a strict policy nothing is refused');
    await page.context().close();
  });

  it('goes on after a reload, in another tab, and when the tab was closed', async () => {
    const { page } = await visit();
    const context = page.context();
    await page.getByRole('button', { name: 'Chat with us' }).click();
    await write(page, 'Where is the blue one?', 'Emil');
    const found = await caseAbout('Where is the blue one?');
    await page.goto(`${shop.url}/other`);
    await panelOf(page).getByRole('log').getByText('Where is the blue one?').waitFor();
    const other = await context.newPage();
    await other.goto(shop.url);
    await other.getByRole('button', { name: 'Chat with us' }).click();
    await write(other, 'And the red one?');
    await panelOf(page).getByText('And the red one?').waitFor();
    // It is shown in both before it has arrived.
    await eventually('it has arrived', async () => ((await messagesOf(found.id)).length === 2 ? true : undefined));
    await page.close();
    await other.close();
    await journey.company.admin.client.cases.reply({ params: { caseId: found.id }, body: { text: 'Both are on the second floor.' } });
    const again = await context.newPage();
    await again.goto(shop.url);
    await again.getByRole('button', { name: 'Chat with us' }).click();
    await panelOf(again).getByText('Both are on the second floor.').waitFor();
    assert.deepEqual(await said(again), ['Hello! What can we do for you?', 'Where is the blue one?', 'And the red one?', 'Both are on the second floor.']);
    await context.close();
  });

  it('what is written without a connection, and while the server dies, arrives once and in order', async () => {
    const { page } = await visit();
    await page.getByRole('button', { name: 'Chat with us' }).click();
    await write(page, 'One', 'Una');
    const { id } = await caseAbout('One');
    journey.cable.pull();
    await write(page, 'Two');
    await write(page, 'Three');
    await panelOf(page).getByText(/^No connection/).waitFor();
    journey.cable.plugIn();
    await eventually('they have arrived', async () => ((await messagesOf(id)).length === 3 ? true : undefined));
    await journey.product.kill();
    await write(page, 'Four');
    await panelOf(page).getByText(/^No connection/).waitFor();
    await journey.product.startAgain();
    await eventually('the fourth has arrived', async () => ((await messagesOf(id)).length === 4 ? true : undefined));
    assert.deepEqual(await messagesOf(id), ['One', 'Two', 'Three', 'Four']);
    await journey.company.admin.client.cases.reply({ params: { caseId: id }, body: { text: 'Five' } });
    await panelOf(page).getByText('Five', { exact: true }).waitFor();
    assert.deepEqual((await said(page)).slice(1), ['One', 'Two', 'Three', 'Four', 'Five']);
    await panelOf(page).getByText(/^No connection/).waitFor({ state: 'hidden' });
    await page.context().close();
  });

  it('what somebody wrote first of all without a connection is there after a reload, with who they are', async () => {
    const { page } = await visit();
    await page.getByRole('button', { name: 'Chat with us' }).click();
    await panelOf(page).getByLabel('Your name').waitFor();
    await page.context().setOffline(true);
    await write(page, 'First of all', 'Frida');
    await panelOf(page).getByText(/^No connection/).waitFor();
    await page.context().setOffline(false);
    await page.reload();
    const row = await caseAbout('First of all');
    assert.equal(row.customer.name, 'Frida');
    await eventually('it is there once', async () => ((await messagesOf(row.id)).length === 1 ? true : undefined));
    await page.context().close();
  });

  it('each sees the other write, and pictures and plans go both ways', async () => {
    const { page, complaints } = await visit();
    await page.getByRole('button', { name: 'Chat with us' }).click();
    await write(page, 'May I show you something?', 'Fee');
    const { number } = await caseAbout('May I show you something?');
    const { page: desk } = await journey.sit(journey.company.admin);
    await desk.goto(`/cases/open/${number}`);
    await desk.getByText('Fee has the chat open').waitFor();
    await panelOf(page).getByText('Read', { exact: true }).waitFor();
    await panelOf(page).getByLabel('Write a message').pressSequentially('It is th');
    await desk.getByText('Fee is writing').waitFor();
    await desk.getByRole('textbox', { name: 'Reply to Fee' }).pressSequentially('Of cou');
    await panelOf(page).getByText(/ is writing/).waitFor();

    const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
    await panelOf(page).locator('input[type=file]').setInputFiles([{ name: 'lamp.png', mimeType: 'image/png', buffer: dot }, { name: 'film.mov', mimeType: 'video/quicktime', buffer: Buffer.alloc(11 * 1024 * 1024) }]);
    await panelOf(page).getByText('Too large: 10 MB at most.').waitFor();
    await panelOf(page).getByRole('button', { name: 'Remove film.mov' }).click();
    await write(page, 'It is this one');
    await panelOf(page).getByRole('img', { name: 'lamp.png' }).waitFor();
    await desk.getByRole('region', { name: 'What happened' }).getByText('It is this one').waitFor();
    await desk.getByText('lamp.png').first().waitFor();

    const isThere = desk.waitForResponse((answer) => answer.url().includes('/attachments') && answer.status() === 201);
    await desk.locator('input[type=file]').last().setInputFiles({ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('Turn it off.') });
    await isThere;
    await desk.getByText('plan.txt').waitFor();
    await desk.getByRole('textbox', { name: 'Reply to Fee' }).fill('Follow this plan.');
    await desk.keyboard.press('Control+Enter');
    await panelOf(page).getByText('Follow this plan.').waitFor();
    const [saved] = await Promise.all([page.waitForEvent('download'), panelOf(page).getByRole('button', { name: /plan\.txt/ }).click()]);
    assert.equal(saved.suggestedFilename(), 'plan.txt');
    assert.deepEqual(complaints, []);
    await page.context().close();
    await desk.getByText(/Fee does not have the chat open/).waitFor();
    await desk.context().close();
  });

  it('an answer that comes unseen is heard, unless the visitor wants quiet', async () => {
    const { page } = await visit();
    // Every sound begins with one of these.
    await page.context().addInitScript('window.AudioContext = class extends AudioContext { constructor() { super(); window.sounds = (window.sounds ?? 0) + 1; } };');
    await page.reload();
    await page.getByRole('button', { name: 'Chat with us' }).click();
    await write(page, 'Is it loud?', 'Lou');
    const { id } = await caseAbout('Is it loud?');
    const { client } = journey.company.admin;
    const answer = (text: string) => client.cases.reply({ params: { caseId: id }, body: { text } });
    const sounds = async () => Number(await page.frames().at(-1)?.evaluate('window.sounds ?? 0'));
    await panelOf(page).getByLabel('Write a message').click();
    await answer('No.');
    await panelOf(page).getByText('No.', { exact: true }).waitFor();
    assert.equal(await sounds(), 0, 'they see it come');
    await page.keyboard.press('Escape');
    await answer('Not at all.');
    await page.getByRole('button', { name: /1 new/ }).waitFor();
    assert.equal(await sounds(), 1);
    await page.getByRole('button', { name: 'Chat with us' }).click();
    const sound = panelOf(page).getByRole('button', { name: 'Sound when an answer comes' });
    assert.equal(await sound.getAttribute('aria-pressed'), 'true');
    await sound.click();
    await panelOf(page).getByLabel('Write a message').click();
    await page.keyboard.press('Escape');
    await answer('You can sleep beside it.');
    await page.getByRole('button', { name: /1 new/ }).waitFor();
    assert.equal(await sounds(), 1, 'quiet');
    await page.context().close();
  });

  it('whoever is gone is answered by mail, with what was said below it', async () => {
    const { page } = await visit();
    await page.getByRole('button', { name: 'Chat with us' }).click();
    await panelOf(page).getByLabel('Your e-mail address').fill('gus@elsewhere.test');
    await write(page, 'When will it be there?', 'Gus');
    const { number } = await caseAbout('When will it be there?');
    await page.context().close();
    const { page: desk } = await journey.sit(journey.company.admin);
    await desk.goto(`/cases/open/${number}`);
    await desk.getByText(/Gus does not have the chat open/).waitFor();
    await desk.getByRole('button', { name: 'By mail' }).click();
    await desk.getByRole('button', { name: 'To Gus' }).waitFor();
    await desk.getByRole('textbox', { name: 'Reply to Gus' }).fill('On Friday.');
    await desk.keyboard.press('Control+Enter');
    // Nobody has checked the address.
    await desk.getByRole('dialog', { name: 'Before it goes out' }).getByRole('button', { name: 'Send anyway' }).click();
    const { client } = journey.company.admin;
    const mail = await eventually('the mail is there', async () => (await client.mailbox.listMails({ params: { address: 'gus@elsewhere.test' } })).items.at(-1));
    assert.match(mail.text, /^On Friday\.[^]*Our chat of[^]*> When will it be there\?/);
    await desk.context().close();
  });

  it('fills a phone, and has nothing in the way of anybody, in both themes and both directions', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await visit({ viewport: { width: 390, height: 844 }, colorScheme, reducedMotion: 'reduce' });
      await page.getByRole('button', { name: 'Chat with us' }).click();
      await write(page, 'See https://shop.example/a/rather/long/address/that/goes/on/and/on and tell me', 'Ida');
      await panelOf(page).getByRole('log').getByText('tell me').waitFor();
      assert.deepEqual(await page.locator('iframe').boundingBox(), { x: 0, y: 0, width: 390, height: 844 });
      const address = await page.locator('iframe').getAttribute('src');
      // Its own page, as axe can't look into the frame of another origin.
      for (const locale of ['de', 'ar']) {
        await page.goto(`${address?.split('?')[0]}?locale=${locale}`);
        await page.getByRole('log').getByText('tell me').waitFor();
        assert.equal(await page.evaluate<string>('document.documentElement.dir'), locale === 'ar' ? 'rtl' : 'ltr');
        const found = await findings(page);
        assert.deepEqual(found, [], `${colorScheme} ${locale}`);
        assert.equal(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth'), true);
      }
      await page.context().close();
    }
  });

  it('invites whoever stays on a page, once a visit, and asks for nothing by it', async () => {
    const { client } = journey.company.admin;
    const inbox = await client.inboxes.create({ body: { channel: 'chat', name: 'Inviting', settings: { title: 'Ask us', invitation: { text: 'Lost among the lamps?', afterSeconds: 1, onPath: '/other' } } } });
    const { page: desk } = await journey.sit(journey.company.admin);
    await desk.goto(`/admin/inboxes/${inbox.id}`);
    const line = await desk.locator('pre code').textContent();
    assert.match(line ?? '', /data-invite="Lost among the lamps\?" data-invite-after="1" data-invite-on="\/other"/);
    await desk.context().close();
    const inviting = await openShop(journey.product.url, inbox.address, /data-invite=.*"\/other"/.exec(line ?? '')?.[0]);
    const context = await journey.browser.newContext();
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(inviting.url);
    await page.getByRole('button', { name: 'Chat with us' }).waitFor();
    await page.waitForTimeout(1_500);
    assert.equal(await page.getByRole('button', { name: 'Lost among the lamps?' }).count(), 0, 'not on this page');
    await page.getByRole('link', { name: 'lamps' }).click();
    await page.getByRole('button', { name: 'Lost among the lamps?' }).waitFor();
    assert.deepEqual(asked.filter((path) => path !== '/favicon.ico' && path !== '/chat/w.js'), ['/', '/other']);
    assert.deepEqual(await findings(page), []);
    await page.getByRole('button', { name: 'Not now' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Chat with us' }).waitFor();
    await page.waitForTimeout(1_500);
    assert.equal(await page.getByRole('button', { name: 'Lost among the lamps?' }).count(), 0, 'not again');
    await page.evaluate('sessionStorage.clear()');
    await page.reload();
    await page.getByRole('button', { name: 'Lost among the lamps?' }).click();
    await panelOf(page).getByLabel('Write a message').waitFor();
    await context.close();
    await inviting.close();
  });

  it('a site that is not on the list can’t show it', async () => {
    const inbox = await journey.company.admin.client.inboxes.create({ body: { channel: 'chat', name: 'Elsewhere', settings: { title: 'Ask us', origins: ['https://shop.example'] } } });
    const stranger = await openShop(journey.product.url, inbox.address);
    const context = await journey.browser.newContext();
    const page = await context.newPage();
    const refused = new Promise<string>((resolve) => page.on('console', (message) => message.type() === 'error' && message.text().includes('frame-ancestors') && resolve(message.text())));
    await page.goto(stranger.url);
    await page.getByRole('button', { name: 'Chat with us' }).click();
    assert.match(await refused, /shop\.example/);
    await context.close();
    await stranger.close();
  });
});
