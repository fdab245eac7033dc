import { useQuery } from '@tanstack/react-query';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { t } from '../../i18n/index.ts';
import { ListSkeleton, LoadState } from '../../ui/load-state.tsx';
import { Card } from '../../ui/page.tsx';
import { SignatureForm } from './signature-form.tsx';

/** What stands below the mails of an inbox. It is saved by itself, apart from the settings. */
export function SignatureCard({ inboxId }: { inboxId: string }) {
  const signature = useQuery({ queryKey: ['signature', inboxId], queryFn: ({ signal }) => client.signatures.getOfInbox({ params: { inboxId }, signal }), staleTime: Infinity, gcTime: 0 });
  return (
    <Card title={t('signature.title')} description={t('signature.inboxHint')}>
      <LoadState query={signature} explain={explain} skeleton={<ListSkeleton rows={2} />}>
        {(saved) => <SignatureForm saved={saved} inboxId={inboxId} of="inbox" save={(body) => client.signatures.saveOfInbox({ params: { inboxId }, body })} />}
      </LoadState>
    </Card>
  );
}
