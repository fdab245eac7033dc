import { addPlaceholder } from '../../customers/index.ts';
import type { Ctx } from '../../platform/context.ts';
import { dropOriginalsNaming, eraseCases, familyOf, forgetWords, isTheirsAlone, lockCaseOf, pseudonymiseCases, type ErasedCase, type Person } from './erase-store.ts';

export { namesInCases, type ErasedCase, type Person } from './erase-store.ts';

/**
 * Takes one person out of the next case they have to do with: one that is theirs alone goes with everything on it, in any other they become nameless. Undefined when there is none left. One case in
 * a transaction, so that it can be stopped at any time and goes on where it was.
 */
export async function eraseFromNextCase(ctx: Ctx, person: Person, placeholderId: string): Promise<ErasedCase | undefined> {
  const found = await lockCaseOf(ctx, person);
  if (!found) return undefined;
  const ids = await familyOf(ctx, found.id);
  if (found.merged_into_id === null && (await isTheirsAlone(ctx, ids, person))) return eraseCases(ctx, ids);
  await addPlaceholder(ctx, placeholderId);
  return pseudonymiseCases(ctx, ids, person, placeholderId);
}

/** Lets go of the stored mails of others that name the person, and of the search words made of their addresses; the messages themselves stay. Answers which files may go. */
export async function dropOriginals(ctx: Ctx, person: Person): Promise<{ messageIds: string[]; fileKeys: string[] }> {
  await forgetWords(ctx, person);
  return dropOriginalsNaming(ctx, person.patterns);
}
