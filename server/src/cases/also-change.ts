import type { AlsoChange } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { writeNote } from './add-note.ts';
import { holdChangeableCase } from './see-case.ts';
import { updateCase } from './update-case.ts';

/** What an answer changes on its case, beside its status, is checked before anything is written: a message that waits is sent by the system, which may do everything. */
export function mustBeAllowedAlso(ctx: Ctx, also: AlsoChange): void {
  const { note, assigneeId, teamId, ...rest } = also;
  if (note !== undefined) mustBeAllowed(ctx.actor, 'case.note');
  if (assigneeId !== undefined || teamId !== undefined) mustBeAllowed(ctx.actor, 'case.assign');
  if (Object.keys(rest).length > 0) mustBeAllowed(ctx.actor, 'case.edit');
}

/** Makes the change, in the transaction of the answer. The note comes first: after the change its writer may be out of the case's sight. */
export async function changeAlso(ctx: Ctx, caseId: string, also: AlsoChange): Promise<void> {
  mustBeAllowedAlso(ctx, also);
  const { note, ...patch } = also;
  if (note !== undefined) await writeNote(ctx, await holdChangeableCase(ctx, caseId), note);
  if (Object.keys(patch).length > 0) await updateCase(ctx, caseId, patch);
}
