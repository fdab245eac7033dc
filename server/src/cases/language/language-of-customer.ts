import type { CaseLanguage, Entry } from '@rapport/contract';
import { detectLanguage } from './detect-language.ts';

type Language = Omit<CaseLanguage, 'canTranslate'>;

/** In which language to write to a customer: what an agent set for them, else what they wrote in, newest message first. `entries`: the newest of a case, oldest first; a long history says nothing more. */
export function languageOfCustomer(locale: string | null, entries: readonly Entry[]): Language {
  if (locale) return { language: locale.toLowerCase().split(/[-_]/)[0] ?? null, source: 'preference' };
  for (const entry of entries.toReversed()) {
    if (entry.kind !== 'message' || entry.direction !== 'in' || entry.automatic !== null) continue;
    const language = detectLanguage(entry.text);
    if (language !== null) return { language, source: 'detected' };
  }
  return { language: null, source: null };
}
