import { useMutation, useQuery } from '@tanstack/react-query';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { queryClient } from '../data/query-client.ts';
import { formatFull, formatSpan } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { Badge } from '../ui/badge.tsx';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Card } from '../ui/page.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { showToast, showTrouble } from '../ui/toast.ts';
import { sessionsQuery } from './sessions-query.ts';

/** The server says what it recognised, "Firefox on Linux"; a dot between the two reads well in every language. */
const clientName = (client: string) => client.replace(' on ', ' · ');
const sessionLine = 'flex min-h-14 items-center gap-3 py-2';

export function SessionsCard() {
  const sessions = useQuery(sessionsQuery);
  const revoke = useMutation({
    mutationFn: (ids: string[]) => Promise.all(ids.map((sessionId) => client.accounts.revokeSession({ params: { sessionId } }))),
    onSuccess: () => showToast(t('security.revoked'), { icon: 'check' }),
    onError: (error) => showTrouble(explain(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  const others = sessions.data?.filter((session) => !session.isCurrent) ?? [];
  return (
    <Card title={t('security.sessions')} description={t('security.sessionsLead')} actions={others.length > 1 && <Button isBusy={revoke.isPending && revoke.variables.length > 1} onClick={() => revoke.mutate(others.map((session) => session.id))}>{t('security.revokeAll')}</Button>}>
      {sessions.error ? (
        <Banner tone="trouble" icon="circle-alert" className="rounded-md" action={<Button size="sm" onClick={() => void sessions.refetch()}>{t('ui.retry')}</Button>}>{explain(sessions.error)}</Banner>
      ) : (
        <ul aria-busy={sessions.isPending} aria-label={t('security.sessions')} className="-my-2 divide-y divide-line">
          {sessions.isPending && [0, 1].map((index) => <li key={index} className={sessionLine}><Skeleton className="size-9 rounded-full" /><div className="flex grow flex-col gap-1.5"><Skeleton className="h-4 w-44" /><Skeleton className="h-3 w-60" /></div></li>)}
          {sessions.data?.map((session) => {
            const name = clientName(session.client);
            return (
              <li key={session.id} className={sessionLine}>
                <span className="grid size-9 shrink-0 place-items-center rounded-full bg-hover text-ink-2"><Icon name={/iPhone|iPad|Android/.test(name) ? 'smartphone' : 'monitor'} size={18} /></span>
                <div className="min-w-0 grow">
                  <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5 font-medium">{name}{session.isCurrent && <Badge tone="moss">{t('security.here')}</Badge>}</p>
                  <p className="text-sm text-ink-3" title={formatFull(session.lastSeenAt)}>
                    {session.isCurrent ? t('security.now') : t('security.seen', { span: formatSpan(Date.now() - Date.parse(session.lastSeenAt)) })} · <bdi>{session.address}</bdi>
                  </p>
                </div>
                {!session.isCurrent && <Button size="sm" aria-label={t('security.revokeThis', { client: name })} onClick={() => revoke.mutate([session.id])}>{t('security.revoke')}</Button>}
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
