import { CaseRowContent, type ShownOfRow } from '../cases/case-row.tsx';
import { t } from '../i18n/index.ts';
import { useDensity, useTextSize } from '../ui/appearance.ts';
import { Avatar } from '../ui/avatar.tsx';

const heights = { compact: 54, cosy: 76, roomy: 92 };

/** A corner of the desk, drawn with what is chosen on this page. Nothing in it can be pressed. */
export function AppearancePreview({ now }: { now: number }) {
  const density = useDensity();
  const height = (heights[density] * Number(useTextSize())) / 100;
  const row = (isUnread: boolean, name: string, ageMs: number): ShownOfRow => ({
    channel: 'email', status: 'open', customer: { name }, subject: t('appearance.sampleSubject'), preview: t('appearance.sampleText'), isUnread, priority: isUnread ? 'high' : 'normal', kind: 'question', tags: ['machine'], assignee: null,
    lastActivityAt: new Date(now - ageMs).toISOString(), waitingSince: null, nextPromiseAt: null, due: null, hasHeldBack: false,
  });
  return (
    <div aria-hidden="true" className="relative grid grid-cols-1 overflow-hidden rounded-lg border border-line bg-canvas md:grid-cols-[minmax(0,20rem)_minmax(0,1fr)]">
      <div className="border-line bg-surface md:border-e">
        {[row(true, t('appearance.sampleName'), 60_000), row(false, 'Jon Dahl', 3_600_000)].map((each, index) => (
          <div key={each.customer.name} style={{ height }} className={index === 0 ? 'border-b border-line bg-accent-soft' : 'border-b border-line'}>
            <CaseRowContent row={each} isAssigneeShown={false} density={density} isSelected={index === 0} now={now} />
          </div>
        ))}
      </div>
      <div className="flex gap-3 p-4">
        <Avatar name={t('appearance.sampleName')} size={32} className="mt-1 max-md:hidden" />
        <div className="min-w-0 grow rounded-lg border border-line bg-surface px-4 py-3 shadow-lift">
          <p dir="auto" className="font-semibold">{t('appearance.sampleName')}</p>
          <p dir="auto" className="mt-1">{t('appearance.sampleText')}</p>
        </div>
      </div>
    </div>
  );
}
