import type { CaseDetail } from '@rapport/contract';
import { recordAudit } from '../../accounts/index.ts';
import { mustBeAllowed, type Ctx } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { aboutCase } from '../announce-case.ts';
import { withoutLeaver } from '../assign.ts';
import { writeWithEntry, type CaseRecord } from '../case-store.ts';
import { changeEntry } from '../change-entry.ts';
import { cleanText } from '../clean-text.ts';
import { caseAfterChange } from '../get-case.ts';
import { holdCase, mustBeThere } from '../see-case.ts';
import { setAside, type Aside } from './aside-store.ts';

async function put(ctx: Ctx, before: CaseRecord, aside: Aside | null): Promise<CaseDetail> {
  const { record: kept, off } = aside === null ? await withoutLeaver(ctx, before) : { record: before, off: [] };
  const entry = changeEntry(ctx, before, [{ field: 'aside', from: before.removedAs, to: aside?.as ?? null }, ...off]);
  const record: CaseRecord = { ...kept, removedAs: aside?.as ?? null, lastEntryId: entry.id, version: before.version + 1 };
  await setAside(ctx, before.id, aside);
  await writeWithEntry(ctx, record, entry);
  await announce(ctx, 'case.changed', { ...aboutCase(record, before), fields: ['aside', 'shelf', ...(off.length > 0 ? ['assignee'] : [])] });
  return caseAfterChange(ctx, before.id);
}

/**
 * Takes a case out of every list as spam. Its status stays for the way back, and what answers it stays with it. Closed cases too: nothing about the matter changes. Refuses `case_merged`
 * and `case_aside`.
 */
export async function markSpam(ctx: Ctx, caseId: string): Promise<CaseDetail> {
  mustBeAllowed(ctx.actor, 'case.edit');
  const record = await holdCase(ctx, caseId);
  if (record.removedAs === 'spam') return caseAfterChange(ctx, caseId);
  await mustBeThere(ctx, record);
  return put(ctx, record, { as: 'spam', reason: null });
}

/**
 * Deletes a case: only those who may delete still see it, and after 30 days it is purged. What comes in for it begins a new case. A case that is spam can be deleted too. It stands in
 * the audit log with its reason. Refuses `case_merged`, and `case_aside` when it is deleted already.
 */
export async function removeCase(ctx: Ctx, input: { caseId: string; reason: string }): Promise<CaseDetail> {
  mustBeAllowed(ctx.actor, 'case.delete');
  const record = await holdCase(ctx, input.caseId);
  if (record.removedAs !== 'spam') await mustBeThere(ctx, record);
  const reason = cleanText(input.reason).text;
  await recordAudit(ctx, 'case.deleted', { target: `#${record.number}`, detail: { caseId: record.id, reason } });
  return put(ctx, record, { as: 'deleted', reason });
}

/** Brings a spam or deleted case back as it was. One that is there already stays as it is. */
export async function restoreCase(ctx: Ctx, caseId: string): Promise<CaseDetail> {
  mustBeAllowed(ctx.actor, 'case.edit');
  const record = await holdCase(ctx, caseId);
  if (record.removedAs === null) return caseAfterChange(ctx, caseId);
  if (record.removedAs === 'deleted') {
    mustBeAllowed(ctx.actor, 'case.delete');
    await recordAudit(ctx, 'case.restored', { target: `#${record.number}`, detail: { caseId: record.id } });
  }
  return put(ctx, record, null);
}
