import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { eventually, freePort } from '../server/testing/mail/free-port.ts';
import { findings } from './axe.ts';
import { noChromium } from './browser.ts';
import { openJourney } from './journey.ts';

describe('webhooks', { skip: noChromium, timeout: 240_000 }, () => {
  const journey = openJourney({ env: { RAPPORT_INTERNAL_HOSTS: '127.0.0.1' } });
  // Within the house, so that the program finds the package it imports.
  const folder = mkdtempSync(join(import.meta.dirname, '.receiver-'));
  const receivers: ChildProcess[] = [];
  after(() => {
    for (const receiver of receivers) receiver.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  const isNarrow = 'document.documentElement.scrollWidth <= window.innerWidth';

  /** Runs the receiver that the page offers. It listens only once it has read its secret. */
  function receive(program: string, secret: string, port: number): { said: () => string; stop: () => Promise<void> } {
    let said = '';
    const file = join(folder, `receiver-${receivers.length}.mjs`);
    writeFileSync(file, program);
    const child = spawn(process.execPath, [file], { env: { ...process.env, WEBHOOK_SECRET: secret, PORT: String(port) }, stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.on('data', (chunk: Buffer) => (said += String(chunk)));
    receivers.push(child);
    const ended = once(child, 'exit');
    return {
      said: () => said,
      async stop() {
        child.kill('SIGKILL');
        await ended;
      },
    };
  }
  const listens = (port: number) => eventually('the receiver listens', () => fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{}' }).then((answer) => answer.status === 401, () => false));

  it('an admin makes a webhook, runs the receiver the page offers, and it hears a trial and a customer’s mail', async () => {
    const { product, customers, company } = journey;
    const port = await freePort();
    const { page } = await journey.sit(company.admin);
    await page.goto('/admin/webhooks');
    await page.getByText('Nobody is told yet').waitFor();
    const program = await page.getByLabel('A receiver in Node').innerText();
    assert.deepEqual(await findings(page), []);
    await page.getByRole('link', { name: 'New webhook' }).first().click();
    await page.getByRole('button', { name: 'Create the webhook' }).click();
    await page.getByText('Choose at least one kind of event.').waitFor();
    await page.getByLabel('Name').fill('Warehouse');
    await page.getByLabel('Address').fill('shop.example.com/hook');
    await page.getByRole('checkbox', { name: /A customer writes/ }).click();
    await page.getByRole('button', { name: 'Create the webhook' }).click();
    await page.getByText('Give a whole address').waitFor();
    await page.getByLabel('Address').fill(`http://127.0.0.1:${port}/hook`);
    await page.getByRole('button', { name: 'Create the webhook' }).click();
    const dialog = page.getByRole('dialog', { name: 'The secret' });
    const secret = await dialog.getByRole('textbox', { name: 'Secret' }).innerText();
    assert.match(secret, /^whsec_/);
    await page.keyboard.press('Escape');
    await dialog.waitFor();
    assert.deepEqual(await findings(page), []);
    await dialog.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByText('Not used yet').waitFor();

    const first = receive(program, secret, port);
    await listens(port);
    await page.getByRole('button', { name: 'Send a trial' }).click();
    await page.getByRole('button', { name: /Taken\s*Trial/ }).click();
    await page.getByText('Answered with 204').waitFor();
    await eventually('the receiver has verified the trial', async () => first.said().includes('webhook.test'));
    assert.deepEqual(await findings(page), []);
    await customers.write(product.smtpPort, { from: 'Ida Berg <ida@example.com>', to: company.address, subject: 'Lamp', text: 'It flickers.' });
    await eventually('the receiver has verified the mail', async () => first.said().includes('message.received'));

    // A new secret: a receiver that knows only the new one is content at once.
    await page.getByRole('button', { name: 'New secret …' }).click();
    await page.getByRole('button', { name: 'Make a new secret', exact: true }).click();
    const next = await page.getByRole('dialog', { name: 'The secret' }).getByRole('textbox', { name: 'Secret' }).innerText();
    assert.notEqual(next, secret);
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByText('The secret before it signs as well until').waitFor();
    await first.stop();
    const second = receive(program, next, port);
    await listens(port);
    await page.getByRole('button', { name: 'Send a trial' }).click();
    await eventually('the receiver with the new secret has verified the trial', async () => second.said().includes('webhook.test'));
    await second.stop();
    await page.goto('/admin/webhooks');
    await page.getByText('Works').waitFor();
  });

  it('on a phone one reads why nothing is taken, with the answer as letters, switches the webhook off and removes it', async () => {
    const { company } = journey;
    const { client } = company.admin;
    const server = createServer((_request, response) => response.writeHead(500, { 'content-type': 'text/html' }).end('<img src=x onerror="document.title=\'taken over\'">down')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { endpoint } = await client.webhooks.create({ body: { name: 'Broken shop', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, topics: ['case.linked'] } });
    const { page } = await journey.sit(company.admin, { viewport: { width: 390, height: 844 } });
    try {
      await page.goto(`/admin/webhooks/${endpoint.id}`);
      await page.getByRole('button', { name: 'Send a trial' }).click();
      await page.getByText('Nothing has been taken there for').waitFor();
      await page.getByRole('button', { name: /Waiting\s*Trial/ }).click();
      await page.getByLabel('What was answered').filter({ hasText: '<img src=x' }).first().waitFor();
      assert.notEqual(await page.title(), 'taken over');
      assert.ok(await page.evaluate<boolean>(isNarrow), 'nothing sticks out');
      assert.deepEqual(await findings(page), []);
      await page.getByRole('switch', { name: 'On' }).click();
      await page.getByText('It was turned off by hand.').waitFor();
      await page.getByRole('button', { name: 'Remove' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
      await page.getByText('Broken shop was removed').waitFor();
      assert.equal((await client.webhooks.list()).items.some(({ id }) => id === endpoint.id), false);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
