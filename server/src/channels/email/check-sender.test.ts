import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkSender, strangersAddress, type AskDns } from './check-sender.ts';
import { readAuthenticationResults } from './read-authentication-results.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const published = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

/** Name servers that know these records and nothing else. */
function records(all: Record<string, string>): AskDns {
  return async (name, type) => {
    const found = all[`${type} ${name.toLowerCase()}`];
    if (found === undefined) throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
    return type === 'TXT' ? [[found]] : [found];
  };
}
const bank = (policy = 'reject'): Record<string, string> => ({
  'TXT key._domainkey.bank.example': `v=DKIM1; k=rsa; p=${published}`, 'TXT _dmarc.bank.example': `v=DMARC1; p=${policy}`, 'TXT bank.example': 'v=spf1 ip4:192.0.2.7 -all',
});
const plain = 'From: Ada <ada@bank.example>\r\nTo: help@desk.example\r\nSubject: Hello\r\nDate: Mon, 4 Nov 2024 10:12:00 +0000\r\nMessage-ID: <1@bank.example>\r\n\r\nMy lamp is broken.\r\n';
const peer = { address: '192.0.2.7', greeting: 'mx.bank.example', envelopeFrom: 'ada@bank.example' };
const stranger = { ...peer, address: '198.51.100.9', greeting: 'evil.example' };
const check = (raw: string, ask: AskDns, more: Partial<Parameters<typeof checkSender>[0]> = {}, budgetMs?: number) => checkSender({ raw: Buffer.from(raw), from: 'ada@bank.example', trustedServer: '', ...more }, ask, budgetMs);

async function signed(raw: string): Promise<string> {
  const { dkimSign } = await import('mailauth/lib/dkim/sign.js' as string) as { dkimSign: (raw: string, options: unknown) => Promise<{ signatures: string }> };
  const { signatures } = await dkimSign(raw, { signatureData: [{ signingDomain: 'bank.example', selector: 'key', privateKey: pem }] });
  return signatures + raw;
}

test('a mail that its domain vouches for is good: by its signature where it was fetched, by its server where it was brought', async () => {
  const fetched = await check(await signed(plain), records(bank()));
  assert.deepEqual(fetched, { verdict: 'good', domain: 'bank.example', spf: 'not_checked', dkim: 'pass', dmarc: 'pass', policy: 'reject', checkedBy: null });
  const brought = await check(plain, records(bank()), { peer });
  assert.deepEqual([brought?.verdict, brought?.spf, brought?.dkim, brought?.dmarc], ['good', 'pass', 'none', 'pass']);
});

test('a mail from elsewhere in the name of a domain that wants such mail refused is bad', async () => {
  const forged = await check(plain, records(bank()), { peer: stranger });
  assert.deepEqual([forged?.verdict, forged?.spf, forged?.dmarc, forged?.policy], ['bad', 'fail', 'fail', 'reject']);
  assert.equal((await check(plain, records(bank('none')), { peer: stranger }))?.verdict, 'unknown', 'a domain that only watches disowns nothing');
});

test('one changed letter, and the signature holds no more', async () => {
  const changed = (await signed(plain)).replace('lamp', 'limp');
  const result = await check(changed, records(bank()), { peer: stranger });
  assert.equal(result?.verdict, 'bad');
  assert.notEqual(result?.dkim, 'pass');
});

test('a fetched mail with no signature is not called forged: the server that brought it is not known any more', async () => {
  const result = await check(plain, records(bank()));
  assert.deepEqual([result?.verdict, result?.spf, result?.dmarc], ['unknown', 'not_checked', 'not_checked']);
});

test('a signature with SHA-1 vouches for nobody', async () => {
  const body = createHash('sha1').update('My lamp is broken.\r\n').digest('base64');
  const unsigned = `DKIM-Signature: v=1; a=rsa-sha1; c=simple/simple; d=bank.example; s=key; h=from:subject; bh=${body}; b=`;
  const input = `From: Ada <ada@bank.example>\r\nSubject: Hello\r\n${unsigned}`;
  const raw = `${unsigned}${createSign('RSA-SHA1').update(input).sign(pem, 'base64')}\r\n${plain}`;
  const result = await check(raw, records(bank()), { peer: stranger });
  assert.notEqual(result?.dkim, 'pass');
  assert.equal(result?.verdict, 'bad');
});

test('what a mail says about itself is believed only when our own server says it', async () => {
  const told = (server: string): string => `Authentication-Results: ${server};\r\n dkim=pass header.i=@bank.example; spf=pass (x) smtp.mailfrom=ada@bank.example;\r\n dmarc=pass (p=REJECT sp=NONE) header.from=bank.example\r\n${plain}`;
  assert.deepEqual(await check(told('mx.desk.example'), records({}), { trustedServer: 'mx.desk.example' }), { verdict: 'good', domain: 'bank.example', spf: 'pass', dkim: 'pass', dmarc: 'pass', policy: 'reject', checkedBy: 'mx.desk.example' });
  assert.equal((await check(told('mx.desk.example.evil.example'), records(bank()), { trustedServer: 'mx.desk.example', peer: stranger }))?.verdict, 'bad');
  assert.equal((await check(told('mx.desk.example'), records(bank()), { peer: stranger }))?.verdict, 'bad', 'nobody is trusted unless somebody said so');
});

test('of several such headers the topmost of our server counts, and comments cannot speak for it', () => {
  const headers = ['other.example; dmarc=pass', 'mx.desk.example (dmarc=pass; nested (too)); dmarc=fail (p=quarantine) header.from=bank.example; spf=softfail smtp.mailfrom=x', 'mx.desk.example; dmarc=pass'];
  const read = readAuthenticationResults(headers, 'MX.desk.example');
  assert.deepEqual([read?.dmarc, read?.spf, read?.dkim, read?.policy], ['fail', 'softfail', 'not_checked', 'quarantine']);
  assert.equal(readAuthenticationResults(headers, 'nobody.example'), undefined);
});

test('a mail from two people, or with a signature for everybody, is not checked at all', async () => {
  assert.equal((await check(`From: eve@evil.example\r\n${plain}`, records(bank()), { peer }))?.verdict, 'unknown');
  const asked: string[] = [];
  const result = await check(`${'DKIM-Signature: v=1; a=rsa-sha256; d=bank.example; s=key; h=from; bh=x; b=x\r\n'.repeat(50)}${plain}`, async (name) => asked.push(name));
  assert.equal(result?.verdict, 'unknown');
  assert.deepEqual(asked, []);
});

test('name servers that never answer hold a mail up for the moment it is given, and after some such mails for none', async () => {
  const asked: string[] = [];
  const never: AskDns = (name) => {
    asked.push(name);
    return new Promise(() => {});
  };
  for (let i = 0; i < 3; i++) assert.equal((await check(plain, never, { peer }, 5))?.dmarc, 'temperror');
  const before = asked.length;
  assert.equal((await check(plain, never, { peer }, 5))?.dmarc, 'not_checked');
  assert.equal(asked.length, before);
});

test('servers of our own network brought the mail of others', () => {
  for (const own of ['127.0.0.1', '::1', '10.0.0.8', '::ffff:192.168.1.2', '172.16.0.1', 'fd00::1', 'fe80::1', undefined, 'x']) assert.equal(strangersAddress(own), undefined);
  for (const other of ['192.0.2.7', '172.32.0.1', '2001:db8::1']) assert.equal(strangersAddress(other), other);
});

const tester = ['/usr/sbin/opendkim-testmsg', '/usr/bin/opendkim-testmsg'].find((path) => existsSync(path));
test('a signature that OpenDKIM makes with SHA-1 holds and still vouches for nobody', { skip: tester === undefined ? 'needs opendkim-testmsg (Debian: opendkim-tools)' : false }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-dkim-'));
  try {
    await writeFile(join(folder, 'key.pem'), pem, { mode: 0o600 });
    // The tool of this name signs with SHA-1, as mail servers did that nobody has touched since.
    const raw = await new Promise<string>((resolve, reject) => {
      const child = execFile(tester!, ['-d', 'bank.example', '-s', 'key', '-k', join(folder, 'key.pem')], (error, stdout) => (error ? reject(error) : resolve(stdout)));
      child.stdin!.end(plain);
    });
    const mail = raw.replace(/\r?\n/g, '\r\n');
    assert.match(mail, /a=rsa-sha1/);
    const { authenticate } = await import('mailauth');
    const lenient = await authenticate(mail, { resolver: records(bank()) as never, trustReceived: false });
    assert.equal(lenient.dkim.results[0]?.status.result, 'pass', 'the signature itself is right');
    const { checkSender: fresh } = await import(`./check-sender.ts?${folder}` as string) as { checkSender: typeof checkSender };
    const result = await fresh({ raw: Buffer.from(mail), from: 'ada@bank.example', trustedServer: '', peer: stranger }, records(bank()));
    assert.notEqual(result?.dkim, 'pass');
    assert.equal(result?.verdict, 'bad');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
