import type { Customer } from '@rapport/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { explain } from '../data/explain.ts';
import { identityWord } from './identity-word.ts';
import { t } from '../i18n/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input } from '../ui/field.tsx';
import { LoadState } from '../ui/load-state.tsx';
import { customersQuery } from './queries.ts';

const MOST_SHOWN = 8;

/** Looks for the other record of the same person, by name or address. */
export function FindSamePerson({ customer, onClose, onFound }: { customer: Customer; onClose: () => void; onFound: (other: Customer) => void }) {
  const [text, setText] = useState('');
  const found = useInfiniteQuery(customersQuery({ q: useDeferredValue(text.trim()) }));
  return (
    <Dialog isOpen onClose={onClose} title={t('merging.findTitle', { name: customer.name })} description={t('merging.findLead')}>
      <Field label={t('customers.search')} isLabelHidden><Input type="search" value={text} placeholder={t('customers.search')} autoFocus autoComplete="off" maxLength={200} onChange={(event) => setText(event.target.value)} /></Field>
      <div className="mt-2 min-h-60">
        <LoadState query={found} explain={explain}>
          {(items) => {
            const others = items.filter((each) => each.id !== customer.id).slice(0, MOST_SHOWN);
            if (others.length === 0) return <p role="status" className="py-3 text-ink-3">{t('customers.noneFound')}</p>;
            return (
              <ul aria-label={t('customers.title')}>
                {others.map((each) => (
                  <li key={each.id}>
                    <button type="button" onClick={() => onFound(each)} className="-mx-2 flex w-[calc(100%+1rem)] items-center gap-3 rounded-md px-2 py-2 text-start hover:bg-hover">
                      <Avatar name={each.name} size={28} />
                      <span className="min-w-0 grow"><bdi className="block truncate font-medium">{each.name}</bdi><bdi className="block truncate text-sm text-ink-3">{identityWord(each.identities[0])}</bdi></span>
                      <span className="shrink-0 text-sm text-ink-3">{each.caseCount > 0 && t('customer.cases', { count: each.caseCount })}</span>
                    </button>
                  </li>
                ))}
              </ul>
            );
          }}
        </LoadState>
      </div>
    </Dialog>
  );
}
