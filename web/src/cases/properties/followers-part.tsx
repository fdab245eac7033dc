import type { CaseDetail } from '@rapport/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCommand } from '../../commands/registry.ts';
import { caseQuery } from '../../data/cases.ts';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { useSession } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { showTrouble } from '../../ui/toast.ts';
import { Part } from './part.tsx';

/** Who follows the case, and whether one does oneself. */
export function FollowersPart({ detail }: { detail: CaseDetail }) {
  const { agent: me } = useSession();
  const cache = useQueryClient();
  const isFollowing = detail.followers.some((one) => one.id === me.id);
  const turn = useMutation({
    mutationFn: () => (isFollowing ? client.following.unfollow : client.following.follow)({ params: { caseId: detail.id } }),
    onSuccess: ({ items }) => cache.setQueryData(caseQuery(detail.id).queryKey, (now) => now && { ...now, followers: items }),
    onError: (error) => showTrouble(explain(error)),
  });
  useCommand('case.follow', () => turn.mutate());
  return (
    <Part title={t('follow.title')} action={<Button size="sm" tone="quiet" isBusy={turn.isPending} aria-pressed={isFollowing} onClick={() => turn.mutate()}>{t(isFollowing ? 'follow.stop' : 'follow.start')}</Button>}>
      {detail.followers.length === 0 ? <p className="text-sm text-ink-3">{t('follow.none')}</p> : (
        <ul>{detail.followers.map((one) => <li key={one.id} className="flex min-h-7 items-center gap-2 text-sm"><Avatar name={one.name} size={18} /><span dir="auto" className="min-w-0 truncate">{one.id === me.id ? `${one.name} (${t('assign.you')})` : one.name}</span></li>)}</ul>
      )}
    </Part>
  );
}
