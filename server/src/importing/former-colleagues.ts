import type { ImportRun } from '@rapport/contract';
import type { Plan } from './plan-batch.ts';
import type { Desk } from './prepare.ts';

type Former = ImportRun['formerColleagues'];
const MOST = 200;

/** Adds to the list who of a plan's writers is no agent here. */
export function addFormer(former: Former, desk: Desk, plan: Plan): Former {
  const all = new Map(former.map((each) => [each.email ?? each.name, { ...each }]));
  for (const draft of [...plan.cases.flatMap((planned) => planned.entries), ...plan.appends.flatMap((append) => append.entries)]) {
    if (draft.role !== 'agent' || (draft.address !== null && desk.agents.has(draft.address)) || draft.address === desk.inbox.address.toLowerCase()) continue;
    const key = draft.address ?? draft.name;
    const one = all.get(key) ?? { name: draft.name, email: draft.address, entries: 0 };
    one.entries += 1;
    if (all.has(key) || all.size < MOST) all.set(key, one);
  }
  return [...all.values()];
}
