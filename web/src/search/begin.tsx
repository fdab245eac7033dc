import { t } from '../i18n/index.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { allFilters, nameOf } from './filter-words.ts';
import { SavedSearches } from './saved.tsx';

/** Before anything was typed: searches to come back to, and what can be written. */
export function Begin({ onText }: { onText: (text: string) => void }) {
  return (
    <>
      <SavedSearches />
      <EmptyState icon="search" title={t('search.begin')}>{t('search.beginHint')}</EmptyState>
      <section aria-labelledby="search-how" className="rounded-lg border border-line bg-surface px-4 py-3 md:px-5">
        <h2 id="search-how" className="mb-2 text-sm font-medium text-ink-3">{t('search.how')}</h2>
        <dl className="grid gap-x-6 gap-y-1 md:grid-cols-2">
          {(['phrase', 'not', 'number'] as const).map((what) => (
            <div key={what} className="flex min-h-8 items-baseline gap-3 py-1 large-text:flex-wrap large-text:gap-y-0"><dt className="w-28 shrink-0 text-sm font-medium">{t(`search.example.${what}`)}</dt><dd className="text-sm text-ink-2">{t(`search.how.${what}`)}</dd></div>
          ))}
          {allFilters.map((filter) => (
            <div key={filter} className="flex min-h-8 items-baseline gap-3 py-1 large-text:flex-wrap large-text:gap-y-0">
              <dt className="w-28 shrink-0"><button type="button" onClick={() => onText(`${nameOf(filter)}:`)} className="-ms-1.5 rounded-sm px-1.5 text-sm font-medium text-accent hover:bg-hover">{nameOf(filter)}:</button></dt>
              <dd className="text-sm text-ink-2">{t(`search.about.${filter}`)}</dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  );
}
