import type { View } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { agentsQuery } from '../data/people.ts';
import { useCan } from '../data/session.ts';
import { t } from '../i18n/index.ts';
import { Confirm } from '../ui/confirm.tsx';

/** Asks before a view is taken from others too, and says how many there are. */
export function RemoveShared({ view, isBusy, onClose, onConfirm }: { view: View; isBusy: boolean; onClose: () => void; onConfirm: () => void }) {
  const agents = useQuery({ ...agentsQuery, enabled: useCan('agent.read') }).data;
  const count = agents?.filter((agent) => agent.state !== 'disabled' && !agent.isBot && (view.teamId === null || agent.teamIds.includes(view.teamId))).length;
  const words = view.audience === 'team' ? (count === undefined ? t('views.removeTeam') : t('views.removeTeamOf', { count })) : count === undefined ? t('views.removeAll') : t('views.removeAllOf', { count });
  return <Confirm isOpen title={t('views.removeTitle', { name: view.name })} deed={t('views.remove')} isBusy={isBusy} onClose={onClose} onConfirm={onConfirm}>{words}</Confirm>;
}
