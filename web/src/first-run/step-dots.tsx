import { t } from '../i18n/index.ts';
import { classes } from '../ui/classes.ts';
import type { Step } from './progress.ts';

/** How far it is. */
export function StepDots({ step, isDemo }: { step: Step; isDemo: boolean }) {
  const steps: readonly Step[] = isDemo ? ['company', 'you', 'try'] : ['company', 'you', 'inbox', 'try'];
  const at = steps.indexOf(step);
  return (
    <div className="mb-6">
      <p className="mb-1.5 text-sm font-medium text-ink-3">{t('firstRun.step', { step: at + 1, steps: steps.length })}</p>
      <div aria-hidden="true" className="flex gap-1.5">{steps.map((name, index) => <span key={name} className={classes('h-1 grow rounded-full', index <= at ? 'bg-accent' : 'bg-line')} />)}</div>
    </div>
  );
}
