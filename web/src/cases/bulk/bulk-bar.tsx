import { caseKinds, type BodyInput, type CaseKind, type Endpoints } from '@rapport/contract';
import { useMutation } from '@tanstack/react-query';
import { Suspense, useState, type ReactElement } from 'react';
import { lazyPart } from '../../data/lazy-part.ts';
import { useCommand } from '../../commands/registry.ts';
import { bulkRunsQuery } from '../../data/case-properties.ts';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { queryClient } from '../../data/query-client.ts';
import { useCan, useSession } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { formatNumber } from '../../i18n/format.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { IconButton, iconButtonLook } from '../../ui/icon-button.tsx';
import type { IconName } from '../../ui/icon-names.ts';
import { Icon } from '../../ui/icon.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Picker } from '../../ui/picker.tsx';
import { showTrouble } from '../../ui/toast.ts';
import { AssignPicker, TeamPicker } from '../pickers/assign-picker.tsx';
import { PriorityPicker, StatusPicker } from '../pickers/choice-pickers.tsx';
import { SnoozePicker } from '../pickers/snooze-picker.tsx';
import { TagPicker } from '../pickers/tag-picker.tsx';
import { kindWord } from '../properties/property-words.ts';
import { clearSelection, selectWhole, useSelection } from './selection.ts';

const BriefDialog = lazyPart(async () => (await import('../properties/brief-dialog.tsx')).BriefDialog);

type Body = BodyInput<Endpoints['bulk']['start']>;
type Action = Body['action'];
type Open = 'status' | 'priority' | 'kind' | 'assign' | 'team' | 'tags' | 'snooze';

interface Props {
  /** What stands for everything the list shows. */
  whole: Body['selection'];
  /** How many the list shows, `isMore` when it is more than that, and those that are loaded. */
  total: number;
  isMore: boolean;
  loaded: readonly string[];
}

/** What can be done to all chosen cases at once. */
export function BulkBar({ whole, total: count, isMore, loaded }: Props) {
  const all = t(whole.by === 'search' ? 'bulk.allOfSearch' : 'bulk.allOfView', { total: `${formatNumber(count)}${isMore ? '+' : ''}` });
  const { ids, isWhole } = useSelection();
  const [open, setOpen] = useState<Open>();
  const [handingTo, setHandingTo] = useState<{ id: string | null; name: string }>();
  const [isClosing, setClosing] = useState(false);
  const canAssign = useCan('case.assign');
  const { agent: me } = useSession();
  const start = useMutation({
    mutationFn: (action: Action) => client.bulk.start({ body: { selection: isWhole ? whole : { by: 'cases', caseIds: [...ids] }, action } }),
    onSuccess: () => {
      clearSelection();
      void queryClient.invalidateQueries({ queryKey: bulkRunsQuery.queryKey });
    },
    onError: (error) => showTrouble(explain(error)),
  });
  const run = (action: Action) => start.mutate(action);
  // While cases are chosen, the keys of one case mean all of them; a key that changed the open one alone would be a trap.
  const offer = (isOffered: boolean, deed: () => void) => (isOffered && !start.isPending ? deed : undefined);
  useCommand('case.resolve', offer(true, () => run({ status: 'resolved' })), true);
  useCommand('case.status', offer(true, () => setOpen('status')), true);
  useCommand('case.priority', offer(true, () => setOpen('priority')), true);
  useCommand('case.tag', offer(true, () => setOpen('tags')), true);
  useCommand('case.snooze', offer(true, () => setOpen('snooze')), true);
  useCommand('case.assign', offer(canAssign, () => setOpen('assign')), true);
  useCommand('case.team', offer(canAssign, () => setOpen('team')), true);
  useCommand('case.takeIt', offer(canAssign, () => run({ assigneeId: me.id })), true);
  useCommand('case.follow', offer(true, () => run({ follow: true })), true);
  const picker = (what: Open) => ({ isOpen: open === what, onOpenChange: (isOpen: boolean) => setOpen(isOpen ? what : undefined) });
  const trigger = (icon: IconName, label: string): ReactElement<Record<string, unknown>> => <button type="button" aria-label={label} data-tip={label} disabled={start.isPending} className={`${iconButtonLook} size-8`}><Icon name={icon} /></button>;
  return (
    <section aria-label={t('bulk.label')} className="shrink-0 border-b border-accent-line bg-accent-soft px-2 py-1.5">
      <div className="flex min-h-8 items-center gap-1 ps-2 text-sm">
        <span role="status" className="min-w-0 truncate font-semibold">{isWhole ? all : t('bulk.selected', { count: ids.size })}</span>
        {!isWhole && (isMore || count > ids.size) && <button type="button" onClick={() => selectWhole(loaded)} className="h-7 truncate rounded-md px-1.5 text-accent underline-offset-2 hover:underline">{all}</button>}
        <span className="grow" />
        <IconButton icon="x" size={28} side="top" label={t('bulk.clear')} onClick={clearSelection} />
      </div>
      <div className="flex items-center gap-0.5">
        <StatusPicker {...picker('status')} current="new" trigger={trigger('circle-dot', t('command.case.status'))} onPick={(status) => (status === 'closed' ? setClosing(true) : status !== 'new' && run({ status }))} />
        <PriorityPicker {...picker('priority')} current="normal" trigger={trigger('flag', t('command.case.priority'))} onPick={(priority) => run({ priority })} />
        <Picker {...picker('kind')} trigger={trigger('layers', t('bulk.kind'))} label={t('kind.title')} placeholder={t('kind.title')} options={caseKinds.map((kind) => ({ id: kind, label: kindWord(kind) }))} onPick={(kind) => run({ kind: kind as CaseKind })} />
        {canAssign && <AssignPicker {...picker('assign')} currentId={null} trigger={trigger('user-plus', t('command.case.assign'))} onAssign={(assigneeId) => run({ assigneeId })} />}
        {canAssign && <TeamPicker {...picker('team')} currentId={null} trigger={trigger('users', t('command.case.team'))} onAssign={(id, name) => setHandingTo({ id, name })} />}
        <TagPicker {...picker('tags')} tags={[]} trigger={trigger('tag', t('command.case.tag'))} onChange={(change) => { setOpen(undefined); run(change); }} />
        <SnoozePicker {...picker('snooze')} snoozedUntil={null} trigger={trigger('clock', t('command.case.snooze'))} onSnooze={(snoozedUntil) => run({ snoozedUntil })} />
        <Menu
          side="top" trigger={<button type="button" aria-label={t('bulk.more')} className={`${iconButtonLook} size-8`}><Icon name="ellipsis" /></button>}
          groups={[[{ id: 'follow', label: t('bulk.follow'), icon: 'eye', run: () => run({ follow: true }) }, { id: 'unfollow', label: t('bulk.unfollow'), icon: 'eye-off', run: () => run({ follow: false }) }, { id: 'wake', label: t('bulk.wake'), icon: 'sun', run: () => run({ snoozedUntil: null }) }]]}
        />
      </div>
      {handingTo && (
        <Suspense fallback={null}>
          <BriefDialog team={handingTo.id === null ? t('assign.noTeam') : handingTo.name} onClose={() => setHandingTo(undefined)} onSubmit={(brief) => { setHandingTo(undefined); run({ teamId: handingTo.id, brief }); }} />
        </Suspense>
      )}
      <Confirm isOpen={isClosing} onClose={() => setClosing(false)} title={t('bulk.closeTitle')} deed={t('bulk.closeDeed')} onConfirm={() => { setClosing(false); run({ status: 'closed' }); }}>{t('bulk.closeHint')}</Confirm>
    </section>
  );
}
