import type { DeliveryState, Inbox, Outcome } from '@rapport/contract';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Segments } from '../ui/segments.tsx';
import { Select } from '../ui/select.tsx';
import { capitalised, outcomeOrder, outcomeWords, stateOrder, stateWords } from './ledger-words.ts';
import type { LedgerFilter } from './filter.ts';

interface Props {
  filter: LedgerFilter;
  inboxes: readonly Inbox[];
  onChange: (filter: LedgerFilter) => void;
}

export function LedgerFilters({ filter, inboxes, onChange }: Props) {
  const { direction, outcome, state, inbox } = filter;
  const here = inbox ? { inbox } : {};
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Segments
        label={t('ledger.direction')} value={direction ?? 'all'} onChange={(next) => onChange({ ...here, ...(next === 'all' ? {} : { direction: next }) })}
        options={[{ value: 'all', label: t('ledger.both') }, { value: 'in', label: t('ledger.in') }, { value: 'out', label: t('ledger.out') }]}
      />
      {direction === 'in' && <Select<Outcome | ''> ariaLabel={t('ledger.outcome')} className="w-52!" value={outcome ?? ''} onChange={(next) => onChange({ ...here, direction, ...(next ? { outcome: next } : {}) })} options={[{ value: '', label: t('ledger.anyOutcome') }, ...outcomeOrder.map((value) => ({ value, label: capitalised(outcomeWords(value)) }))]} />}
      {direction === 'out' && <Select<DeliveryState | ''> ariaLabel={t('ledger.state')} className="w-52!" value={state ?? ''} onChange={(next) => onChange({ ...here, direction, ...(next ? { state: next } : {}) })} options={[{ value: '', label: t('ledger.anyState') }, ...stateOrder.map((value) => ({ value, label: capitalised(stateWords(value)) }))]} />}
      {inboxes.length > 1 && <Select ariaLabel={t('ledger.inbox')} className="w-44!" value={inbox ?? ''} onChange={(next) => onChange({ ...(direction ? { direction } : {}), ...(outcome ? { outcome } : {}), ...(state ? { state } : {}), ...(next ? { inbox: next } : {}) })} options={[{ value: '', label: t('ledger.anyInbox') }, ...inboxes.map((one) => ({ value: one.id, label: one.name }))]} />}
      {Object.keys(filter).length > 0 && <Button tone="quiet" icon="x" onClick={() => onChange({})}>{t('ledger.clear')}</Button>}
    </div>
  );
}
