import type { SurveyKind } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { aboutCase } from './announce-case.ts';
import { lockRecord, writeRecord, writeWithEntry, type CaseRecord } from './case-store.ts';
import { changeEntry } from './change-entry.ts';
import { rewriteChange } from './entry-store.ts';
import type { Change } from './message-detail.ts';
import { findCustomerName } from './owner-store.ts';

/**
 * Says on the timeline what the customer thinks of our work, in one line: what they change later stands in the same. The case stays as it is, also a closed one; one that was merged is told of where it
 * went. For the system only. Answers the line, and the case as the line has left it; undefined when there is no case any more.
 */
export async function tellOfSurvey(ctx: Ctx, input: { caseId: string; lineId: string | null; kind: SurveyKind; score: number; comment: string }): Promise<{ lineId: string; record: CaseRecord } | undefined> {
  let record = await lockRecord(ctx, input.caseId);
  while (record?.mergedIntoId) record = await lockRecord(ctx, record.mergedIntoId);
  if (!record) return undefined;
  const changes: Change[] = [{ field: 'survey', from: input.kind, to: String(input.score), ...(input.comment === '' ? {} : { name: input.comment }) }];
  const isTold = input.lineId !== null && (await rewriteChange(ctx, record.id, input.lineId, changes));
  const author = { kind: 'customer' as const, id: record.customerId, name: await findCustomerName(ctx, record.customerId) };
  const entry = { ...changeEntry(ctx, record, changes), author };
  const next: CaseRecord = { ...record, version: record.version + 1, ...(isTold ? {} : { lastEntryId: entry.id }) };
  await (isTold ? writeRecord(ctx, next) : writeWithEntry(ctx, next, entry));
  await announce(ctx, 'case.changed', { ...aboutCase(next), fields: ['survey'] });
  return { lineId: isTold ? (input.lineId as string) : entry.id, record: next };
}
