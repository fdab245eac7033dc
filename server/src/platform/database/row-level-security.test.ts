import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { createTestDatabase, type TestDatabase } from '../../../testing/database.ts';

// Tables that belong to no account, each with the reason why that is right. A new one must be thought about here.
const GLOBAL: Record<string, string> = {
  account: 'is the account; its policy compares the id',
  login: 'one person may serve several accounts; an account’s transaction sees only whether its own people have a second factor',
  recovery_code: 'belongs to a login; closed to accounts’ transactions',
  passkey: 'belongs to a login; closed to accounts’ transactions',
  passkey_challenge: 'before anybody has signed in it belongs to nobody; closed to accounts’ transactions',
  installation: 'says that Rapport has been set up',
  migration: 'says which schema this is',
  event_relay: 'how far events were handed on, over all accounts; closed to accounts’ transactions',
  lease: 'work one process does at a time; closed to accounts’ transactions',
  rate_limit: 'counts tries, mostly before anybody has signed in',
};

interface Column {
  name: string;
  type: string;
}

let testDatabase: TestDatabase;
let tenants: string[];
const [ours, theirs] = [randomUUID(), randomUUID()];
const query = async <R extends object>(text: string, values: unknown[] = []) => (await testDatabase.database.pool.query<R>(text, values)).rows;

before(async () => {
  testDatabase = await createTestDatabase();
  tenants = (await query<{ name: string }>(`select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'account_id' and not a.attisdropped order by 1`))
    .map(({ name }) => name)
    .filter((name) => !(name in GLOBAL));
});
after(() => testDatabase.drop());

test('every table belongs to an account, or is one of the few that are global for a reason', async () => {
  const tables = await query<{ name: string }>(`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'f')`);
  assert.ok(tenants.length > 15);
  const unknown = tables.map(({ name }) => name).filter((name) => !tenants.includes(name) && !(name in GLOBAL));
  assert.deepEqual(unknown, [], 'give these tables an account_id and call protect_tenant, or say here why they are global');
});

test('requests run as a role that owns nothing and cannot get round row-level security', async () => {
  const [role] = await query<Record<string, boolean>>(`select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication from pg_roles where rolname = 'rapport_app'`);
  assert.deepEqual(role, { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolcanlogin: false, rolreplication: false });
  assert.deepEqual(await query(`select relname from pg_class where relowner = 'rapport_app'::regrole`), []);
  assert.deepEqual(await query(`select 1 from pg_auth_members where member = 'rapport_app'::regrole`), []);
});

test('every table of an account is confined to it by one policy for reading and writing', async () => {
  const own = '(account_id = ( SELECT current_account() AS current_account))';
  for (const name of tenants) {
    const [table] = await query<{ on: boolean }>(`select relrowsecurity as on from pg_class where oid = $1::regclass`, [`"${name}"`]);
    assert.equal(table?.on, true, `${name}: call protect_tenant`);
    const policies = await query<{ cmd: string; permissive: string; roles: string; qual: string; with_check: string }>(`select cmd, permissive, roles::text, qual, with_check from pg_policies where schemaname = 'public' and tablename = $1`, [name]);
    assert.deepEqual(policies, [{ cmd: 'ALL', permissive: 'PERMISSIVE', roles: '{public}', qual: own, with_check: own }], name);
  }
});

// Functions that run with their owner's rights, outside row-level security, each with the reason why it must.
const OUTSIDE: Record<string, string> = {
  find_customers: 'an index on words cannot be used under row-level security; compares the account itself',
  search_cases: 'as find_customers; answers ids and ranks only, which are read through the policies again',
};

test('no view lends its owner’s eyes to a request, and the few functions that do compare the account themselves', async () => {
  assert.deepEqual(await query(`select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm') and not coalesce(reloptions @> '{security_invoker=true}', false)`), []);
  const functions = await query<{ name: string; source: string; settings: string[] | null }>(`select proname as name, prosrc as source, proconfig as settings from pg_proc p where pronamespace = 'public'::regnamespace and prosecdef and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`);
  for (const { name, source, settings } of functions) {
    assert.ok(name in OUTSIDE, `${name}: say here why it must run outside row-level security`);
    assert.match(source, /current_account\(\)/, name);
    assert.ok(settings?.some((setting) => setting.startsWith('search_path=')), `${name}: without a fixed search_path a caller could slip other tables under it`);
  }
});

function valueFor({ type }: Column): string {
  if (type.endsWith('[]')) return `'{}'`;
  if (type === 'uuid') return 'gen_random_uuid()';
  if (type.startsWith('timestamp') || type === 'date') return 'now()';
  if (type === 'jsonb' || type === 'json') return `'{}'`;
  if (type === 'bytea') return `decode(md5(random()::text), 'hex')`;
  if (type === 'boolean') return 'false';
  if (type === 'xid8') return 'pg_current_xact_id()';
  if (type === 'tsvector') return `''`;
  if (/^(smallint|integer|bigint|numeric|real|double precision)/.test(type)) return '(random() * 30000)::int';
  if (/^(text|character)/.test(type)) return 'md5(random()::text)';
  throw new Error(`No value for a column of type ${type}; add one here.`);
}

/** A row of each account in every table, whatever its columns: the policies are looked at here, not the meaning of the rows. */
async function fillEveryTable(): Promise<void> {
  const client = await testDatabase.superuserPool().connect();
  try {
    // Foreign keys rest; checks are dropped, since this database is thrown away.
    await client.query('set session_replication_role = replica');
    const { rows: checks } = await client.query<{ statement: string }>(`select format('alter table %s drop constraint %I', conrelid::regclass, conname) as statement from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace and conrelid <> 0`);
    for (const { statement } of checks) await client.query(statement);
    for (const accountId of [ours, theirs]) {
      await client.query(`insert into account (id, name, created_at) values ($1, 'x', now())`, [accountId]);
      for (const name of tenants) {
        const { rows: columns } = await client.query<Column>(
          `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = '' and attname <> 'account_id'`, [`"${name}"`],
        );
        const names = columns.map((column) => `, "${column.name}"`).join('');
        await client.query(`insert into "${name}" (account_id${names}) values ($1${columns.map((column) => `, ${valueFor(column)}`).join('')})`, [accountId]);
      }
    }
  } finally {
    client.release(true);
  }
}

/** What a statement does as a request would run it, rolled back: the number of rows, or the code of the refusal. */
async function attempt(accountId: string | undefined, statement: string): Promise<number | string> {
  const client = await testDatabase.database.pool.connect();
  try {
    await client.query(`begin; set local role rapport_app; ${accountId === undefined ? '' : `set local app.account_id = '${accountId}'`}`);
    return (await client.query(statement)).rowCount ?? 0;
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await client.query('rollback');
    client.release();
  }
}

test('in every table an account sees and changes its own rows only, and nothing is seen without an account', async () => {
  await fillEveryTable();
  const REFUSED = '42501';
  for (const name of ['account', ...tenants]) {
    const key = name === 'account' ? 'id' : 'account_id';
    assert.equal(await attempt(undefined, `select 1 from "${name}"`), 0, `${name} without an account`);
    assert.equal(await attempt(ours, `select 1 from "${name}"`), 1, `${name} of ours`);
    assert.equal(await attempt(ours, `select 1 from "${name}" where ${key} = '${theirs}'`), 0, `${name} of theirs`);
    for (const statement of [`update "${name}" set ${key} = ${key} where ${key} = '${theirs}'`, `delete from "${name}" where ${key} = '${theirs}'`]) {
      const outcome = await attempt(ours, statement);
      assert.ok(outcome === 0 || outcome === REFUSED, `${statement}: ${outcome}`);
    }
    assert.equal(await attempt(ours, `update "${name}" set ${key} = '${theirs}'`), REFUSED, `giving away ${name}`);
    const insert = `insert into "${name}" (${key}) values ('${theirs}')`;
    // A missing column may be noticed before the policy; a success may not happen.
    const outcome = await attempt(ours, insert);
    assert.ok(outcome === REFUSED || outcome === '23502', `${insert}: ${outcome}`);
  }
});

test('an account id that is none opens nothing', async () => {
  for (const accountId of ['', ' ', "x'; reset role; --", `${ours}\n`]) await assert.rejects(async () => testDatabase.database.inAccount(accountId, async () => {}), TypeError);
});
