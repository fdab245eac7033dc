import type { Ctx } from '../../platform/context.ts';
import type { CaseRecord } from '../case-store.ts';
import { selectSubjects } from './subject-store.ts';

// Marks of answers and forwards in the languages mail programs write them in, with or without a number, and marks in brackets such as a list's name or our own case number.
const MARKS = /^\s*(?:(?:re|aw|sv|vs|antw|antwort|odp|ynt|res|rif|r|tr|fwd?|wg|wtr|doorst|enc|rv|i|fs|vl|továbbítás|válasz|回复|答复|转发|返信)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]|\[[^\]]{1,40}\])\s*/iu;
const OWN_MARK = /\[#\d{1,15}\]/g;

/** What a subject says without the marks that mail programs put before it. */
export function bareSubject(subject: string): string {
  let bare = subject.replace(OWN_MARK, ' ');
  for (let before = ''; before !== bare; ) {
    before = bare;
    bare = bare.replace(MARKS, '');
  }
  return bare.replace(/[\s.…!?]+/g, ' ').trim().toLowerCase();
}

/** The same but for a beginning that was cut off: some programs shorten subjects. */
const isSame = (one: string, other: string): boolean => one === other || (Math.min(one.length, other.length) >= 12 && (one.startsWith(other) || other.startsWith(one)));

/** Whether a message carries a subject that none of the case's messages has had, so that it may be about something else. An empty subject says nothing. */
export async function hasNewSubject(ctx: Ctx, record: Pick<CaseRecord, 'id' | 'subject'>, subject: string): Promise<boolean> {
  const bare = bareSubject(subject);
  if (bare === '' || isSame(bare, bareSubject(record.subject))) return false;
  return !(await selectSubjects(ctx, record.id)).some((known) => isSame(bare, bareSubject(known)));
}
