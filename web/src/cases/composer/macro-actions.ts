import type { AlsoChange, RenderedMacro } from '@rapport/contract';
import type { CasePatch } from '../../data/case-patch.ts';

export type MacroActions = RenderedMacro['actions'];

/** The actions of a macro that change the case beside its status. */
function changeOf({ priority, kind, assigneeId, teamId, addTags, removeTags, snoozedUntil }: MacroActions) {
  return {
    ...(priority === undefined ? {} : { priority }), ...(kind === undefined ? {} : { kind }), ...(assigneeId === undefined ? {} : { assigneeId }), ...(teamId === undefined ? {} : { teamId }),
    ...(addTags === undefined ? {} : { addTags }), ...(removeTags === undefined ? {} : { removeTags }), ...(snoozedUntil === undefined ? {} : { snoozedUntil }),
  };
}

/** As a change of its own. */
export const patchOf = (actions: MacroActions): CasePatch => ({ ...(actions.status === undefined ? {} : { status: actions.status }), ...changeOf(actions) });

/** As a part of an answer, which has its own status. */
export function alsoOf(actions: MacroActions): { also?: AlsoChange } {
  const also: AlsoChange = { ...changeOf(actions), ...(actions.note === undefined ? {} : { note: actions.note }) };
  return Object.keys(also).length === 0 ? {} : { also };
}

/** What two macros in one answer do together; of the same thing the later one decides. */
export function together(first: MacroActions | undefined, second: MacroActions): MacroActions {
  const tags = (key: 'addTags' | 'removeTags') => [...new Set([...(first?.[key] ?? []), ...(second[key] ?? [])])];
  const [addTags, removeTags] = [tags('addTags'), tags('removeTags')];
  const note = [first?.note, second.note].filter((one) => one !== undefined).join('\n\n');
  return { ...first, ...second, ...(addTags.length > 0 ? { addTags } : {}), ...(removeTags.length > 0 ? { removeTags } : {}), ...(note === '' ? {} : { note }) };
}

export const hasActions = (actions: MacroActions) => Object.keys(patchOf(actions)).length > 0 || actions.note !== undefined;
