import type { AgentPresence, WallAgent, WallQueue, WantedPresence } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { undoAction } from '../commands/undo-action.ts';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { useCan } from '../data/session.ts';
import { stirWall, workforceSettingsQuery } from '../data/waiting.ts';
import { t } from '../i18n/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { classes } from '../ui/classes.ts';
import { iconButtonLook } from '../ui/icon-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu, type MenuEntry } from '../ui/menu.tsx';
import { showToast, showTrouble } from '../ui/toast.ts';
import { Clock } from './clock.tsx';
import { PassOn } from './pass-on.tsx';
import { presenceLooks } from './words.ts';

/** Sets what a colleague is; they are told who did. */
function useSetColleague(agent: WallAgent) {
  return useMutation({
    mutationFn: (body: WantedPresence) => client.workforce.setPresence({ params: { agentId: agent.agentId }, body }),
    onSuccess: ({ state }: AgentPresence, _, before = agent.state) => {
      stirWall();
      // Back to what needs neither a reason nor an end; the others are chosen again.
      const way = before === 'available' || before === 'offline' ? { action: undoAction(() => void client.workforce.setPresence({ params: { agentId: agent.agentId }, body: { state: before } }).then(stirWall, (error: unknown) => showTrouble(explain(error)))) } : {};
      showToast(t('wall.wasSet', { name: agent.name, state: t(`presence.is.${state}`) }), { icon: presenceLooks[state].icon, ...way });
    },
    onError: (error) => showTrouble(explain(error)),
    onMutate: () => agent.state,
  });
}

function Person({ agent, agents, queues, skewMs }: { agent: WallAgent; agents: readonly WallAgent[]; queues: readonly WallQueue[]; skewMs: number }) {
  const [maySet, mayManage, mayAssign] = [useCan('presence.manage'), useCan('queue.manage'), useCan('case.assign')];
  const reasons = useQuery({ ...workforceSettingsQuery, enabled: maySet }).data?.awayReasons ?? [];
  const set = useSetColleague(agent);
  const look = presenceLooks[agent.state];
  const nameOf = (queueId: string) => queues.find((queue) => queue.queueId === queueId)?.name ?? '';
  const entry = (wanted: WantedPresence, label: string): MenuEntry => ({ id: label, label, icon: presenceLooks[wanted.state].icon, run: () => set.mutate(wanted) });
  return (
    <li className="flex min-w-0 flex-col gap-1.5 rounded-md border border-line bg-surface p-3">
      <div className="flex items-center gap-2.5">
        <Avatar name={agent.name} size={28} />
        <div className="min-w-0 grow">
          <p className="truncate font-medium" dir="auto">{agent.name}</p>
          <p className={classes('flex items-center gap-1 text-sm', look.ink)}><Icon name={look.icon} size={13} />{t(`presence.is.${agent.state}`)} <Clock moment={agent.since} skewMs={skewMs} className="text-ink-3" /></p>
        </div>
        {maySet && (
          <Menu
            trigger={<button type="button" aria-label={t('wall.set', { name: agent.name })} className={classes(iconButtonLook, 'size-8 shrink-0')}><Icon name="ellipsis" /></button>}
            groups={[[entry({ state: 'available' }, t('presence.is.available')), ...(reasons.length === 0 ? [entry({ state: 'away' }, t('presence.is.away'))] : reasons.map((reason) => entry({ state: 'away', reason }, t('presence.awayFor', { reason })))), entry({ state: 'offline' }, t('presence.is.offline'))].filter(({ icon }) => icon !== look.icon || agent.state === 'away')]}
          />
        )}
      </div>
      {agent.items.length > 0 && (
        <ul className="flex flex-col gap-0.5" aria-label={t('wall.has', { name: agent.name })}>
          {agent.items.map((item) => (
            <li key={item.itemId} className="flex items-center gap-2 text-sm">
              <Icon name={item.state === 'offered' ? 'bell' : 'messages-square'} size={13} className="text-ink-3" />
              <span className="min-w-0 grow truncate" dir="auto">{item.state === 'offered' ? t('wall.offered', { queue: nameOf(item.queueId) }) : nameOf(item.queueId)}</span>
              <Clock moment={item.since} skewMs={skewMs} className="text-ink-2" />
              {mayManage && mayAssign && <PassOn item={{ id: item.itemId, queueId: item.queueId, channel: item.channel, state: item.state, agentId: agent.agentId, what: nameOf(item.queueId) }} agents={agents} canLeave={false} trigger={<button type="button" aria-label={t('pass.deedOf', { queue: nameOf(item.queueId), name: agent.name })} className={classes(iconButtonLook, 'size-6')}><Icon name="arrow-right" size={14} /></button>} />}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

const order = { available: 0, wrap_up: 1, away: 2, offline: 3 } as const;

/** Who is there, what they do, and since when. */
export function WallPeople({ agents, queues, skewMs }: { agents: readonly WallAgent[]; queues: readonly WallQueue[]; skewMs: number }) {
  const sorted = agents.toSorted((a, b) => order[a.state] - order[b.state] || a.name.localeCompare(b.name));
  if (sorted.length === 0) return <p className="text-ink-2">{t('wall.nobodyThere')}</p>;
  return <ul aria-label={t('wall.people')} className="grid grid-cols-1 gap-2 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-4">{sorted.map((agent) => <Person key={agent.agentId} agent={agent} agents={agents} queues={queues} skewMs={skewMs} />)}</ul>;
}
