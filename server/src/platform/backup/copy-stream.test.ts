import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../testing/database.ts';
import { copyIn, copyOut } from './copy-stream.ts';

let database: TestDatabase;
let client: pg.Client;

before(async () => {
  database = await createTestDatabase({ empty: true });
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('create table line (n int primary key, text text)');
});
after(async () => {
  await client?.end();
  await database?.drop();
});

async function collect(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* pieces(...list: (string | Error)[]): AsyncGenerator<Buffer> {
  for (const piece of list) {
    if (piece instanceof Error) throw piece;
    yield Buffer.from(piece);
  }
}

test('what goes in comes out, and the number of rows is told', async () => {
  assert.equal(await copyIn(client, 'copy line from stdin', pieces('1\to', 'ne\n2\ttw', 'o\n')), 2);
  assert.equal((await collect(copyOut(client, 'copy (select * from line order by n) to stdout'))).toString(), '1\tone\n2\ttwo\n');
  assert.equal((await collect(copyOut(client, 'copy (select 1 where false) to stdout'))).length, 0);
});

test('a slow reader holds the server back instead of filling the memory', async () => {
  const stream = copyOut(client, `copy (select n, repeat('x', 1000) from generate_series(1, 100000) n) to stdout`) as AsyncIterable<Buffer> & { readableLength: number };
  let bytes = 0;
  let most = 0;
  let lines = 0;
  for await (const chunk of stream) {
    if (bytes === 0) await sleep(200);
    most = Math.max(most, stream.readableLength);
    bytes += chunk.length;
    for (const byte of chunk) if (byte === 10) lines += 1;
  }
  assert.equal(lines, 100_000);
  assert.ok(most < 4 * 1024 * 1024, `${most} bytes were waiting`);
});

test('a row the server refuses, and a source that fails, fail the statement and leave the connection usable', async () => {
  await assert.rejects(copyIn(client, 'copy line from stdin', pieces('not a number\tx\n')), /invalid input syntax/);
  await assert.rejects(copyIn(client, 'copy line from stdin', pieces('77\tx\n', new Error('the disk broke'))), /the disk broke/);
  assert.deepEqual((await client.query('select n from line where n = 77')).rows, []);
  await assert.rejects(collect(copyOut(client, 'copy no_such_table to stdout')), /does not exist/);
  assert.equal((await client.query<{ one: number }>('select 1 as one')).rows[0]?.one, 1);
});

test('a server that goes away in the middle is an error, not a wait for ever', async () => {
  const victim = new pg.Client({ connectionString: database.url });
  victim.on('error', () => undefined);
  await victim.connect();
  const { rows } = await victim.query<{ pid: number }>('select pg_backend_pid() as pid');
  const stream = copyOut(victim, `copy (select repeat('x', 1000) from generate_series(1, 1000000)) to stdout`);
  await assert.rejects(async () => {
    let isFirst = true;
    for await (const chunk of stream) {
      void chunk;
      if (isFirst) await client.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      isFirst = false;
    }
  });
  await victim.end().catch(() => undefined);
});
