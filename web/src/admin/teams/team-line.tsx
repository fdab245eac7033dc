import type { Agent, Inbox, Team } from '@rapport/contract';
import { t } from '../../i18n/index.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { iconButtonLook } from '../../ui/icon-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Menu } from '../../ui/menu.tsx';

interface Props {
  team: Team;
  members: readonly Agent[];
  inboxes: readonly Inbox[];
  canManage: boolean;
  onEdit: () => void;
  onRemove: () => void;
}

const most = 6;

export function TeamLine({ team, members, inboxes, canManage, onEdit, onRemove }: Props) {
  const rest = members.length - most;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_2rem] items-center gap-x-4 gap-y-2 px-4 py-3.5 md:grid-cols-[minmax(0,3fr)_minmax(0,3fr)_2rem]">
      <div className="min-w-0">
        <p className="font-medium break-words">{team.name}</p>
        <p className="mt-0.5 flex flex-wrap gap-1">
          {inboxes.length > 0 ? inboxes.map((inbox) => <Badge key={inbox.id} icon="at-sign">{inbox.address}</Badge>) : <span className="text-sm text-ink-3">{t('teams.noInbox')}</span>}
        </p>
      </div>
      <div className="flex items-center gap-2.5 max-md:order-3 max-md:col-span-2">
        {members.length > 0 ? (
          <>
            <span className="flex ps-1">{members.slice(0, most).map((agent) => <Avatar key={agent.id} name={agent.name} size={28} className="-ms-1 ring-2 ring-surface" />)}</span>
            <span className="sr-only">{members.map((agent) => agent.name).join(', ')}</span>
            <span className="text-sm text-ink-3">{rest > 0 ? t('teams.andMore', { rest }) : t('teams.people', { count: members.length })}</span>
          </>
        ) : <span className="text-sm text-ink-3">{t('teams.nobody')}</span>}
      </div>
      {canManage ? (
        <Menu
          trigger={<button type="button" aria-label={t('teams.actions', { name: team.name })} className={`${iconButtonLook} size-8`}><Icon name="ellipsis" /></button>}
          groups={[[{ id: 'edit', label: t('teams.edit'), icon: 'pencil', run: onEdit }], [{ id: 'remove', label: t('teams.remove'), icon: 'trash-2', isDanger: true, run: onRemove }]]}
        />
      ) : <span />}
    </li>
  );
}
