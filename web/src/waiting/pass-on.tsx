import type { BriefInput, ChannelName, WallAgent, WorkState } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { undoAction } from '../commands/undo-action.ts';
import { BriefDialog } from '../cases/properties/brief-dialog.tsx';
import { client, isProblem } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { queuesQuery, refreshWork, stirWall } from '../data/waiting.ts';
import { t } from '../i18n/index.ts';
import { Confirm } from '../ui/confirm.tsx';
import { Icon } from '../ui/icon.tsx';
import { Picker, type PickerOption } from '../ui/picker.tsx';
import { showToast, showTrouble } from '../ui/toast.ts';
import { presenceLooks } from './words.ts';

/** As much of a work item as passing it on takes. */
export interface Passed {
  id: string;
  queueId: string;
  channel: ChannelName;
  state: WorkState;
  agentId: string | null;
  what: string;
  /** Of its case, as far as it is known here. */
  teamId?: string | null;
}
type To = { agentId: string; name: string } | { queueId: string; name: string; brief?: BriefInput };

const refresh = () => {
  void refreshWork();
  stirWall();
};

/** Gives something to a colleague or puts it into another line, with the way back where there is one. */
function usePassOn(item: Passed, onBrief: (to: { queueId: string; name: string }) => void) {
  const params = { itemId: item.id };
  const reassign = (to: To) => ('agentId' in to ? client.work.reassign({ params, body: { agentId: to.agentId } }) : client.work.reassign({ params, body: { queueId: to.queueId, ...(to.brief ? { brief: to.brief } : {}) } }));
  const back = async (to: To) => {
    if ('queueId' in to || item.state !== 'taken') await client.work.reassign({ params, body: { queueId: item.queueId } });
    if (item.state === 'taken' && item.agentId !== null) await client.work.reassign({ params, body: { agentId: item.agentId } });
  };
  return useMutation({
    mutationFn: reassign,
    onSuccess: (_, to) => {
      refresh();
      // What an agent was told with a brief is theirs; they pass it back with words of their own.
      const canUndo = !('brief' in to && to.brief);
      showToast(t('agentId' in to ? 'pass.given' : 'pass.moved', { what: item.what, name: to.name }), { icon: 'check', ...(canUndo ? { action: undoAction(() => void back(to).then(refresh, (error: unknown) => showTrouble(explain(error)))) } : {}) });
    },
    onError: (error, to) => {
      refresh();
      if (isProblem(error, 'brief_needed') && 'queueId' in to) onBrief(to);
      else showTrouble(explain(error));
    },
  });
}

interface Props {
  item: Passed;
  /** Who could have it; those who are there. */
  agents: readonly (Pick<WallAgent, 'agentId' | 'name' | 'state'> & Partial<Pick<WallAgent, 'items'>>)[];
  canLeave: boolean;
  startsOpen?: boolean;
  /** A button. */
  trigger: ReactElement<Record<string, unknown>>;
}

/** A list of everybody and every line something can go to, found by typing. */
export function PassOn({ item, agents, canLeave, startsOpen = false, trigger }: Props) {
  const [isOpen, setOpen] = useState(startsOpen);
  const [isLeaving, setLeaving] = useState(false);
  const [briefFor, setBriefFor] = useState<{ queueId: string; name: string }>();
  const queues = useQuery(queuesQuery).data ?? [];
  const pass = usePassOn(item, setBriefFor);
  const leave = useMutation({
    mutationFn: () => client.work.leave({ params: { itemId: item.id } }),
    onSuccess: () => showToast(t('pass.left', { what: item.what }), { icon: 'check' }),
    onError: (error) => showTrouble(explain(error)),
    onSettled: refresh,
  });
  const ranked = agents.filter(({ agentId, state }) => state !== 'offline' && (item.state !== 'taken' || agentId !== item.agentId)).toSorted((a, b) => Number(b.state === 'available') - Number(a.state === 'available') || (a.items?.length ?? 0) - (b.items?.length ?? 0) || a.name.localeCompare(b.name));
  const options: PickerOption[] = [
    ...ranked.map((agent) => ({ id: `agent ${agent.agentId}`, label: agent.name, hint: [t(`presence.is.${agent.state}`), ...(agent.items ? [t('work.count', { count: agent.items.length })] : [])].join(' · '), group: t('pass.toAgent'), before: <Icon name={presenceLooks[agent.state].icon} className={presenceLooks[agent.state].ink} /> })),
    ...queues.filter(({ id, channels }) => id !== item.queueId && channels.includes(item.channel)).map(({ id, name }) => ({ id: `queue ${id}`, label: name, group: t('pass.toQueue'), before: <Icon name="layers" className="text-ink-3" /> })),
    ...(item.state === 'taken' ? [{ id: `queue ${item.queueId}`, label: t('pass.back'), group: t('pass.toQueue'), before: <Icon name="undo-2" className="text-ink-3" /> }] : []),
    ...(canLeave && item.state !== 'taken' ? [{ id: 'leave', label: t('pass.leave'), group: t('pass.or'), before: <Icon name="x" className="text-clay" /> }] : []),
  ];
  const pick = (id: string) => {
    if (id === 'leave') return setLeaving(true);
    const [kind, target = ''] = id.split(' ');
    if (kind === 'agent') pass.mutate({ agentId: target, name: agents.find(({ agentId }) => agentId === target)?.name ?? '' });
    else {
      const queue = queues.find((each) => each.id === target);
      const to = { queueId: target, name: queue?.name ?? '' };
      // Another team is told how it stands; where the team is not known here, the server asks.
      if (item.teamId && queue?.teamId && queue.teamId !== item.teamId) setBriefFor(to);
      else pass.mutate(to);
    }
  };
  return (
    <>
      <Picker isOpen={isOpen} onOpenChange={setOpen} label={t('pass.title', { what: item.what })} placeholder={t('pass.find')} options={options} onPick={pick} trigger={trigger} />
      {isLeaving && <Confirm isOpen onClose={() => setLeaving(false)} title={t('pass.leaveTitle', { what: item.what })} deed={t('pass.leave')} isBusy={leave.isPending} onConfirm={() => leave.mutate(undefined, { onSettled: () => setLeaving(false) })}>{t('pass.leaveHint')}</Confirm>}
      {briefFor && <BriefDialog team={briefFor.name} onClose={() => setBriefFor(undefined)} onSubmit={(brief) => { setBriefFor(undefined); pass.mutate({ ...briefFor, brief }); }} />}
    </>
  );
}
