import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { agentsQuery, teamsQuery } from '../../data/people.ts';
import { useSession } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Picker, type PickerOption } from '../../ui/picker.tsx';

interface Props {
  trigger: ReactElement<Record<string, unknown>>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  currentId: string | null;
  onAssign: (id: string | null, name: string) => void;
}

const none = (chosen: boolean, label: string): PickerOption => ({ id: '', label, isChosen: chosen, before: <Icon name="circle-dashed" size={20} className="text-ink-3" /> });

/** Who takes the case: oneself first, then colleagues by name. */
export function AssignPicker({ currentId, onAssign, ...rest }: Props) {
  const { agent: me } = useSession();
  const agents = useQuery(agentsQuery).data ?? [];
  const active = agents.filter((agent) => agent.state === 'active').sort((a, b) => Number(b.id === me.id) - Number(a.id === me.id) || a.name.localeCompare(b.name));
  const options: PickerOption[] = [
    ...active.map((agent) => ({ id: agent.id, label: agent.name, isChosen: agent.id === currentId, words: agent.email, before: <Avatar name={agent.name} size={20} />, ...(agent.id === me.id ? { hint: t('assign.you') } : {}) })),
    none(currentId === null, t('assign.nobody')),
  ];
  return <Picker {...rest} label={t('assign.title')} placeholder={t('assign.placeholder')} options={options} onPick={(id) => onAssign(id || null, active.find((agent) => agent.id === id)?.name ?? '')} />;
}

/** Which team's queue the case lies in. */
export function TeamPicker({ currentId, onAssign, ...rest }: Props) {
  const teams = useQuery(teamsQuery).data ?? [];
  const options: PickerOption[] = [...teams.map((team) => ({ id: team.id, label: team.name, isChosen: team.id === currentId, before: <Icon name="users" className="text-ink-3" /> })), none(currentId === null, t('assign.noTeam'))];
  return <Picker {...rest} label={t('assign.teamTitle')} placeholder={t('assign.teamPlaceholder')} options={options} onPick={(id) => onAssign(id || null, teams.find((team) => team.id === id)?.name ?? '')} />;
}
