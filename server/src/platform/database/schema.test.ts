import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createTestDatabase, type TestDatabase } from '../../../testing/database.ts';
import { describeSchema } from '../../../testing/describe-schema.ts';

let testDatabase: TestDatabase;
before(async () => {
  testDatabase = await createTestDatabase();
});
after(() => testDatabase.drop());

const written = () => readFileSync(join(import.meta.dirname, '../../../schema.sql'), 'utf8');

test('run from zero, the migrations make exactly the schema that is written down, on whatever version of PostgreSQL', async () => {
  assert.equal(await describeSchema(testDatabase.database.pool), written(), 'run `npm run db:types` after adding a migration, and look at what changed');
});

test('whatever changes in the schema shows in the description', async () => {
  const { pool } = testDatabase.database;
  const changes = [
    'alter table team add column colour text',
    'alter table team alter column name set default $$x$$',
    'alter table team alter column name type varchar(80)',
    'alter table team alter column name drop not null',
    'alter table team add constraint short check (length(name) < 50)',
    'alter table team disable row level security',
    'drop policy tenant on team',
    'revoke delete on team from rapport_app',
    'grant update (cluster) on event_relay to rapport_app',
    'create index team_by_name on team (name)',
    'create table other (id int)',
    'drop view if exists other; create view other as select 1 as one',
    'create function other() returns int language sql as $$ select 1 $$',
    'create or replace function current_account() returns uuid language sql stable as $$ select null::uuid $$',
    'revoke execute on function current_account() from public',
    'alter table team set (fillfactor = 90)',
    'create sequence other',
  ];
  const client = await pool.connect();
  try {
    for (const change of changes) {
      await client.query('begin');
      await client.query(change);
      const changed = await describeSchema(client);
      await client.query('rollback');
      assert.notEqual(changed, written(), change);
    }
  } finally {
    client.release();
  }
});
