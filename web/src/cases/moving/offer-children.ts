import type { CaseRow } from '@rapport/contract';
import { queryClient } from '../../data/query-client.ts';
import { openMoving } from './open-dialog.ts';
import { openParts } from './open-parts.ts';
import { linksQuery } from './queries.ts';
import { t } from '../../i18n/index.ts';
import { showToast } from '../../ui/toast.ts';

/** After a case with open parts was resolved: offers to look at them. Resolving goes on to the next case at once, so this is a line at the foot and not a dialog in the way. */
export async function offerChildren(row: CaseRow, goTo: (row: CaseRow) => void): Promise<void> {
  const links = await queryClient.fetchQuery(linksQuery(row.id)).catch(() => undefined);
  const parts = openParts(links);
  if (parts.length === 0) return;
  showToast(t('children.open', { number: row.number, count: parts.length }), {
    icon: 'layers', ms: 15_000,
    action: {
      label: t('children.look'),
      run: () => {
        goTo(row);
        openMoving({ kind: 'children', caseId: row.id });
      },
    },
  });
}
