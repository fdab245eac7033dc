import type { CaseRow } from '@rapport/contract';
import { useContext } from 'react';
import { firstKeys } from '../../commands/bindings.ts';
import { undoAction } from '../../commands/undo-action.ts';
import { runCommand, useCommand } from '../../commands/registry.ts';
import type { CommandId } from '../../commands/catalogue.ts';
import { placeCase } from '../../data/case-cache.ts';
import { caseQuery, countsQuery } from '../../data/cases.ts';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { queryClient } from '../../data/query-client.ts';
import { useCan } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { classes } from '../../ui/classes.ts';
import { iconButtonLook } from '../../ui/icon-button.tsx';
import type { IconName } from '../../ui/icon-names.ts';
import { Icon } from '../../ui/icon.tsx';
import { Menu } from '../../ui/menu.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { afterLeaving } from '../open-list.ts';
import { BesidePane, useGoTo } from '../pane.ts';
import { MovingDialogs } from './moving-dialogs.tsx';
import { openMoving } from './open-dialog.ts';

/** What moves the open case about: merge, split, link, spam, delete. Offered by key, in the palette and behind one button. */
export function MovingMenu({ row, view }: { row: CaseRow; view: string }) {
  const open = useGoTo(view);
  const isBeside = useContext(BesidePane) !== undefined;
  const canEdit = useCan('case.edit');
  const canDelete = useCan('case.delete');
  const isAside = row.shelf === 'spam' || row.shelf === 'deleted';
  const isThere = !isAside && row.shelf !== 'merged';
  const isChangeable = isThere && row.status !== 'closed';

  const settle = (detail: CaseRow) => {
    placeCase(detail);
    void queryClient.invalidateQueries({ queryKey: countsQuery.queryKey });
    void queryClient.invalidateQueries({ queryKey: ['entries', row.id] });
    void queryClient.invalidateQueries({ queryKey: ['customer-cases'] });
  };
  const restore = async (told?: Parameters<typeof showToast>[1]) => {
    try {
      settle(await client.moving.restore({ params: { caseId: row.id } }));
      if (told) showToast(t('moving.restored', { number: row.number }), { icon: 'rotate-ccw', ...told });
      open(row);
    } catch (error) {
      showTrouble(explain(error));
    }
  };
  const putAside = async (work: Promise<CaseRow>, said: string, icon: IconName) => {
    const next = isBeside ? undefined : afterLeaving(row.id);
    try {
      settle(await work);
      showToast(said, { icon, ms: 12_000, action: undoAction(() => void restore()) });
      // The answer may come when the agent has gone elsewhere already; nobody is called back from there.
      if (isBeside ? new URLSearchParams(location.search).get('beside') === String(row.number) : location.pathname.endsWith(`/${row.number}`)) open(next);
    } catch (error) {
      showTrouble(explain(error));
    }
  };

  const markSpam = () => void putAside(client.moving.markSpam({ params: { caseId: row.id } }), t('moving.spam', { number: row.number }), 'ban');
  const remove = (reason: string) => void putAside(client.moving.remove({ params: { caseId: row.id }, body: { reason } }), t('moving.deleted', { number: row.number }), 'trash-2');
  /** Puts it where it was before it was brought back, for the same reason. */
  const wayBack = () => {
    const aside = queryClient.getQueryData(caseQuery(row.id).queryKey)?.aside;
    if (aside?.as === 'spam') return { action: undoAction(markSpam) };
    const reason = aside?.reason;
    return canDelete && reason ? { action: undoAction(() => remove(reason)) } : {};
  };

  const deeds: Partial<Record<CommandId, { icon: IconName; run: () => void; isDanger?: boolean }>> = {
    ...(canEdit && isChangeable ? {
      'case.merge': { icon: 'git-merge', run: () => openMoving({ kind: 'merge', caseId: row.id }) },
      'case.split': { icon: 'split', run: () => openMoving({ kind: 'split', caseId: row.id, entryIds: [] }) },
    } : {}),
    ...(canEdit && isThere ? {
      'case.link': { icon: 'link', run: () => openMoving({ kind: 'link', caseId: row.id }) },
      'case.spam': { icon: 'ban', run: markSpam },
    } : {}),
    ...(canEdit && isAside ? { 'case.restore': { icon: 'rotate-ccw', run: () => void restore(wayBack()) } } : {}),
    ...(canDelete && row.shelf !== 'deleted' && row.shelf !== 'merged' ? { 'case.delete': { icon: 'trash-2', isDanger: true, run: () => openMoving({ kind: 'delete', caseId: row.id }) } } : {}),
  };
  useCommand('case.merge', deeds['case.merge']?.run);
  useCommand('case.split', deeds['case.split']?.run);
  useCommand('case.link', deeds['case.link']?.run);
  useCommand('case.spam', deeds['case.spam']?.run);
  useCommand('case.restore', deeds['case.restore']?.run);
  useCommand('case.delete', deeds['case.delete']?.run);

  const entry = (id: 'case.merge' | 'case.split' | 'case.link' | 'case.spam' | 'case.restore' | 'case.delete') => {
    const deed = deeds[id];
    return deed ? [{ id, label: t(`command.${id}`), icon: deed.icon, keys: firstKeys(id), isDanger: deed.isDanger ?? false, run: () => void runCommand(id) }] : [];
  };
  const groups = [[...entry('case.merge'), ...entry('case.split'), ...entry('case.link')], [...entry('case.restore'), ...entry('case.spam'), ...entry('case.delete')]].filter((group) => group.length > 0);
  if (groups.length === 0) return null;
  return (
    <>
      <Menu
        groups={groups}
        trigger={<button type="button" aria-label={t('moving.more')} data-tip={t('moving.more')} className={classes(iconButtonLook, 'size-8 shrink-0 max-md:size-10')}><Icon name="ellipsis" /></button>}
      />
      <MovingDialogs row={row} view={view} onDelete={remove} />
    </>
  );
}
