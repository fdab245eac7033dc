import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { explain } from '../../data/explain.ts';
import { formatDate, formatNumber } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { Badge } from '../../ui/badge.tsx';
import { buttonLook } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { CardList, Page } from '../../ui/page.tsx';
import { formatWord, stateOf } from './import-words.ts';
import { importsQuery } from './imports-query.ts';

/** What was brought in from elsewhere. */
export function ImportsPage() {
  const imports = useQuery({ ...importsQuery, refetchOnMount: 'always' });
  const create = <Link to="/admin/imports/new" className={buttonLook('primary')}><Icon name="plus" />{t('imports.create')}</Link>;
  return (
    <Page title={t('settings.imports')} description={t('imports.lead')} actions={create}>
      <LoadState query={imports} explain={explain}>
        {(items) =>
          items.length === 0 ? (
            <div className="rounded-lg border border-line bg-surface"><EmptyState icon="upload" title={t('imports.emptyTitle')} action={create}>{t('imports.empty')}</EmptyState></div>
          ) : (
            <CardList label={t('settings.imports')}>
              {items.map((run) => {
                const { words, tone } = stateOf(run);
                return (
                  <li key={run.id}>
                    <Link to="/admin/imports/$importId" params={{ importId: run.id }} className="flex items-center gap-4 px-4 py-3 hover:bg-hover">
                      <span className="grid size-9 shrink-0 place-items-center rounded-full bg-hover text-ink-2 max-md:hidden"><Icon name="upload" size={18} /></span>
                      <span className="min-w-0 grow">
                        <span className="flex flex-wrap items-center gap-2"><bdi className="font-medium break-words">{run.name}</bdi><Badge tone={tone}>{words}</Badge></span>
                        <span className="block text-sm text-ink-3">{formatWord(run.format)} · {t('imports.by', { name: run.byName, date: formatDate(run.createdAt) })}{run.counts.cases > 0 && ` · ${t('imports.cases', { count: run.counts.cases, shown: formatNumber(run.counts.cases) })}`}</span>
                      </span>
                      <Icon name="chevron-right" className="text-ink-3 rtl:-scale-x-100" />
                    </Link>
                  </li>
                );
              })}
            </CardList>
          )
        }
      </LoadState>
    </Page>
  );
}
