import type { CaseDetail, CaseLanguage } from '@rapport/contract';
import { getCase, listEntries } from '../../cases/index.ts';
import { getCustomer } from '../../customers/index.ts';
import type { Ctx } from '../../platform/context.ts';
import { translator } from '../translation/index.ts';
import { detectLanguage } from './detect-language.ts';

// The newest pages hold what the customer wrote last; a long history says nothing more.
const PAGE = 30;

/** In which language to write to the customer of a case: what an agent set for them, else what they wrote in, newest message first. */
export async function languageOf(ctx: Ctx, detail: Pick<CaseDetail, 'id' | 'customer'>): Promise<CaseLanguage> {
  const canTranslate = translator.isThere;
  const { locale } = await getCustomer(ctx, detail.customer.id);
  if (locale) return { language: locale.toLowerCase().split(/[-_]/)[0] ?? null, source: 'preference', canTranslate };
  const { items } = await listEntries(ctx, { caseId: detail.id, limit: PAGE });
  for (const entry of items.toReversed()) {
    if (entry.kind !== 'message' || entry.direction !== 'in' || entry.automatic !== null) continue;
    const language = detectLanguage(entry.text);
    if (language !== null) return { language, source: 'detected', canTranslate };
  }
  return { language: null, source: null, canTranslate };
}

export async function languageOfCase(ctx: Ctx, caseId: string): Promise<CaseLanguage> {
  return languageOf(ctx, await getCase(ctx, caseId));
}
