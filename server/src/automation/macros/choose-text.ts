import type { CaseKind, MacroContent } from '@rapport/contract';

export interface CaseAspects {
  /** As `de`; null when nobody knows. */
  language: string | null;
  kind: CaseKind;
  channel: string;
  tags: readonly string[];
}

/** The first text all of whose conditions fit; a text without conditions fits always. Undefined when none does. */
export function chooseText(texts: MacroContent['texts'], aspects: CaseAspects): MacroContent['texts'][number] | undefined {
  return texts.find(({ when }) =>
    (when.language === undefined || when.language === aspects.language)
    && (when.kind === undefined || when.kind === aspects.kind)
    && (when.channel === undefined || when.channel === aspects.channel)
    && (when.tag === undefined || aspects.tags.includes(when.tag)));
}
