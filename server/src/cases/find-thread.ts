import type { Ctx } from '../platform/context.ts';
import { takesMessages } from './case-state.ts';
import { findSuccessor, lockRecord, type CaseRecord } from './case-store.ts';
import type { Incoming } from './incoming.ts';
import type { Traces } from './thread-store.ts';

/**
 * Which case a message belongs to by what it carries, best evidence first:
 *
 * 1. a signed token of ours;
 * 2. a message it answers that we sent or received;
 * 3. a message it answers, or its own id, that another message spoke of before we saw it. Such ids are known to strangers too (a newsletter's,
 *    for example), so the sender must take part in that case;
 * 4. a case number in the subject, again only for somebody who takes part.
 *
 * The subject's words never count, and neither does an id of its own that we have seen before: broken programs give every mail the same one.
 */
export function caseByTraces(traces: Traces, thread: Pick<Incoming['thread'], 'answers' | 'own'>): string | undefined {
  const answered = thread.answers.map((key) => traces.threads.get(key)).filter((found) => found !== undefined);
  const own = thread.own.map((key) => traces.threads.get(key)).filter((found) => found !== undefined);
  const seen = answered.find((found) => !found.isAwaited);
  // The message it answers left with the token of the case it was split from later: then the message knows better.
  if (traces.tokenCaseId !== undefined) return seen?.wasCaseId === traces.tokenCaseId ? seen.caseId : traces.tokenCaseId;
  const awaited = [...answered, ...own].find((found) => found.isAwaited && found.knowsSender);
  return (seen ?? awaited)?.caseId ?? traces.numberedCaseId;
}

/**
 * The case that takes the message, locked: the one found, the one it was merged into, or the one that went on where it had ended. When all of them have ended or were deleted, the
 * last of them in `follows`, for the new case to be linked to. What answers spam is spam and stays with it. Two messages to an ended case wait for each other at its lock, so they begin one new case.
 */
export async function holdCaseForMessage(ctx: Ctx, caseId: string, reopenDays: number): Promise<{ record: CaseRecord } | { follows: CaseRecord } | undefined> {
  const been = new Set<string>();
  let record = await lockRecord(ctx, caseId);
  while (record) {
    const isOpenTo = record.removedAs === 'spam' ? record.status !== 'closed' : record.removedAs === null && takesMessages(record, reopenDays, ctx.clock.now());
    if (record.mergedIntoId === null && isOpenTo) return { record };
    been.add(record.id);
    const next: string | undefined = record.mergedIntoId ?? (await findSuccessor(ctx, record.id));
    // A case that went on in another and was merged back into it leads round.
    if (next === undefined || been.has(next)) return { follows: record };
    record = await lockRecord(ctx, next);
  }
  return undefined;
}
