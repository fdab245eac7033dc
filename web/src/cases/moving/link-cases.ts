import type { CaseLink, ChosenRole } from '@rapport/contract';
import { undoAction } from '../../commands/undo-action.ts';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { queryClient } from '../../data/query-client.ts';
import { t } from '../../i18n/index.ts';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { isChosenRole } from './link-words.ts';
import { linksQuery } from './queries.ts';

interface Pair { caseId: string; other: { id: string; number: number } }

async function set({ caseId, other }: Pair, role: ChosenRole | undefined): Promise<void> {
  const params = { caseId, otherCaseId: other.id };
  const { items } = role === undefined ? await client.moving.unlink({ params }) : await client.moving.link({ params, body: { role } });
  queryClient.setQueryData(linksQuery(caseId).queryKey, items);
  void queryClient.invalidateQueries({ queryKey: linksQuery(other.id).queryKey });
}

/** How they are linked by hand. What is part of their history is no link that anybody set. */
function roleOf({ caseId, other }: Pair): ChosenRole | undefined {
  const link = queryClient.getQueryData<CaseLink[]>(linksQuery(caseId).queryKey)?.find((one) => one.id !== null && one.other.id === other.id);
  return link && isChosenRole(link.role) ? link.role : undefined;
}

/** Links two cases in this way, or not at all without a role; either can be undone. Throws what was refused. */
export async function linkCases(pair: Pair, role: ChosenRole | undefined): Promise<void> {
  const before = roleOf(pair);
  await set(pair, role);
  const back = () => void set(pair, before).catch((error: unknown) => showTrouble(explain(error)));
  showToast(t(role === undefined ? 'moving.unlinked' : 'moving.linked', { number: pair.other.number }), { icon: 'link', action: undoAction(back) });
}
