import { caseReader, isInScope } from '../platform/case-scope.ts';
import { can, type Ctx } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';
import { findRecord, lockRecord, type CaseRecord } from './case-store.ts';

/** Out of scope is the same as not there: nobody learns that a case exists by being refused it. */
export const noSuchCase = () => new Refusal('not_found', 'This case does not exist, or it is outside what your role sees.');

function mustSee(ctx: Ctx, record: CaseRecord | undefined): CaseRecord {
  if (!record || !isInScope(caseReader(ctx.actor), record)) throw noSuchCase();
  if (record.removedAs === 'deleted' && !can(ctx.actor, 'case.delete')) throw noSuchCase();
  return record;
}

/** A case the actor may see. Throws `not_found`. */
export async function seeCase(ctx: Ctx, caseId: string): Promise<CaseRecord> {
  return mustSee(ctx, await findRecord(ctx, caseId));
}

/** The same, locked until the transaction ends, for changing it. */
export async function holdCase(ctx: Ctx, caseId: string): Promise<CaseRecord> {
  return mustSee(ctx, await lockRecord(ctx, caseId));
}

/** Refuses a case that was merged, with where it went, and one that is spam or deleted. */
export async function mustBeThere(ctx: Ctx, record: CaseRecord): Promise<void> {
  if (record.mergedIntoId !== null) {
    const into = await findRecord(ctx, record.mergedIntoId);
    throw new Refusal('case_merged', `Go on with ${into ? `#${into.number}` : 'the case it was merged into'}.`, { extra: { mergedInto: into ? { id: into.id, number: into.number } : null } });
  }
  if (record.removedAs !== null) throw new Refusal('case_aside', 'Bring it back first.');
}

/** The same, and refuses a closed case, a merged one, and one that is set aside. */
export async function holdChangeableCase(ctx: Ctx, caseId: string): Promise<CaseRecord> {
  const record = await holdCase(ctx, caseId);
  await mustBeThere(ctx, record);
  if (record.status === 'closed') throw new Refusal('case_closed', 'Begin a new case for what is still to be done.');
  return record;
}
