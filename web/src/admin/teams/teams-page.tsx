import type { Team } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client, isProblem } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { agentsQuery, inboxesQuery, teamsQuery } from '../../data/people.ts';
import { useCan } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { CardList, Page } from '../../ui/page.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { refreshPeople } from '../queries.ts';
import { TeamDialog } from './team-dialog.tsx';
import { TeamLine } from './team-line.tsx';

export function TeamsPage() {
  const canManage = useCan('agent.manage');
  const teams = useQuery(teamsQuery);
  const agents = useQuery(agentsQuery).data ?? [];
  const inboxes = useQuery(inboxesQuery).data ?? [];
  const [editing, setEditing] = useState<Team | 'new'>();
  const [removing, setRemoving] = useState<Team>();
  const remove = useMutation({
    mutationFn: (team: Team) => client.accounts.removeTeam({ params: { teamId: team.id } }),
    onSuccess: (_, team) => {
      refreshPeople();
      showToast(t('teams.removed', { name: team.name }));
    },
    onError: (error) => showTrouble(isProblem(error, 'still_in_use') ? t('teams.inUse') : explain(error)),
    onSettled: () => setRemoving(undefined),
  });
  const create = <Button tone="primary" icon="plus" onClick={() => setEditing('new')}>{t('teams.create')}</Button>;
  return (
    <Page title={t('settings.teams')} description={t('teams.lead')} actions={canManage && create}>
      <LoadState query={teams} explain={explain}>
        {(items) =>
          items.length === 0 ? (
            <div className="rounded-lg border border-line bg-surface"><EmptyState icon="users" title={t('teams.emptyTitle')} action={canManage && create}>{t('teams.empty')}</EmptyState></div>
          ) : (
            <CardList label={t('settings.teams')}>
              {items.map((team) => (
                <TeamLine
                  key={team.id} team={team} members={agents.filter((agent) => team.memberIds.includes(agent.id))} inboxes={inboxes.filter((inbox) => inbox.teamId === team.id)}
                  canManage={canManage} onEdit={() => setEditing(team)} onRemove={() => setRemoving(team)}
                />
              ))}
            </CardList>
          )
        }
      </LoadState>
      {editing && <TeamDialog team={editing === 'new' ? undefined : editing} agents={agents} onClose={() => setEditing(undefined)} />}
      <Confirm isOpen={removing !== undefined} onClose={() => setRemoving(undefined)} title={t('teams.removeTitle', { name: removing?.name ?? '' })} deed={t('teams.remove')} isBusy={remove.isPending} onConfirm={() => removing && remove.mutate(removing)}>{t('teams.removeLead')}</Confirm>
    </Page>
  );
}
