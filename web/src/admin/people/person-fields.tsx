import type { Role, Team } from '@rapport/contract';
import { useSession } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { CheckList } from '../../ui/check-list.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { canGive, roleName, roleSummary, scopeSentence } from '../roles/role-words.ts';

interface Props {
  roles: readonly Role[];
  teams: readonly Team[];
  roleId: string;
  teamIds: string[];
  onRole: (id: string) => void;
  onTeams: (ids: string[]) => void;
}

/** Role and teams of a person: what somebody may do, and whose cases they see. */
export function PersonFields({ roles, teams, roleId, teamIds, onRole, onTeams }: Props) {
  const session = useSession();
  const offered = roles.filter((role) => role.id === roleId || canGive(session, role));
  // A team opens the view on its cases, so who does not see every case may only hand out the teams they are in.
  const isOpen = (teamId: string) => session.caseScope === 'all' || session.agent.teamIds.includes(teamId) || teamIds.includes(teamId);
  const chosen = roles.find((role) => role.id === roleId);
  return (
    <>
      <Field label={t('people.role')} hint={chosen && `${roleSummary(chosen) ?? ''} ${scopeSentence(chosen.caseScope)}`.trim()}>
        <Select value={roleId} options={offered.map((role) => ({ value: role.id, label: roleName(role) }))} onChange={onRole} />
      </Field>
      <CheckList label={t('settings.teams')} options={teams.map((team) => ({ id: team.id, label: team.name, isDisabled: !isOpen(team.id) }))} chosen={teamIds} onChange={onTeams} empty={t('people.noTeams')} />
    </>
  );
}
