import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { it } from 'node:test';
import { readConfig, settings } from './config.ts';

it('nothing needs to be set', () => {
  const config = readConfig({});
  assert.equal(config.port, 8400);
  assert.equal(config.host, '127.0.0.1');
  assert.equal(config.dataDir, resolve('./data'));
  assert.deepEqual(config.roles, ['web', 'mail', 'jobs']);
  assert.equal(config.databaseUrl, undefined);
});

it('an empty variable counts as not set', () => assert.deepEqual(readConfig(Object.fromEntries(Object.values(settings).map(({ variable }) => [variable, '']))), readConfig({})));

it('what was set is read as what it means', () => {
  const config = readConfig({ RAPPORT_PORT: '0', RAPPORT_TRUST_PROXY: 'on', RAPPORT_ROLES: 'web, jobs', RAPPORT_DB_PREPARE: '0' });
  assert.equal(config.port, 0);
  assert.equal(config.trustProxy, true);
  assert.equal(config.databasePrepare, false);
  assert.deepEqual(config.roles, ['web', 'jobs']);
});

it('everything that is wrong is said at once, by its variable', () => {
  assert.throws(() => readConfig({ RAPPORT_PORT: '70000', RAPPORT_ROLES: 'web,cook', DATABASE_URL: 'somewhere' }), /RAPPORT_PORT[^]*RAPPORT_ROLES|DATABASE_URL[^]*RAPPORT_PORT/);
  assert.throws(() => readConfig({ RAPPORT_ROLES: 'web,cook' }), /RAPPORT_ROLES: use web, mail and jobs/);
});

it('the page about the configuration is up to date', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, '../../../scripts/config-docs.mjs'), '--verify'], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
});
