export interface Mentioned {
  id: string;
  name: string;
}

/** Who was chosen with @ in notes on a case, as long as this tab is open: a reload forgets nobody, and a note that is taken back knows its people again. */
const keyOf = (caseId: string) => `rapport.mentions.${caseId}`;
const nobody: readonly Mentioned[] = [];
const byCase = new Map<string, readonly Mentioned[]>();

function read(caseId: string): readonly Mentioned[] {
  let found = byCase.get(caseId);
  if (!found) {
    try {
      found = JSON.parse(sessionStorage.getItem(keyOf(caseId)) ?? '[]') as Mentioned[];
    } catch {
      found = nobody;
    }
    byCase.set(caseId, found);
  }
  return found;
}

function write(caseId: string, next: readonly Mentioned[]): void {
  byCase.set(caseId, next);
  sessionStorage.setItem(keyOf(caseId), JSON.stringify(next));
}

export const addMention = (caseId: string, who: Mentioned) => write(caseId, [...read(caseId).filter((one) => one.id !== who.id), who]);

/** Those whose name still stands behind an @ in the text. */
export const mentionsIn = (text: string, chosen: readonly Mentioned[]) => chosen.filter((one) => text.includes(`@${one.name}`));

/** The ids of those whom the note mentions. */
export const mentionIdsFor = (caseId: string, text: string): string[] => mentionsIn(text, read(caseId)).map((one) => one.id).slice(0, 20);

/** Whether a name is wanted: an @ at the end of what was just typed, at the beginning or behind a space, not one inside an address. */
export const asksForName = (before: string, after: string) => after.length === before.length + 1 && after.split('@').length === before.split('@').length + 1 && /(^|[\s(])@/.test(after.slice(Math.max(0, firstDifference(before, after) - 1)));

function firstDifference(before: string, after: string): number {
  let at = 0;
  while (at < before.length && before[at] === after[at]) at += 1;
  return at;
}
