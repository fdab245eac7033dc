import type { Customer } from '@rapport/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useRemoval } from '../commands/use-removal.ts';
import { client, isProblem } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { useCan } from '../data/session.ts';
import { identityIcon, identityWord } from './identity-word.ts';
import { t } from '../i18n/index.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { iconButtonLook } from '../ui/icon-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { Card } from '../ui/page.tsx';
import { showTrouble } from '../ui/toast.ts';
import { BlockDialog } from './block-dialog.tsx';
import { refreshCustomers } from './queries.ts';

type Identity = Customer['identities'][number];

/** How somebody is reached: several addresses, one of each kind the first. */
export function AddressesCard({ customer }: { customer: Customer }) {
  const canEdit = useCan('customer.edit');
  const canBlock = useCan('customer.block');
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string>();
  const [blocking, setBlocking] = useState<string>();
  const params = { customerId: customer.id };
  const change = useMutation({ mutationFn: (deed: () => Promise<Customer>) => deed(), onSuccess: refreshCustomers, onError: (error) => showTrouble(explain(error)) });
  const remove = useRemoval<Identity>({
    remove: ({ id }) => client.customers.removeIdentity({ params: { ...params, identityId: id } }),
    restore: (wayBack) => client.customers.restoreIdentity({ params, body: { wayBack } }),
    nameOf: ({ value }) => value,
    refresh: refreshCustomers,
    tell: (error) => showTrouble(isProblem(error, 'last_identity') ? t('customers.lastAddress') : isProblem(error, 'identity_taken') ? t('customers.addressTaken') : explain(error)),
  });
  const add = useMutation({
    mutationFn: () => (text.includes('@') ? client.customers.addIdentity({ params, body: { kind: 'email', value: text.trim() } }) : client.customers.addIdentity({ params, body: { kind: 'phone', value: text.trim() } })),
    onSuccess: () => {
      setText('');
      refreshCustomers();
    },
    onError: (error) => setFault(isProblem(error, 'identity_taken') ? t('customers.addressTaken') : isProblem(error, 'invalid_request') ? t('customers.addressWrong') : explain(error)),
  });
  const acts = (one: Identity) => [
    ...(canEdit ? [[
      ...(one.isPrimary ? [] : [{ id: 'first', label: t('customers.makeFirst'), icon: 'arrow-up' as const, run: () => change.mutate(() => client.customers.updateIdentity({ params: { ...params, identityId: one.id }, body: { isPrimary: true } })) }]),
      { id: 'verify', label: t(one.isVerified ? 'customers.unverify' : 'customers.verify'), icon: 'badge-check' as const, run: () => change.mutate(() => client.customers.updateIdentity({ params: { ...params, identityId: one.id }, body: { isVerified: !one.isVerified } })) },
      { id: 'remove', label: t('customers.removeAddress'), icon: 'trash-2' as const, isDanger: true, run: () => remove.mutate(one) },
    ]] : []),
    ...(canBlock && one.kind === 'email' ? [[{ id: 'block', label: t('blocked.deed'), icon: 'ban' as const, run: () => setBlocking(one.value) }]] : []),
  ];
  return (
    <Card title={t('customers.addresses')}>
      <ul className="-mt-1 mb-3">
        {customer.identities.map((one) => (
          <li key={one.id} className="flex min-h-10 items-center gap-2">
            <Icon name={identityIcon[one.kind]} size={16} className="shrink-0 text-ink-3" />
            <bdi className="min-w-0 truncate">{identityWord(one)}</bdi>
            {one.isPrimary && <Badge>{t('customers.first')}</Badge>}
            {one.isVerified && <Badge tone="moss" icon="badge-check">{t('customer.verified')}</Badge>}
            <span className="grow" />
            {(canEdit || canBlock) && <Menu trigger={<button type="button" aria-label={t('customers.addressActs', { value: identityWord(one) })} className={`${iconButtonLook} size-8`}><Icon name="ellipsis" /></button>} groups={acts(one)} />}
          </li>
        ))}
      </ul>
      {canEdit && (
        <form noValidate className="flex items-start gap-2" onSubmit={(event) => { event.preventDefault(); if (text.trim() !== '') add.mutate(); }}>
          <Field label={t('customers.newAddress')} isLabelHidden className="grow" error={fault}><Input value={text} placeholder={t('customers.newAddress')} autoComplete="off" maxLength={254} onChange={(event) => { setText(event.target.value); setFault(undefined); }} /></Field>
          <Button type="submit" icon="plus" className="h-9" isBusy={add.isPending}>{t('customers.add')}</Button>
        </form>
      )}
      {blocking !== undefined && <BlockDialog value={blocking} onClose={() => setBlocking(undefined)} />}
    </Card>
  );
}
