import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type pg from 'pg';
import { openTestDesk, type TestDesk } from '../../testing/desk.ts';
import { fillDatabase } from '../../testing/fill-database.ts';
import { inAccount, systemActor, type Platform } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { erasePerson } from './erase-person.ts';
import { insertErasure } from './store.ts';

let desk: TestDesk;
let dataDir: string;
before(async () => {
  desk = await openTestDesk();
  dataDir = await mkdtemp(join(tmpdir(), 'rapport-erase-'));
});
after(async () => {
  await desk.close();
  await rm(dataDir, { recursive: true });
});

const ADDRESS = 'xanthippe@quillfeather.example';
const WORD = 'Quillfeatherword';

// Rows of an installation, which belong to no company, and what is filled by hand or would stop the erasure from beginning.
const NOT_FILLED = ['migration', 'installation', 'event_relay', 'lease', 'account'];
/** Where something of a person may stay, and why. Words only: the address stays nowhere. */
const MAY_KEEP_WORDS: Record<string, string> = {
  'ledger.reason': 'says why a mail server refused, in the server’s words, and proves that nothing was lost',
  'ledger.door': 'the door a message came through, by its name',
  'received.dedupe_key': 'the key by which a mail that is fetched again is known; a message id or a hash',
};

interface Column { table: string; name: string; type: string }
const columnsOf = async (client: pg.Client | pg.PoolClient, types: string[]): Promise<Column[]> =>
  (await client.query<Column>(
    `select c.relname as table, a.attname as name, t.typname as type from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' join pg_type t on t.oid = a.atttypid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and t.typname = any($1) order by 1, 2`, [types])).rows;

test('whatever table holds a person’s address or hangs on them or their case, after the erasure nothing of it is anywhere', async () => {
  const pool = desk.superuserPool();
  const client = await pool.connect();
  const platform = { ...desk.platform, config: { dataDir }, jobs: { enqueue: async () => undefined } } as unknown as Platform;
  try {
    await client.query('begin');
    const filled = await fillDatabase(client as unknown as pg.Client, 1, NOT_FILLED.filter((each) => each !== 'account'));
    for (const [table, rows] of filled) {
      // A trigger may have written the very row already.
      if (rows === 0) assert.equal((await client.query(`select from "${table}" limit 1`)).rowCount, 1, `${table} has rows`);
    }
    const { rows: [person] } = await client.query<{ account_id: string; id: string }>(`select account_id, id from customer where account_id <> $1 and merged_into_id is null and id::text not like 'ffffffff%' order by id limit 1`, [desk.accountId]);
    assert.ok(person);
    const { account_id: accountId, id: customerId } = person;
    const { rows: [own] } = await client.query<{ id: string }>(`select id from cases where account_id = $1 and id::text not like 'ffffffff%'`, [accountId]);
    const { rows: [message] } = await client.query<{ id: string }>('select id from entry where account_id = $1', [accountId]);
    assert.ok(own && message);

    // Tables that refer to nothing lie in companies of their own; here all are of one.
    for (const { table } of await columnsOf(client, ['uuid']).then((all) => all.filter((each) => each.name === 'account_id'))) {
      await client.query('savepoint one');
      await client.query(`update "${table}" set account_id = $1 where account_id <> $1 and account_id <> $2`, [accountId, desk.accountId]).catch(() => client.query('rollback to savepoint one'));
    }
    const texts = await columnsOf(client, ['text', '_text', 'jsonb']);
    const uuids = await columnsOf(client, ['uuid']);
    const hangs = (table: string) => ['cases', 'customer', 'entry', 'insight_export_part'].includes(table) || uuids.some((each) => each.table === table && /(^|_)(case|customer|entry)_id$/.test(each.name));
    const untouched: string[] = [];
    for (const { table, name, type } of texts) {
      if (!uuids.some((each) => each.table === table && each.name === 'account_id') || /_keys?$/.test(name) && /file|raw|part/.test(name)) continue;
      const said = `${hangs(table) ? `${WORD} ` : ''}of <${ADDRESS}>, she said`;
      const value = type === '_text' ? `array[$1::text]` : type === 'jsonb' ? `case jsonb_typeof("${name}") when 'array' then jsonb_build_array($1::text) else jsonb_build_object('said', $1::text, 'changes', jsonb_build_array($1::text)) end` : '$1::text';
      await client.query('savepoint one');
      await client.query(`update "${table}" set "${name}" = ${value} where account_id = $2`, [said, accountId]).catch(async () => {
        await client.query('rollback to savepoint one');
        untouched.push(`${table}.${name}`);
      });
    }
    // What a check allows only as one of a few words holds nothing of anybody; `case_tag` follows the tags of the case by itself.
    const checked = (await client.query<{ columns: string }>(`select r.relname || '.' || a.attname as columns from pg_constraint k join pg_class r on r.oid = k.conrelid join unnest(k.conkey) n on true join pg_attribute a on a.attrelid = r.oid and a.attnum = n where k.contype = 'c'`)).rows.map((row) => row.columns);
    assert.deepEqual(untouched.filter((each) => !checked.includes(each) && each !== 'case_tag.tag'), [], 'every free text holds them');

    // The other customer of the company says nothing of her.
    await client.query(`update customer set name = 'Somebody else', note = '', search_text = '', fields = '{}', locale = null, time_zone = null where account_id = $1 and id <> $2`, [accountId, customerId]);
    // Who she is, that the case is hers, and that the message is from her.
    await client.query(`update customer_identity set kind = 'email', value = $2, customer_id = $3 where account_id = $1`, [accountId, ADDRESS, customerId]);
    await client.query('update cases set customer_id = $2, merged_into_id = null, follows_case_id = null where account_id = $1', [accountId, customerId]);
    await client.query('update participant set address = $2, customer_id = $3 where account_id = $1', [accountId, ADDRESS, customerId]);
    await client.query(`update entry set kind = 'message', direction = 'in', author_kind = 'customer', author_id = $2 where account_id = $1`, [accountId, customerId]);
    await client.query('update ledger set case_id = $2, entry_id = $3, purged_at = null where account_id = $1', [accountId, own.id, message.id]);
    await client.query('update webhook_delivery set case_id = $2, customer_id = $3 where account_id = $1', [accountId, own.id, customerId]);
    await client.query('delete from erasure where account_id = $1', [accountId]);
    const { key } = await platform.files.put(accountId, Buffer.from(`${WORD} from ${ADDRESS}`));
    const piece = await platform.files.put(accountId, Buffer.from(`An archive: ${WORD} from ${ADDRESS}`));
    await client.query('update entry set raw_key = $2 where account_id = $1', [accountId, key]);
    await client.query('update attachment set file_key = $2 where account_id = $1', [accountId, key]);
    await client.query('update ledger set raw_key = $2 where account_id = $1', [accountId, key]);
    await client.query(`update customer_export set part_keys = array[$2], state = 'ready' where account_id = $1`, [accountId, piece.key]);
    await client.query('commit');

    const erasureId = newId();
    await inAccount(platform, accountId, systemActor('test'), (ctx) => insertErasure(ctx, { id: erasureId, customerId, placeholderId: newId() }));
    await erasePerson(platform, accountId, erasureId);

    const { rows: [erasure] } = await client.query<{ state: string; report: { verification: { rowsFound: number; tables: number } } }>('select state, report from erasure where id = $1', [erasureId]);
    assert.deepEqual([erasure?.state, erasure?.report.verification.rowsFound], ['done', 0]);
    assert.ok((erasure?.report.verification.tables ?? 0) > 80);
    const left: string[] = [];
    const words: string[] = [];
    for (const { table, name, type } of await columnsOf(client, ['text', 'varchar', '_text', 'jsonb', 'bytea'])) {
      const shown = type === 'bytea' ? `encode("${name}", 'escape')` : `"${name}"::text`;
      const { rows: [found] } = await client.query<{ address: number; word: number }>(`select count(*) filter (where ${shown} ilike '%quillfeather.example%') as address, count(*) filter (where ${shown} ilike '%' || $1 || '%') as word from "${table}"`, [WORD]);
      if (Number(found?.address) > 0) left.push(`${table}.${name}`);
      if (Number(found?.word) > 0) words.push(`${table}.${name}`);
    }
    assert.deepEqual(left, [], 'the address stands nowhere');
    assert.deepEqual(words.sort(), Object.keys(MAY_KEEP_WORDS).sort(), 'nor a word that hung on them, but where it may');
    for await (const file of platform.files.list(accountId)) assert.fail(`${file.key} is still there`);
  } finally {
    client.release();
  }
});
