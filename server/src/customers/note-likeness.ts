import type { Likeness } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { selectAlike, selectSubject, writeLikeness, writeSuggestions } from './duplicate-store.ts';
import { likenessKeys } from './likeness.ts';

const MOST_ALIKE = 10;

/** Keeps by what a customer may be somebody else, and suggests those who are alike. Cheap: it looks up a few keys. Call it whenever name or addresses changed. */
export async function noteLikeness(ctx: Ctx, customerId: string): Promise<void> {
  const subject = await selectSubject(ctx, customerId);
  if (!subject) return;
  const keys = subject.merged_into_id === null ? likenessKeys(subject.name, subject.identities) : [];
  await writeLikeness(ctx, customerId, keys);
  const found = new Map<string, Set<Likeness>>();
  for (const { key, other } of await selectAlike(ctx, customerId, keys, MOST_ALIKE)) {
    const reasons = found.get(other) ?? new Set();
    found.set(other, reasons.add(key.slice(0, key.indexOf(':')) as Likeness));
  }
  await writeSuggestions(ctx, customerId, [...found].map(([other, reasons]) => ({ other, reasons: [...reasons] })));
}
