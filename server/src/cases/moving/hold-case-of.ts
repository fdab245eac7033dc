import type { Ctx } from '../../platform/context.ts';
import type { CaseRecord } from '../case-store.ts';
import { holdCase } from '../see-case.ts';
import { findHome } from './home-store.ts';

/**
 * Holds the case that an entry lies on now, for those who remember it with the case it was on: a message of ours may be on its way while its case is merged or split. `inboxId` is
 * where the entry was received or sent.
 */
export async function holdCaseOf(ctx: Ctx, about: { caseId: string; entryId: string }): Promise<{ record: CaseRecord; inboxId: string }> {
  let caseId = (await findHome(ctx, about.entryId))?.caseId ?? about.caseId;
  for (;;) {
    const record = await holdCase(ctx, caseId);
    // While we waited for the case, whoever held it may have moved the entry on.
    const home = await findHome(ctx, about.entryId);
    if ((home?.caseId ?? about.caseId) === record.id) return { record, inboxId: home?.inboxId ?? record.inboxId };
    caseId = home?.caseId ?? about.caseId;
  }
}
