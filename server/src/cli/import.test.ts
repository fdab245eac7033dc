import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportRun } from '@rapport/contract';
import { eventually } from '../../testing/mail/free-port.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../testing/test-house.ts';

let house: TestHouse;
let folder: string;
let admin: SignedIn;
before(async () => {
  house = await openTestHouse();
  folder = await mkdtemp(join(tmpdir(), 'rapport-import-'));
  admin = await house.admin();
  await admin.client.inboxes.create({ body: { channel: 'email', name: 'Desk', settings: { address: 'desk@company.test' } } });
});
after(async () => {
  await house.close();
  await rm(folder, { recursive: true, force: true });
});

const fixture = (name: string) => join(import.meta.dirname, '../importing/fixtures', name);

function rapport(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(import.meta.dirname, 'index.ts'), 'import', ...args], { env: { ...process.env, DATABASE_URL: house.databaseUrl, RAPPORT_DATA: house.platform.config.dataDir } }, (error, out, err) => resolve({ code: error ? Number(error.code ?? 1) : 0, out, err }));
  });
}
const cases = () => house.asSystem(async (ctx) => Number((await ctx.tx.run<{ n: number }>('select count(*) as n from cases'))[0]?.n));

test('a folder of exports is tried, brought in with the files beside it, shown and removed', { timeout: 400_000 }, async () => {
  const exports = join(folder, 'export');
  const files = join(folder, 'files');
  await mkdir(exports);
  await mkdir(join(files, '78'), { recursive: true });
  for (const name of ['zendesk-tickets.json', 'zendesk-users.json']) await writeFile(join(exports, name), await readFile(fixture(name)));
  await writeFile(join(files, '78', 'away.png'), 'a picture');
  const trial = await rapport('auto', exports, '--dry-run', '--json');
  assert.equal(trial.code, 0, trial.err);
  const told = JSON.parse(trial.out) as { format: string; counts: { cases: number; attachments: number }; odd: number };
  assert.deepEqual([told.format, told.counts.cases, told.counts.attachments, told.odd], ['zendesk', 3, 1, 5]);
  assert.equal(await cases(), 0);

  const done = await rapport('auto', exports, '--files', files, '--json');
  assert.equal(done.code, 0, done.err);
  const run = JSON.parse(done.out) as ImportRun;
  assert.deepEqual([run.state, run.counts.cases, run.counts.attachments, run.odd, run.origin], ['done', 3, 2, 4, 'command']);
  assert.match((await rapport('show', run.id)).out, /Wilma Way <wilma@lamps\.example>, 1 entries/);
  assert.match((await rapport('show', run.id, '--report')).out, /cases,3\r\n/);
  assert.match((await rapport('remove', run.id)).out, /3 cases .* 0 of which/);
  assert.equal(await cases(), 3);
  // Whichever is first: this command, or the server that runs beside it.
  assert.match((await rapport('remove', run.id, '--yes')).out.trim(), /^(It is gone|The running server is removing it)\.$/);
  await eventually('it is gone', async () => (await rapport('show', run.id, '--json')).out.includes('"removed"'));
  assert.equal(await cases(), 0);
});

test('a Maildir comes in, without what was thrown away', { timeout: 400_000 }, async () => {
  const mails = (await readFile(fixture('mails.mbox'), 'utf8')).split(/^From \d@xxx .*\n/m).slice(1);
  for (const [place, name] of [['cur', '1.host:2,S'], ['.Sent/cur', '2.host:2,RS'], ['new', '3.host'], ['cur', '4.host:2,ST'], ['tmp', '5.host']].entries()) {
    const [sub = '', file = ''] = name;
    await mkdir(join(folder, 'Maildir', sub), { recursive: true });
    await writeFile(join(folder, 'Maildir', sub, file), mails[place] ?? '');
  }
  const done = await rapport('auto', join(folder, 'Maildir'), '--mail-status', 'open', '--json');
  assert.equal(done.code, 0, done.err);
  const run = JSON.parse(done.out) as ImportRun;
  assert.deepEqual([run.format, run.counts.records, run.counts.cases, run.counts.messages, run.counts.refused], ['maildir', 4, 2, 3, 1]);
  const again = JSON.parse((await rapport('maildir', join(folder, 'Maildir'), '--json')).out) as ImportRun;
  assert.deepEqual([again.counts.cases, again.counts.skipped], [0, 3]);
});

test('the name of a source is checked, and keeps two systems apart whose numbers are the same', { timeout: 400_000 }, async () => {
  const file = join(folder, 'shop.csv');
  await writeFile(file, 'id,subject,customer_email,body,created_at\n1,Of two shops,shop@mail.example,Words,2022-03-01\n');
  assert.match((await rapport('csv_cases', file, '--source', 'our shop!')).err, /letters, digits/);
  const cases = async (...more: string[]) => (JSON.parse((await rapport('csv_cases', file, '--json', ...more)).out) as ImportRun).counts.cases;
  assert.deepEqual([await cases(), await cases('--source', 'second'), await cases('--source', 'second'), await cases()], [1, 1, 0, 0]);
});

test('what is removed in the web while the command line still brings it in stops there, and all of it goes', { timeout: 400_000 }, async () => {
  const file = join(folder, 'large.mbox');
  const mail = (n: number) => `From x@xxx Mon Jan 02 10:00:00 +0000 2023\nFrom: Large ${n} <large${n}@mail.example>\nTo: desk@company.test\nSubject: Large ${n}\nDate: Mon, 02 Jan 2023 10:00:00 +0000\nMessage-ID: <large-${n}@mail.example>\n\nWords.\n\n`;
  await writeFile(file, Array.from({ length: 8_000 }, (_, n) => mail(n)).join(''));
  const before = await cases();
  const child = spawn(process.execPath, [join(import.meta.dirname, 'index.ts'), 'import', 'mbox', file], { env: { ...process.env, DATABASE_URL: house.databaseUrl, RAPPORT_DATA: house.platform.config.dataDir }, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (words: Buffer) => (said += words.toString()));
  const ended = once(child, 'exit') as Promise<[number]>;
  const newest = async () => (await admin.client.imports.list({ query: { limit: 1 } })).items[0];
  let run = await newest();
  while (run?.name !== 'large.mbox' || run.counts.cases === 0) {
    await sleep(20);
    run = await newest();
  }
  assert.equal(run.state, 'running');
  await admin.client.imports.remove({ params: { importId: run.id }, body: { keepTouched: false } });
  assert.equal((await ended)[0], 1);
  assert.match(said, /removing it/);
  while ((await newest())?.state !== 'removed') await sleep(50);
  assert.equal(await cases(), before);
});

test('what is not there, and what nothing tells the format of, is said in a line', async () => {
  await writeFile(join(folder, 'riddle.bin'), 'who am I');
  const riddle = await rapport('auto', join(folder, 'riddle.bin'));
  assert.deepEqual([riddle.code, /Name it/.test(riddle.err)], [1, true]);
  assert.match((await rapport('mbox', fixture('mails.mbox'), '--inbox', 'other')).err, /Desk \(desk@company\.test\)/);
});
