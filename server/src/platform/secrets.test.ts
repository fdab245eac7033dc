import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { openSecrets } from './secrets.ts';

describe('secrets', () => {
  let dir: string;
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'rapport-test-'));
  });
  after(() => rm(dir, { recursive: true }));

  it('come back as they were, whatever is in them', () => {
    const secrets = openSecrets(dir);
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => assert.equal(secrets.open(secrets.seal(text, 'inbox'), 'inbox'), text)));
  });
  it('do not open when a bit was changed, for another purpose, or with another key', () => {
    const secrets = openSecrets(dir);
    const sealed = secrets.seal('p4ssword', 'inbox 1');
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (at, bits) => {
        const changed = Buffer.from(sealed);
        changed[at] = (changed[at] ?? 0) ^ bits;
        assert.throws(() => secrets.open(changed, 'inbox 1'));
      }),
    );
    assert.throws(() => secrets.open(sealed, 'inbox 2'));
    assert.throws(() => openSecrets(dir, randomBytes(32).toString('base64')).open(sealed, 'inbox 1'));
    assert.equal(sealed.includes('p4ssword'), false);
  });
  it('are never sealed to the same bytes twice', () => {
    const secrets = openSecrets(dir);
    assert.notDeepEqual(secrets.seal('same', 'x'), secrets.seal('same', 'x'));
  });
  it('have one key, which only its owner can read and which stays the same', async () => {
    assert.deepEqual(openSecrets(dir).deriveKey('mail'), openSecrets(dir).deriveKey('mail'));
    assert.notDeepEqual(openSecrets(dir).deriveKey('mail'), openSecrets(dir).deriveKey('links'));
    assert.equal((await stat(join(dir, 'secret.key'))).mode & 0o777, 0o600);
  });
  it('with a key that is none are refused before anything is lost', async () => {
    assert.throws(() => openSecrets(dir, 'short'), /32 bytes/);
    const other = await mkdtemp(join(tmpdir(), 'rapport-test-'));
    await writeFile(join(other, 'secret.key'), 'half');
    assert.throws(() => openSecrets(other), /secret\.key/);
    await rm(other, { recursive: true });
  });
});
