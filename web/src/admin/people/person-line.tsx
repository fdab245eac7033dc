import type { Agent, Role, Team } from '@rapport/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { undoAction } from '../../commands/undo-action.ts';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { useSession } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { iconButtonLook } from '../../ui/icon-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Menu } from '../../ui/menu.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { Tooltip } from '../../ui/tooltip.tsx';
import { refreshPeople } from '../queries.ts';
import { LeaveDialog, sumOf, type CasesOfAgent } from './leave-dialog.tsx';
import { SkillsDialog } from './skills-dialog.tsx';
import { canGive, roleName } from '../roles/role-words.ts';

interface Props {
  agent: Agent;
  role: Role | undefined;
  teams: readonly Team[];
  /** Who could take over this person's cases. */
  colleagues: readonly Agent[];
  canManage: boolean;
  onEdit: () => void;
  /** Sends a new link to somebody who has not come yet; the old one stops working. */
  onInviteAgain: () => void;
}

export function PersonLine({ agent, role, teams, colleagues, canManage, onEdit, onInviteAgain }: Props) {
  const session = useSession();
  const isMe = session.agent.id === agent.id;
  const [leaving, setLeaving] = useState<CasesOfAgent>();
  const [isSkilled, setSkilled] = useState(false);
  const isGone = agent.state === 'disabled';
  const disable = useMutation({
    mutationFn: ({ isDisabled, casesTo }: { isDisabled: boolean; casesTo?: string | null; count?: number }) => client.accounts.updateAgent({ params: { agentId: agent.id }, body: { isDisabled, ...(casesTo === undefined ? {} : { casesTo }) } }),
    onSuccess: (_, { isDisabled, count = 0 }) => {
      refreshPeople();
      setLeaving(undefined);
      if (isDisabled) showToast(count > 0 ? t('people.wasDisabledWithCases', { name: agent.name, count }) : t('people.wasDisabled', { name: agent.name }), { action: undoAction(() => disable.mutate({ isDisabled: false })) });
      else showToast(t('people.wasEnabled', { name: agent.name }), { icon: 'check' });
    },
    onError: (error) => showTrouble(explain(error)),
  });
  // Whose cases would be left behind is asked about; where there are none it is done at once.
  const ask = useMutation({
    mutationFn: () => client.cases.countsOfAgent({ params: { agentId: agent.id } }),
    onSuccess: (counts) => (sumOf(counts) > 0 ? setLeaving(counts) : disable.mutate({ isDisabled: true })),
    onError: (error) => showTrouble(explain(error)),
  });
  return (
    <li className={`grid grid-cols-[minmax(0,1fr)_2rem] items-center gap-x-4 gap-y-1.5 px-4 py-3 lg:grid-cols-[minmax(0,5fr)_minmax(0,2fr)_minmax(0,4fr)_2rem] ${isGone ? 'text-ink-3' : ''}`}>
      <div className="flex min-w-0 items-center gap-3">
        <Avatar name={agent.name} size={36} className={isGone ? 'opacity-50' : ''} />
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
            <span className="min-w-0 font-medium break-words">{agent.name}</span>
            {isMe && <Badge>{t('people.you')}</Badge>}
            {agent.state === 'invited' && <Badge tone="honey" icon="hourglass">{t('people.invited')}</Badge>}
            {isGone && <Badge icon="ban">{t('people.disabled')}</Badge>}
          </p>
          <p className="truncate text-sm text-ink-3"><bdi>{agent.email}</bdi></p>
        </div>
      </div>
      <p className="flex items-center gap-1.5 text-ink-2 max-lg:order-3 max-lg:col-span-2 max-lg:ps-12">
        {role ? roleName(role) : agent.roleName}
        {agent.hasSecondFactor && <Tooltip text={t('people.hasFactor')}><span tabIndex={0} role="img" aria-label={t('people.hasFactor')} className="text-moss"><Icon name="shield-check" size={14} /></span></Tooltip>}
      </p>
      <p className="flex min-w-0 flex-wrap gap-1 max-lg:order-3 max-lg:col-span-2 max-lg:ps-12">{teams.map((team) => <Badge key={team.id}>{team.name}</Badge>)}</p>
      {canManage && (!role || canGive(session, role)) ? (
        <Menu
          trigger={<button type="button" aria-label={t('people.actions', { name: agent.name })} className={`${iconButtonLook} size-8`}><Icon name="ellipsis" /></button>}
          groups={[
            [
              { id: 'edit', label: t('people.edit'), icon: 'pencil', run: onEdit },
              { id: 'skills', label: t('workforce.skillsAndCapacity'), icon: 'badge-check', run: () => setSkilled(true) },
              ...(agent.state === 'invited' ? [{ id: 'again', label: t('people.inviteAgain'), icon: 'link' as const, run: onInviteAgain }] : []),
            ],
            ...(isMe ? [] : [[isGone ? { id: 'enable', label: t('people.enable'), icon: 'user-check' as const, run: () => disable.mutate({ isDisabled: false }) } : { id: 'disable', label: t('people.disable'), icon: 'user-x' as const, isDanger: true, run: () => ask.mutate() }]]),
          ]}
        />
      ) : <span />}
      {isSkilled && <SkillsDialog agent={agent} onClose={() => setSkilled(false)} />}
      {leaving && <LeaveDialog agent={agent} counts={leaving} successors={colleagues} isBusy={disable.isPending} onClose={() => setLeaving(undefined)} onDisable={(casesTo) => disable.mutate({ isDisabled: true, casesTo, count: sumOf(leaving) })} />}
    </li>
  );
}
