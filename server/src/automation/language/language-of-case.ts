import type { CaseDetail, CaseLanguage } from '@rapport/contract';
import { getCase, languageOfCustomer, listEntries } from '../../cases/index.ts';
import { getCustomer } from '../../customers/index.ts';
import type { Ctx } from '../../platform/context.ts';
import { translator } from '../translation/index.ts';

const PAGE = 30;

/** In which language to write to the customer of a case. */
export async function languageOf(ctx: Ctx, detail: Pick<CaseDetail, 'id' | 'customer'>): Promise<CaseLanguage> {
  const { locale } = await getCustomer(ctx, detail.customer.id);
  const { items } = locale ? { items: [] } : await listEntries(ctx, { caseId: detail.id, limit: PAGE });
  return { ...languageOfCustomer(locale, items), canTranslate: translator.isThere };
}

export async function languageOfCase(ctx: Ctx, caseId: string): Promise<CaseLanguage> {
  return languageOf(ctx, await getCase(ctx, caseId));
}
