import type { CasePromise, PromiseState } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { aboutCase } from './announce-case.ts';
import { writeWithEntry, type CaseRecord } from './case-store.ts';
import { authorOf, changeEntry } from './change-entry.ts';
import { cleanText } from './clean-text.ts';
import type { Change } from './message-detail.ts';
import { findPromise, insertPromise, openPromises, selectPromises, writePromise, type PromiseRow } from './promise-store.ts';
import { holdChangeableCase, seeCase } from './see-case.ts';

export interface NewPromise {
  text: string;
  dueAt: string;
}
const MOST_OPEN = 50;

/** A promise as the contract shows it at a time. */
export function shapePromise(row: PromiseRow, now: Date): CasePromise {
  return {
    id: row.id, caseId: row.case_id, text: row.text, dueAt: row.due_at.toISOString(), state: row.state, isOverdue: row.state === 'open' && row.due_at <= now, madeBy: { id: row.made_by_id, name: row.made_by_name },
    madeAt: row.made_at.toISOString(), entryId: row.entry_id, settledBy: row.settled_by_name, settledAt: row.settled_at?.toISOString() ?? null, version: row.version,
  };
}

function dueIn(dueAt: string, now: Date): Date {
  const due = new Date(dueAt);
  if (due <= now) throw new Refusal('promise_in_past', 'Choose a time that is still to come.');
  return due;
}

/** The case with its first due time, and the line that tells of the promise; announced. */
async function tell(ctx: Ctx, before: CaseRecord, row: PromiseRow, change: Pick<Change, 'from' | 'to'>): Promise<CaseRecord> {
  const { next } = await openPromises(ctx, before.id);
  const entry = changeEntry(ctx, before, [{ field: 'promise', name: row.text, dueAt: row.due_at.toISOString(), ...change }]);
  const record: CaseRecord = { ...before, nextPromiseAt: next, lastEntryId: entry.id, version: before.version + 1 };
  await writeWithEntry(ctx, record, entry);
  await announce(ctx, 'promise.changed', { ...aboutCase(record), promiseId: row.id });
  await announce(ctx, 'case.changed', { ...aboutCase(record), fields: ['promise'] });
  return record;
}

/** Writes a promise on a locked case; for what makes one along with something else. Refuses `promise_in_past` and `too_many_promises`. */
export async function writeNewPromise(ctx: Ctx, before: CaseRecord, wanted: NewPromise, entryId: string | null): Promise<{ record: CaseRecord; row: PromiseRow }> {
  const now = ctx.clock.now();
  const due = dueIn(wanted.dueAt, now);
  if ((await openPromises(ctx, before.id)).count >= MOST_OPEN) throw new Refusal('too_many_promises', 'Settle some of the open promises first.');
  const author = authorOf(ctx.actor);
  const row: PromiseRow = {
    id: newId(), case_id: before.id, text: cleanText(wanted.text).text, due_at: due, state: 'open', made_by_id: author.id, made_by_name: author.name, made_at: now, entry_id: entryId, settled_by_name: null, settled_at: null, overdue_at: null, version: 1,
  };
  await insertPromise(ctx, row);
  return { record: await tell(ctx, before, row, { from: null, to: 'open' }), row };
}

/** Promises something to the customer by a time. Refuses `case_closed`, `promise_in_past` and `too_many_promises`. */
export async function makePromise(ctx: Ctx, input: NewPromise & { caseId: string }): Promise<CasePromise> {
  mustBeAllowed(ctx.actor, 'case.note');
  const before = await holdChangeableCase(ctx, input.caseId);
  const { row } = await writeNewPromise(ctx, before, input, null);
  return shapePromise(row, ctx.clock.now());
}

export interface ChangePromise {
  caseId: string;
  promiseId: string;
  state?: PromiseState | undefined;
  text?: string | undefined;
  dueAt?: string | undefined;
  version?: number | undefined;
}

/** Settles a promise, opens it again, or changes its words or time. What is the same already changes nothing. Refuses `case_closed`, `changed_meanwhile` and `promise_in_past`. */
export async function changePromise(ctx: Ctx, input: ChangePromise): Promise<CasePromise> {
  mustBeAllowed(ctx.actor, 'case.note');
  const before = await holdChangeableCase(ctx, input.caseId);
  const now = ctx.clock.now();
  const row = await findPromise(ctx, before.id, input.promiseId);
  if (!row) throw new Refusal('not_found', 'This promise does not exist.');
  if (input.version !== undefined && input.version !== row.version) throw new Refusal('changed_meanwhile', 'Look at what changed and try again.', { extra: { version: row.version } });
  const state = input.state ?? row.state;
  const text = input.text === undefined ? row.text : cleanText(input.text).text;
  const isSameTime = input.dueAt === undefined || new Date(input.dueAt).getTime() === row.due_at.getTime();
  if (state === row.state && text === row.text && isSameTime) return shapePromise(row, now);
  if (!isSameTime && state !== 'open') throw new Refusal('invalid_request', 'body.dueAt: Only the time of an open promise can be changed.');
  const due = isSameTime ? row.due_at : dueIn(input.dueAt ?? '', now);
  const isSettledNow = state !== 'open' && state !== row.state;
  const next: PromiseRow = {
    ...row, text, due_at: due, state, version: row.version + 1,
    // A new time is told of anew when it has passed; so is a promise that was opened again after its time.
    overdue_at: isSameTime && state === row.state ? row.overdue_at : null,
    ...(state === 'open' ? { settled_by_name: null, settled_at: null } : isSettledNow ? { settled_by_name: authorOf(ctx.actor).name, settled_at: now } : {}),
  };
  await writePromise(ctx, next);
  const told = state !== row.state ? { from: row.state, to: state } : isSameTime ? { from: row.text, to: 'reworded' } : { from: row.due_at.toISOString(), to: 'moved' };
  await tell(ctx, before, next, told);
  return shapePromise(next, now);
}

/** The promises of a case. */
export async function listPromises(ctx: Ctx, caseId: string): Promise<{ items: CasePromise[] }> {
  await seeCase(ctx, caseId);
  return { items: (await selectPromises(ctx, caseId)).map((row) => shapePromise(row, ctx.clock.now())) };
}
