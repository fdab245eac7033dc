import { openingCases, openingEntries, type CaseOpening } from '@rapport/contract';
import { getCustomer } from '../customers/index.ts';
import { can, type AgentActor, type Ctx } from '../platform/context.ts';
import { listDrafts } from './drafts.ts';
import { getCase } from './get-case.ts';
import { languageOfCustomer } from './language/language-of-customer.ts';
import { listCasesOfCustomer } from './list-cases.ts';
import { listEntries } from './list-entries.ts';

/** All that a desk shows of a case. Throws `not_found`. */
export async function openCase(ctx: Ctx & { actor: AgentActor }, caseId: string): Promise<CaseOpening> {
  const opened = await getCase(ctx, caseId);
  const { items, hasEarlier } = await listEntries(ctx, { caseId, limit: openingEntries });
  const customer = await getCustomer(ctx, opened.customer.id);
  return {
    case: opened, entries: { items, hasEarlier }, drafts: (await listDrafts(ctx, caseId)).items, language: languageOfCustomer(customer.locale, items),
    customer: can(ctx.actor, 'customer.read') ? customer : null, customerCases: await listCasesOfCustomer(ctx, { customerId: customer.id, limit: openingCases }),
  };
}
