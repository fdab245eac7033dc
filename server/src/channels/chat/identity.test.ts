import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { base64url, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { openPanel, openVisitor, type Panel } from '../../../testing/chat-client.ts';
import { refused } from '../../../testing/refused.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';

describe('a visitor whom the site knows', { timeout: 120_000 }, () => {
  let house: TestHouse;
  let agent: SignedIn;
  let site: string;
  let inboxId: string;
  let secret: string;
  const panels: Panel[] = [];

  before(async () => {
    house = await openTestHouse();
    agent = await house.admin();
    const inbox = await agent.client.inboxes.create({ body: { channel: 'chat', name: 'Shop', teamId: house.teamId, settings: { title: 'Ask us', asks: { name: 'required', email: 'no' } } } });
    [site, inboxId] = [inbox.address, inbox.id];
    secret = await newSecret();
  });
  after(async () => {
    await Promise.all(panels.map((panel) => panel.close()));
    await house.close();
  });
  beforeEach(() => house.platform.database.pool.query('delete from rate_limit'));

  const newSecret = async (of = inboxId, name = 'Server') => {
    const made = await agent.client.chatKeys.create({ params: { inboxId: of }, body: { kind: 'secret', name } });
    assert.ok(made.secret);
    return made.secret;
  };
  const bytes = (text: string) => new TextEncoder().encode(text);
  const sign = (claims: JWTPayload, { by = secret, aud = site, ends = '10m' }: { by?: string; aud?: string; ends?: string | undefined } = {}) => {
    const token = new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).setAudience(aud);
    return (ends === '' ? token : token.setExpirationTime(ends)).sign(bytes(by));
  };
  const begin = async (body: object, key?: string, of = site) => {
    const answer = await fetch(`${house.url}/api/v1/chat/${of}/visitors`, { method: 'POST', headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { authorization: `Visitor ${key}` }) }, body: JSON.stringify(body) });
    return { status: answer.status, body: (await answer.json()) as { visitorId: string; key: string; detail?: string; code?: string } };
  };
  const send = async (key: string, text: string) => {
    const answer = await fetch(`${house.url}/api/v1/chat/${site}/messages`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Visitor ${key}` }, body: JSON.stringify({ clientId: crypto.randomUUID(), text }) });
    return answer.status;
  };
  const read = async (key: string) => ((await (await fetch(`${house.url}/api/v1/chat/${site}/messages`, { headers: { authorization: `Visitor ${key}` } })).json()) as { items?: { text: string }[] }).items?.map(({ text }) => text);
  const rowOf = async (preview: string) => {
    const row = (await agent.client.cases.list({ query: { inbox: inboxId } })).items.find((each) => each.preview === preview);
    assert.ok(row);
    return row;
  };

  it('goes on with the same conversation on another device, and nobody else sees it', async () => {
    const token = () => sign({ sub: 'customer-7', name: 'Ines Ohm', email: 'Ines@elsewhere.test', email_verified: true });
    const phone = await begin({ token: await token() });
    assert.equal(phone.status, 201, 'and is asked for no name');
    assert.equal(await send(phone.body.key, 'From my phone'), 201);
    const laptop = await begin({ token: await token() });
    assert.equal(laptop.body.visitorId, phone.body.visitorId);
    assert.notEqual(laptop.body.key, phone.body.key);
    const panel = await openPanel(house.url, site, laptop.body.key);
    panels.push(panel);
    await panel.gets('From my phone');
    await send(phone.body.key, 'Still me');
    await panel.gets('Still me');
    const other = await begin({ token: await sign({ sub: 'customer-8', name: 'Otto' }) });
    assert.deepEqual(await read(other.body.key), []);
    const anonymous = await openVisitor(house.url, site, { name: 'Ines Ohm', email: 'ines@elsewhere.test' });
    assert.deepEqual(await anonymous.read(), []);
  });

  it('goes on with what was begun before signing in, and the key from then opens it no more', async () => {
    const before = await begin({ name: 'Somebody' });
    await send(before.body.key, 'Not signed in yet');
    const known = await begin({ token: await sign({ sub: 'customer-9', name: 'Nora' }) }, before.body.key);
    assert.deepEqual([known.body.visitorId, await read(known.body.key)], [before.body.visitorId, ['Not signed in yet']]);
    await send(known.body.key, 'My secret');
    assert.deepEqual([await read(before.body.key), await send(before.body.key, 'Me again')], [undefined, 401]);
  });

  it('a panel that is open when its key ends hears nothing more', async () => {
    const before = await begin({ name: 'Shared' });
    await send(before.body.key, 'Begun at a shared browser');
    const old = await openPanel(house.url, site, before.body.key);
    panels.push(old);
    await old.gets('Begun at a shared browser');
    const known = await begin({ token: await sign({ sub: 'customer-10', name: 'Nils' }) }, before.body.key);
    await send(known.body.key, 'Only for me');
    assert.equal(await old.closed, 4001);
    assert.deepEqual([old.messages.map(({ text }) => text), old.heard.at(-1)?.type], [['Begun at a shared browser'], 'unknown']);
    assert.deepEqual(await read(known.body.key), ['Begun at a shared browser', 'Only for me']);
  });

  it('joins the record of the address that the site vouches for, and of no other', async () => {
    const mail = await agent.client.inboxes.create({ body: { channel: 'email', name: 'Mail', settings: { address: 'shop@company.test' } } });
    await agent.client.inboxes.receiveRaw({ params: { inboxId: mail.id }, body: Buffer.from('From: Vera <vera@elsewhere.test>\r\nTo: shop@company.test\r\nSubject: By mail\r\nMessage-ID: <v1@elsewhere.test>\r\n\r\nHello') });
    const customer = async (claims: JWTPayload, text: string) => {
      const { body } = await begin({ token: await sign(claims) });
      await send(body.key, text);
      return (await rowOf(text)).customer.id;
    };
    const known = (await agent.client.cases.list({ query: { inbox: mail.id } })).items[0]?.customer.id;
    assert.equal(await customer({ sub: 'v', name: 'Vera', email: 'vera@elsewhere.test', email_verified: true }, 'I am Vera'), known);
    assert.notEqual(await customer({ sub: 'w', name: 'Vera', email: 'vera@elsewhere.test' }, 'I say that I am Vera'), known);
  });

  it('whoever signs in during a chat goes on with it, and whoever signs out leaves nothing behind', async () => {
    const before = await openVisitor(house.url, site, { name: 'Guest' });
    await before.send('Before I signed in');
    const known = await begin({ token: await sign({ sub: 'late', name: 'Late' }) }, before.key);
    assert.deepEqual([known.body.visitorId, await read(known.body.key)], [before.id, ['Before I signed in']]);
    const next = await begin({ token: await sign({ sub: 'next' }) }, known.body.key);
    assert.deepEqual(await read(next.body.key), [], 'the next at this browser gets nothing of theirs');
    const ended = await fetch(`${house.url}/api/v1/chat/${site}/visitors/self`, { method: 'DELETE', headers: { authorization: `Visitor ${known.body.key}` } });
    assert.deepEqual([ended.status, await send(known.body.key, 'Am I still here?')], [204, 401]);
  });

  it('a word of the site counts only as it was signed, for this chat, and for a short time', async () => {
    const other = await agent.client.inboxes.create({ body: { channel: 'chat', name: 'Other', settings: { title: 'Other' } } });
    const otherSecret = await newSecret(other.id);
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    await agent.client.chatKeys.create({ params: { inboxId }, body: { kind: 'public', name: 'Pair', publicKey: pem } });
    const good = await sign({ sub: 'a' });
    const [head, body, tail] = good.split('.') as [string, string, string];
    const forged = `${head}.${base64url.encode(JSON.stringify({ ...JSON.parse(new TextDecoder().decode(base64url.decode(body))), sub: 'b' }))}.${tail}`;
    const tokens: Record<string, string> = {
      'no algorithm': new UnsecuredJWT({ sub: 'a' }).setAudience(site).setExpirationTime('10m').encode(),
      'the public key taken for a secret': await new SignJWT({ sub: 'a' }).setProtectedHeader({ alg: 'HS256' }).setAudience(site).setExpirationTime('10m').sign(bytes(pem)),
      'a changed name': forged, 'another secret': await sign({ sub: 'a' }, { by: 'guessed' }), 'the key of another chat': await sign({ sub: 'a' }, { by: otherSecret }),
      'another audience': await sign({ sub: 'a' }, { aud: other.address }), over: await sign({ sub: 'a' }, { ends: '-2m' }), 'good for too long': await sign({ sub: 'a' }, { ends: '2h' }), 'no end': await sign({ sub: 'a' }, { ends: '' }),
      nobody: await sign({ name: 'Nobody' }), 'an empty name': await sign({ sub: ' ' }), 'a name without end': await sign({ sub: 'x'.repeat(201) }), nonsense: 'not.a.token',
      'another algorithm': await new SignJWT({ sub: 'a' }).setProtectedHeader({ alg: 'PS256' }).setAudience(site).setExpirationTime('10m').sign(pair.privateKey),
    };
    for (const [what, token] of Object.entries(tokens)) assert.deepEqual(await begin({ token }).then((answer) => [answer.status, answer.body.code]), [401, 'bad_visitor_token'], what);
    assert.equal((await begin({ token: good }, undefined, other.address)).status, 401);
    assert.match((await begin({ token: tokens['over'] })).body.detail ?? '', /Sign a new one/);
    const signed = await new SignJWT({ sub: 'pair' }).setProtectedHeader({ alg: 'RS256' }).setAudience(site).setExpirationTime('5m').sign(pair.privateKey);
    assert.equal((await begin({ token: signed })).status, 201);
  });

  it('keys are changed over without anybody noticing, and one that is taken away ends whom it let in', async () => {
    const old = await begin({ token: await sign({ sub: 'rotated' }) });
    const fresh = await newSecret(inboxId, 'Next');
    const now = await begin({ token: await sign({ sub: 'rotated' }, { by: fresh }) });
    assert.equal(now.body.visitorId, old.body.visitorId);
    const { items } = await agent.client.chatKeys.list({ params: { inboxId } });
    assert.deepEqual([items.every((key) => !JSON.stringify(key).includes(fresh)), items.find(({ name }) => name === 'Next')?.usedAt !== null], [true, true]);
    await agent.client.chatKeys.remove({ params: { inboxId, keyId: items.find(({ name }) => name === 'Server')?.id ?? '' } });
    assert.deepEqual([await send(old.body.key, 'With the old one'), await send(now.body.key, 'With the new one'), (await begin({ token: await sign({ sub: 'rotated' }) })).status], [401, 201, 401]);
    await refused(agent.client.chatKeys.create({ params: { inboxId }, body: { kind: 'public', name: 'Weak', publicKey: generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ type: 'spki', format: 'pem' }).toString() } }), 'bad_public_key');
    await refused(agent.client.chatKeys.create({ params: { inboxId }, body: { kind: 'public', name: 'Private', publicKey: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() } }), 'bad_public_key');
    const { rows } = await house.platform.database.pool.query<{ secret: Buffer }>('select secret from chat_key where secret is not null');
    assert.ok(rows.every(({ secret: sealed }) => !sealed.toString('latin1').includes(fresh)), 'no secret lies open');
  });
});
