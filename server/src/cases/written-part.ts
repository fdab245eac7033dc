import type { Incoming } from './incoming.ts';

type Told = Pick<Incoming, 'text' | 'mail'>;

/** What was written for this message: its text without what a mail program carries along. The whole text where nothing else is known, or nothing would be left. */
export function writtenPart({ text, mail }: Told): string {
  const { written } = part({ text, mail });
  return written.trim() === '' ? text : written;
}

/** The text for search: what was written stands first, because only the beginning of a long text counts. Old mail is left out where it is found on the case already. */
export function withWrittenFirst({ text, mail }: Told, hasEarlier: boolean): string {
  const { written, signatures, old } = part({ text, mail });
  return [written, signatures, hasEarlier ? '' : old].filter((each) => each !== '').join('\n');
}

function part({ text, mail }: Told): { written: string; signatures: string; old: string } {
  let written = '', signatures = '', old = '', at = 0;
  for (const { kind, from, to } of mail?.folds ?? []) {
    written += text.slice(at, from);
    if (kind === 'signature') signatures += text.slice(from, to);
    else old += text.slice(from, to);
    at = to;
  }
  return { written: written + text.slice(at), signatures, old };
}
