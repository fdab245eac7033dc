import type { ErasureReport } from '@rapport/contract';
import { recordAudit } from '../accounts/index.ts';
import { dropOriginals, eraseFromNextCase, namesInCases, type Person } from '../cases/index.ts';
import { eraseMails, eraseVisitors } from '../channels/index.ts';
import { eraseCustomers, findPerson } from '../customers/index.ts';
import { dropRowExports } from '../insights/index.ts';
import { eraseFromLedger, purgeFromLedger } from '../ledger/index.ts';
import { inAccount, systemActor, type Ctx, type Platform } from '../platform/context.ts';
import { anySpelling, countRows, fullName, fullNameInWords, nameBeside, replaceText, textColumns, wholeWord, type TextColumn } from '../platform/database/personal-text.ts';
import type { Tx } from '../platform/database/index.ts';
import { announce } from '../platform/events/index.ts';
import { deleteUnusedFiles } from '../platform/files/delete-unused.ts';
import { searchWords } from '../platform/search-words.ts';
import { dropExports } from './export/store.ts';
import { colleaguesAmong, deleteAnswers, findErasure, finishErasure, noteHashes, noteStep, type ErasureRow } from './store.ts';
import { addressHash, writeTombstone } from './tombstones.ts';

const actor = systemActor('privacy');
const add = (counts: Record<string, number>, more: Record<string, number>) => {
  for (const [key, count] of Object.entries(more)) counts[key] = (counts[key] ?? 0) + count;
};

interface Task {
  erasure: ErasureRow;
  person: Person;
  identities: { kind: string; value: string }[];
}

function emptyReport(): ErasureReport {
  return { removed: {}, pseudonymised: {}, filesKept: 0, verification: { tables: 0, columns: 0, rowsFound: 0, where: [], namesSearched: 0, namesFound: 0, namesWhere: [] } };
}

/** Addresses are looked at last: they say who the person is, for going on after a crash. */
const isRecord = (column: TextColumn): boolean => column.table === 'customer_identity';

async function replaceEverywhere(tx: Tx, accountId: string, { person, erasure }: Task): Promise<number> {
  let rows = await deleteAnswers(tx, accountId, [...person.patterns, ...person.customerIds]);
  for (const column of await textColumns(tx)) {
    if (!column.hasAccount || isRecord(column)) continue;
    for (const [i, pattern] of person.patterns.entries()) {
      if (column.type === 'jsonb') await replaceText(tx, column, accountId, nameBeside(pattern), '"name": null, \\1');
      rows += await replaceText(tx, column, accountId, pattern, `erased-${erasure.id.slice(-12)}-${i}@erased.invalid`);
    }
  }
  return rows;
}

/** Addresses must be nowhere. A name that is still somewhere may be of somebody else who is called so: it is told apart. */
async function verify(tx: Tx, accountId: string, { patterns, names, nameWords }: Person): Promise<ErasureReport['verification']> {
  const columns = await textColumns(tx);
  const count = async (patternsOf: (column: TextColumn) => readonly string[]) => {
    const where = new Set<string>();
    let rows = 0;
    for (const column of columns) {
      for (const pattern of patternsOf(column)) {
        const found = await countRows(tx, column, accountId, pattern);
        rows += found;
        if (found > 0) where.add(`${column.table}.${column.column}`);
      }
    }
    return { rows, where: [...where] };
  };
  const addresses = await count(() => patterns);
  const called = await count((column) => (column.column === 'search_text' ? nameWords : names));
  return { tables: new Set(columns.map((column) => column.table)).size, columns: columns.length, rowsFound: addresses.rows, where: addresses.where, namesSearched: names.length, namesFound: called.rows, namesWhere: called.where };
}

/** By what the person is found. A full name that a colleague has, too, is the colleague's where it stands in a text. */
async function describe(ctx: Ctx, { customerIds, names, identities }: { customerIds: string[]; names: string[]; identities: { kind: string; value: string }[] }): Promise<Person> {
  const addresses = identities.map((one) => one.value.toLowerCase());
  const known = [...new Set([...names, ...(await namesInCases(ctx, { customerIds, addresses }))])];
  const ours = await colleaguesAmong(ctx, known);
  const called = known.filter((name) => fullName(name) !== undefined && !ours.has(name));
  const patternOf = (value: string, i: number) => (identities[i]?.kind === 'phone' ? anySpelling(value) : wholeWord(value));
  return {
    customerIds, addresses, patterns: addresses.map(patternOf), words: addresses.map((value, i) => (identities[i]?.kind === 'phone' ? anySpelling(value) : wholeWord(searchWords(value)))),
    names: called.flatMap((name) => fullName(name) ?? []), nameWords: called.flatMap((name) => fullNameInWords(name) ?? []),
  };
}

/** The person while their record is there; writes down first, where no backup reaches, that they are erased. */
async function begin(platform: Platform, accountId: string, erasureId: string): Promise<Task | undefined> {
  const task = await inAccount(platform, accountId, actor, async (ctx): Promise<Task | undefined> => {
    const erasure = await findErasure(ctx, erasureId);
    const found = erasure && erasure.state !== 'done' ? await findPerson(ctx, erasure.customer_id) : undefined;
    if (!erasure || !found) return undefined;
    return { erasure, identities: found.identities, person: await describe(ctx, found) };
  });
  if (!task) return undefined;
  const hashes = task.identities.map((one) => addressHash(platform, accountId, one.kind, one.value));
  if (task.erasure.hashes.length === 0) await writeTombstone(platform, { accountId, erasedAt: platform.clock.now().toISOString(), hashes });
  await inAccount(platform, accountId, actor, (ctx) => noteHashes(ctx, erasureId, hashes));
  return task;
}

async function step(platform: Platform, accountId: string, task: Task, report: ErasureReport): Promise<boolean> {
  return inAccount(platform, accountId, actor, async (ctx: Ctx) => {
    const gone = await eraseFromNextCase(ctx, task.person, task.erasure.placeholder_id ?? task.erasure.id);
    if (!gone) return false;
    const ledger = await eraseFromLedger(ctx, gone.messageIds, []);
    add(report.removed, { ...gone.removed, ledgerDetails: ledger.rows });
    add(report.pseudonymised, gone.pseudonymised);
    await noteStep(ctx, task.erasure.id, report, [...gone.fileKeys, ...ledger.rawKeys, ...(await purgeFromLedger(ctx, gone.namingIds))]);
    return true;
  });
}

/**
 * Erases one person, case by case, then everywhere their addresses stand, then their record, and searches every text of every table for what is left. Stopped at any time it goes on where it was: who
 * the person is stands in their record until the last transaction. The search is part of that transaction, so the report tells of the very state that is kept.
 */
export async function erasePerson(platform: Platform, accountId: string, erasureId: string): Promise<void> {
  // Bytes that are put again from here on are not this person's alone.
  const began = new Date();
  const task = await begin(platform, accountId, erasureId);
  if (!task) return;
  const report = task.erasure.report ?? emptyReport();
  while (await step(platform, accountId, task, report));
  await inAccount(platform, accountId, actor, async (ctx) => {
    const ledger = await eraseFromLedger(ctx, [], task.person.patterns);
    add(report.removed, { ledgerDetails: ledger.rows, mailboxMails: await eraseMails(ctx, task.person.addresses), visitors: await eraseVisitors(ctx, task.person.customerIds, task.person.addresses) });
    const naming = await dropOriginals(ctx, task.person);
    add(report.removed, { originalsNaming: naming.messageIds.length });
    await noteStep(ctx, erasureId, report, [...ledger.rawKeys, ...naming.fileKeys, ...(await purgeFromLedger(ctx, naming.messageIds))]);
  });
  const rows = await platform.database.asSystem((tx) => replaceEverywhere(tx, accountId, task));
  add(report.pseudonymised, { mentions: rows });
  // Another person's archive and tables of cases may hold words of this one. What is made from now on finds none.
  await inAccount(platform, accountId, actor, async (ctx) => {
    await dropRowExports(ctx);
    await noteStep(ctx, erasureId, report, await dropExports(ctx));
  });
  const latest = await inAccount(platform, accountId, actor, (ctx) => findErasure(ctx, erasureId));
  const { removed, kept } = await deleteUnusedFiles(platform, accountId, latest?.file_keys ?? [], began);
  report.filesKept = kept;
  add(report.removed, { files: removed });
  const now = platform.clock.now();
  await platform.database.asSystem(async (tx) => {
    const ctx: Ctx = { tx, accountId, actor, clock: platform.clock, log: platform.log, platform };
    add(report.removed, await eraseCustomers(ctx, task.person.customerIds, task.person.addresses));
    report.verification = await verify(tx, accountId, task.person);
    await finishErasure(ctx, erasureId, report, now);
    await recordAudit(ctx, 'customer.erased', { detail: { erasureId, removed: report.removed, rowsFound: report.verification.rowsFound } });
  });
  await inAccount(platform, accountId, actor, (ctx) => announce(ctx, 'customer.erased', { customerId: task.erasure.customer_id, erasureId }));
  if (report.verification.rowsFound > 0) platform.log.error({ erasureId, where: report.verification.where }, 'an erasure left traces');
}
