import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { LocaleSwitch } from '../app/locale-switch.tsx';
import { client, isProblem } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { t } from '../i18n/index.ts';
import { Button, buttonLook } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Entrance } from '../ui/entrance.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { InvitationForm, type Acceptance } from './invitation-form.tsx';
import { LinkExpired } from './link-expired.tsx';

const route = getRouteApi('/invitation/$token');

export function InvitationPage() {
  const { token } = route.useParams();
  const invitation = useQuery({ queryKey: ['invitation', token], queryFn: ({ signal }) => client.accounts.getInvitation({ params: { token }, signal }), staleTime: Infinity });
  const accept = useMutation({ mutationFn: (body: Acceptance) => client.accounts.acceptInvitation({ params: { token }, body }) });
  const isGone = [invitation.error, accept.error].some((error) => isProblem(error, 'link_expired', 'not_found')) || isProblem(invitation.error, 'invalid_request');

  return (
    <Entrance title={t('invitation.title')} motto={t('entrance.motto')} corner={<LocaleSwitch />}>
      {isGone ? (
        <LinkExpired title={t('invitation.goneTitle')} action={<Link to="/sign-in" className={buttonLook('plain', 'lg')}>{t('signIn.do')}</Link>}>{t('invitation.gone')}</LinkExpired>
      ) : invitation.error ? (
        <EmptyState icon="cloud-off" title={t('page.failed')} action={<Button onClick={() => void invitation.refetch()}>{t('page.reload')}</Button>}>{explain(invitation.error)}</EmptyState>
      ) : invitation.data ? (
        <InvitationForm invitation={invitation.data} accept={accept} />
      ) : (
        <div aria-busy="true" className="flex flex-col gap-4"><Skeleton className="h-8 w-3/4" /><Skeleton className="h-4 w-full" /><Skeleton className="mt-4 h-10 w-full" /><Skeleton className="h-10 w-full" /></div>
      )}
    </Entrance>
  );
}
