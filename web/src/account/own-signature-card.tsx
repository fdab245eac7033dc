import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { SignatureForm } from '../admin/inboxes/signature-form.tsx';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { inboxesQuery } from '../data/people.ts';
import { t } from '../i18n/index.ts';
import { Field } from '../ui/field.tsx';
import { ListSkeleton, LoadState } from '../ui/load-state.tsx';
import { Card } from '../ui/page.tsx';
import { Select } from '../ui/select.tsx';

/** One's own signature, seen as it stands below a mail from one of the inboxes. */
export function OwnSignatureCard() {
  const inboxes = (useQuery(inboxesQuery).data ?? []).filter((inbox) => inbox.isEnabled);
  const [chosen, setChosen] = useState<string>();
  const inboxId = chosen ?? inboxes[0]?.id;
  const signature = useQuery({ queryKey: ['signature', 'own'], queryFn: ({ signal }) => client.signatures.getOwn({ signal }), staleTime: Infinity, gcTime: 0 });
  return (
    <Card title={t('signature.ownTitle')} description={t('signature.ownHint')}>
      <div className="flex flex-col gap-4">
        {inboxes.length > 1 && inboxId && <Field className="max-w-sm" label={t('signature.inbox')}><Select value={inboxId} onChange={setChosen} options={inboxes.map((inbox) => ({ value: inbox.id, label: `${inbox.name} · ${inbox.address}` }))} /></Field>}
        <LoadState query={signature} explain={explain} skeleton={<ListSkeleton rows={2} />}>
          {(saved) => <SignatureForm saved={saved} inboxId={inboxId} of="own" save={(body) => client.signatures.saveOwn({ body })} />}
        </LoadState>
      </div>
    </Card>
  );
}
