import type { Agent } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { agentsQuery, teamsQuery } from '../../data/people.ts';
import { useCan } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { CardList, Page } from '../../ui/page.tsx';
import { showTrouble } from '../../ui/toast.ts';
import { refreshPeople, rolesQuery } from '../queries.ts';
import { InvitationLink } from './invitation-link.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { PersonDialog } from './person-dialog.tsx';
import { PersonLine } from './person-line.tsx';

export function PeoplePage() {
  const canManage = useCan('agent.manage');
  const agents = useQuery(agentsQuery);
  const teams = useQuery(teamsQuery).data ?? [];
  const roles = useQuery(rolesQuery).data ?? [];
  const [isInviting, setInviting] = useState(false);
  const [editing, setEditing] = useState<Agent>();
  const again = useMutation({
    mutationFn: ({ email, name, roleId, teamIds }: Agent) => client.accounts.inviteAgent({ body: { email, name, roleId, teamIds } }),
    onSuccess: refreshPeople,
    onError: (error) => showTrouble(explain(error)),
  });
  const lines = (people: Agent[], label: string, all: readonly Agent[]) => (
    <CardList label={label}>
      {people.map((agent) => <PersonLine key={agent.id} agent={agent} role={roles.find((role) => role.id === agent.roleId)} teams={teams.filter((team) => agent.teamIds.includes(team.id))} colleagues={all.filter((other) => other.id !== agent.id && other.state === 'active' && !other.isBot)} canManage={canManage} onEdit={() => setEditing(agent)} onInviteAgain={() => again.mutate(agent)} />)}
    </CardList>
  );
  const invite = <Button tone="primary" icon="user-plus" onClick={() => setInviting(true)}>{t('people.invite')}</Button>;
  return (
    <Page title={t('settings.people')} description={t('people.lead')} actions={canManage && invite}>
      <LoadState query={agents} explain={explain}>
        {(all) => {
          const people = all.filter((agent) => !agent.isBot);
          const here = people.filter((agent) => agent.state !== 'disabled');
          const gone = people.filter((agent) => agent.state === 'disabled');
          return (
            <>
              {lines(here, t('settings.people'), here)}
              {here.length === 1 && canManage && <div className="rounded-lg border border-dashed border-line-strong/60"><EmptyState icon="users" title={t('people.aloneTitle')} action={invite}>{t('people.alone')}</EmptyState></div>}
              {gone.length > 0 && (
                <details className="group">
                  <summary className="mb-2 cursor-default text-base font-medium text-ink-2 select-none marker:text-ink-3">{t('people.disabledCount', { count: gone.length })}</summary>
                  {lines(gone, t('people.disabledPeople'), here)}
                </details>
              )}
            </>
          );
        }}
      </LoadState>
      {isInviting && <InviteDialog roles={roles} teams={teams} onClose={() => setInviting(false)} />}
      {again.data && <InvitationLink invitation={again.data} onClose={again.reset} />}
      {editing && <PersonDialog agent={editing} roles={roles} teams={teams} onClose={() => setEditing(undefined)} />}
    </Page>
  );
}
