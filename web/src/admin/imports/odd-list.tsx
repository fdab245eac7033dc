import type { ImportRun } from '@rapport/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { explain } from '../../data/explain.ts';
import { formatNumber } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { Button, buttonLook } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { Card } from '../../ui/page.tsx';
import { oddQuery } from './imports-query.ts';
import { oddWord } from './import-words.ts';

/** What was odd, each with the place where it stands in its file. */
export function OddList({ run }: { run: ImportRun }) {
  const odds = useInfiniteQuery(oddQuery(run.id, run.state));
  return (
    <Card title={t('imports.oddTitle', { count: run.odd })} description={t('imports.oddLead')} actions={<a href={`/api/v1/imports/${run.id}/report`} download className={buttonLook()}><Icon name="download" />{t('imports.report')}</a>}>
      {run.odd > 0 && (
        <LoadState query={odds} explain={explain}>
          {(items) => (
            <>
              <ul aria-label={t('imports.oddTitle', { count: run.odd })} className="divide-y divide-line">
                {items.map((odd) => (
                  <li key={`${odd.file} ${odd.record} ${odd.code} ${odd.sourceId ?? ''}`} className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-0.5 py-2">
                    <span>{oddWord(odd.code)}</span>
                    <span className="min-w-0 text-sm break-words text-ink-3">
                      <bdi>{odd.file}</bdi> · {odd.line === null ? t('imports.record', { record: formatNumber(odd.record) }) : t('imports.line', { line: formatNumber(odd.line) })}
                      {odd.sourceId !== null && <> · <bdi className="font-mono text-xs break-all">{odd.sourceId}</bdi></>}
                    </span>
                  </li>
                ))}
              </ul>
              {odds.hasNextPage && <Button className="mt-2" isBusy={odds.isFetchingNextPage} onClick={() => void odds.fetchNextPage()}>{t('imports.more')}</Button>}
            </>
          )}
        </LoadState>
      )}
    </Card>
  );
}
