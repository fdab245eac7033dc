import { useQuery } from '@tanstack/react-query';
import { explain } from '../data/explain.ts';
import { t } from '../i18n/index.ts';
import { Banner } from '../ui/banner.tsx';
import { Icon } from '../ui/icon.tsx';
import { LoadState } from '../ui/load-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { BalanceLine } from './balance-line.tsx';
import { outcomeLook, outcomeOrder, stateLook, stateOrder, stateWords } from './ledger-words.ts';
import { summaryQuery } from './queries.ts';
import type { LedgerFilter } from './filter.ts';

const ground = 'rounded-lg border border-line bg-surface';

/** The proof in two lines: everything that was seen went somewhere, everything that was sent is in a known state. Every number leads to its rows. */
export function Balance({ filter }: { filter: LedgerFilter }) {
  const summary = useQuery(summaryQuery);
  return (
    <LoadState query={summary} explain={explain} skeleton={<div className={`${ground} flex flex-col gap-8 p-5`}>{[0, 1].map((index) => <div key={index} className="flex flex-col gap-3"><Skeleton className="h-6 w-48" /><Skeleton className="h-4 w-full" /><Skeleton className="h-4 w-2/3" /></div>)}</div>}>
      {({ in: came, out: went, isBalanced }) => (
        <section aria-label={t('ledger.balance')} className={ground}>
          {isBalanced ? (
            <p className="flex items-center gap-2 border-b border-line px-4 py-2.5 font-medium text-moss md:px-5"><Icon name="badge-check" />{t(came.seen + went.queuedEver === 0 ? 'ledger.balancedEmpty' : 'ledger.balanced')}</p>
          ) : (
            <Banner tone="trouble" icon="triangle-alert" className="rounded-t-lg">{t('ledger.unbalanced')}</Banner>
          )}
          <div className="divide-y divide-line">
            <BalanceLine
              title={t('ledger.seen')} total={came.seen} all={{ direction: 'in' }} isAllActive={filter.direction === 'in' && !filter.outcome}
              parts={outcomeOrder.map((outcome) => ({ id: outcome, count: came.outcomes[outcome] ?? 0, words: t(`ledger.part.${outcome}` as 'ledger.part.new_case', { count: came.outcomes[outcome] ?? 0 }), look: outcomeLook[outcome], filter: { direction: 'in', outcome }, isActive: filter.outcome === outcome }))}
            />
            <BalanceLine
              title={t('ledger.sent')} total={went.queuedEver} all={{ direction: 'out' }} isAllActive={filter.direction === 'out' && !filter.state}
              parts={stateOrder.map((state) => ({ id: state, count: went.states[state] ?? 0, words: stateWords(state), look: stateLook[state], filter: { direction: 'out', state }, isActive: filter.state === state }))}
            />
          </div>
        </section>
      )}
    </LoadState>
  );
}
