import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startCompanyProvider, type CompanyProvider } from '../server/testing/company-provider.ts';
import { openTestHouse, type Browser as Caller, type TestHouse } from '../server/testing/test-house.ts';
import { eventually, freePort } from '../server/testing/mail/free-port.ts';
import { noChromium, openBrowser } from './browser.ts';

describe('signing in', { skip: noChromium, timeout: 240_000 }, () => {
  let house: TestHouse;
  let browser: Browser;
  let company: CompanyProvider;
  let url: string;
  before(async () => {
    const port = await freePort();
    // Passkeys are made for names, not for numbers.
    url = `http://localhost:${port}`;
    company = await startCompanyProvider(`${url}/sign-in/company`, { signOutUrl: `${url}/sign-in` });
    house = await openTestHouse({ env: { RAPPORT_PORT: String(port), RAPPORT_URL: url, RAPPORT_INTERNAL_HOSTS: '127.0.0.1' } });
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await house?.close();
    await company?.close();
  });

  /** A browser of its own, signed in when somebody is named. */
  async function sit(who?: Caller): Promise<Page> {
    const context = await browser.newContext({ baseURL: url, locale: 'en-GB' });
    const cookies = who ? who.cookie().split('; ').map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), url })) : [];
    await context.addCookies(cookies);
    return context.newPage();
  }
  const isInside = (page: Page) => page.getByRole('navigation', { name: 'Views' }).waitFor();

  it('works with a passkey that was made a moment before, and without any password', async () => {
    const laura = await house.signedInClient('agent', { name: 'Laura Meyer' });
    const page = await sit(laura);
    const devTools = await page.context().newCDPSession(page);
    await devTools.send('WebAuthn.enable');
    await devTools.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
    await page.goto('/account/security');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByLabel('Name').fill('Laptop');
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.getByRole('list', { name: 'Passkeys' }).getByText('Laptop').waitFor();

    await page.context().clearCookies();
    await page.goto('/sign-in');
    // Browsers offer it in the e-mail field; here nobody is there to choose, so it may already have signed in.
    await Promise.race([page.getByRole('button', { name: 'Sign in with a passkey' }).click({ timeout: 5_000 }).catch(() => undefined), isInside(page)]);
    await isInside(page);
    const session = await page.evaluate(async () => (await fetch('/api/v1/session')).json() as Promise<{ signIn: { method: string }; agent: { name: string } }>);
    assert.deepEqual([session.agent.name, session.signIn.method], ['Laura Meyer', 'passkey']);
    await page.context().close();
  });

  it('is asked for once more before something that matters, and what was asked for goes on by itself', async () => {
    const admin = await house.admin();
    await house.platform.database.asSystem((tx) => tx.run("update session set proved_at = now() - interval '1 hour' where agent_id = $1", [house.adminId]));
    const page = await sit(admin);
    await page.goto('/admin/roles');
    await page.getByRole('button', { name: /role/i }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').first().fill('Night watch');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog', { name: 'Is it still you?' }).waitFor();
    await page.getByRole('dialog', { name: 'Is it still you?' }).getByRole('textbox').fill(admin.password);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('heading', { name: /Night watch/ }).waitFor();
    await page.context().close();
  });

  it('leads through the company’s own sign-in, once an admin has set it up, and out of both again', async () => {
    const page = await sit(await house.admin());
    await page.goto('/admin/sign-in');
    await page.getByLabel('Name on the button').fill('Harbour ID');
    await page.getByLabel('Issuer').fill(company.issuer);
    await page.getByLabel('Client ID').fill(company.clientId);
    await page.getByLabel('Client secret').fill(company.clientSecret);
    await page.getByRole('textbox', { name: 'Domains' }).fill('harbour.test');
    await page.getByRole('textbox', { name: 'Domains' }).press('Enter');
    await page.getByLabel('Who comes for the first time').click();
    await page.getByRole('option', { name: 'Agent', exact: true }).click();
    await page.getByRole('button', { name: 'Check and save' }).click();
    await page.getByText('Saved', { exact: true }).first().waitFor();
    await page.context().close();

    company.person = { sub: 'nele', email: 'nele@harbour.test', email_verified: true, name: 'Nele Neu' };
    const nele = await sit();
    await nele.goto('/cases/open');
    await nele.getByLabel('E-mail').fill('nele@harbour.test');
    await nele.getByRole('button', { name: 'Sign in with Harbour ID' }).click();
    await isInside(nele);
    // Back where she wanted to go, and nothing of the provider's is left in the address.
    assert.equal(new URL(nele.url()).pathname, '/cases/open');
    assert.equal(new URL(nele.url()).search, '');
    await nele.getByRole('button', { name: /Nele Neu/ }).click();
    const left = nele.waitForRequest((request) => request.url().startsWith(`${company.issuer}/session/end`));
    await nele.getByRole('menuitem', { name: 'Sign out' }).click();
    assert.match((await left).url(), /id_token_hint=/);
    await nele.context().close();
  });

  it('opens every company one works for, one at a time: an invitation is accepted with the sign-in one has, and the menu leads from one to the other', async () => {
    const other = await house.anotherAccount();
    const boss = await other.admin();
    const ida = await house.signedInClient('agent', { name: 'Ida Berg' });
    const roleId = (await boss.client.accounts.listRoles()).items.find((role) => role.key === 'agent')?.id ?? '';
    const { invitationUrl } = await boss.client.accounts.inviteAgent({ body: { email: ida.email, name: 'Ida Berg', roleId } });
    const page = await sit();
    await page.goto(new URL(invitationUrl).pathname);
    await page.getByText('You sign in to Rapport with this address already').waitFor();
    await page.getByLabel('Password', { exact: true }).fill('not her password');
    await page.getByRole('button', { name: 'Join the team' }).click();
    await page.getByText('password is not right', { exact: false }).first().waitFor();
    await page.getByLabel('Password', { exact: true }).fill(ida.password);
    await page.getByRole('button', { name: 'Join the team' }).click();
    await isInside(page);
    const where = () => page.evaluate(async () => ((await (await fetch('/api/v1/session')).json()) as { account: { name: string } }).account.name);
    assert.equal(await where(), 'Another company');
    await page.getByRole('button', { name: /Ida Berg/ }).click();
    // The whole page is opened anew, so that nothing of the one company is seen in the other.
    const loaded = page.waitForEvent('load');
    await page.getByRole('menuitem', { name: 'Test company' }).click();
    await loaded;
    await eventually('the session is in the other company', async () => (await where()) === 'Test company');
    await isInside(page);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('Another');
    await page.getByRole('option', { name: 'Another company' }).click();
    await page.waitForFunction(async () => ((await (await fetch('/api/v1/session')).json()) as { account?: { name: string } }).account?.name === 'Another company');
    await page.context().close();
  });

  it('holds up who has no second factor although the role needs one, and lets them go on once it is there', async () => {
    const admin = await house.admin();
    const ole = await house.signedInClient('lead', { name: 'Ole Olsen' });
    const leads = (await admin.client.accounts.listRoles()).items.find((role) => role.key === 'lead')?.id ?? '';
    await admin.client.signIn.setPolicy({ body: { idleMinutes: 60, longestMinutes: 600, mostSessions: null, graceDays: 0, secondFactorRoleIds: [leads] } });
    const page = await sit(ole);
    const devTools = await page.context().newCDPSession(page);
    await devTools.send('WebAuthn.enable');
    await devTools.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
    await page.goto('/cases/open');
    await page.getByRole('heading', { name: 'One step before you go on' }).waitFor();
    await page.getByRole('button', { name: 'Make a passkey' }).click();
    await isInside(page);
    await page.context().close();
  });
});
