import type { ImportCounts } from '@rapport/contract';
import { formatNumber } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';

const shown = ['records', 'cases', 'messages', 'notes', 'customers', 'attachments', 'maskedCardNumbers', 'skipped', 'refused'] as const satisfies readonly (keyof ImportCounts)[];

/** What a trial found or an import made, in numbers. */
export function CountsTable({ counts }: { counts: ImportCounts }) {
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 md:grid-cols-3">
      {shown.filter((what) => counts[what] > 0 || what === 'records' || what === 'cases').map((what) => (
        <div key={what}>
          <dt className="text-sm text-ink-3">{t(`imports.count.${what}`)}</dt>
          <dd className="text-md font-semibold tabular-nums">{formatNumber(counts[what])}</dd>
        </div>
      ))}
    </dl>
  );
}
