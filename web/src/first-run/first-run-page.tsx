import { useQuery } from '@tanstack/react-query';
import { LocaleSwitch } from '../app/locale-switch.tsx';
import { setupQuery } from '../data/session.ts';
import { t } from '../i18n/index.ts';
import { Entrance } from '../ui/entrance.tsx';
import { CompanyStep } from './company-step.tsx';
import { DemoStep } from './demo-step.tsx';
import { InboxStep } from './inbox-step.tsx';
import { useProgress } from './progress.ts';
import { StepDots } from './step-dots.tsx';
import { TryStep } from './try-step.tsx';
import { YouStep } from './you-step.tsx';

/** From nothing to the first answer. */
export function FirstRunPage() {
  const progress = useProgress();
  const isSetUp = useQuery(setupQuery).data?.isSetUp ?? false;
  // Progress kept in this browser may be about an installation that is no more.
  const step = progress.step === 'try' && !isSetUp ? 'company' : progress.step;
  return (
    <Entrance title={t('firstRun.title')} motto={t('entrance.motto')} corner={step === 'company' ? <LocaleSwitch /> : undefined} width="md">
      <StepDots step={step} isDemo={progress.isDemo} />
      {step === 'company' && <CompanyStep />}
      {step === 'you' && <YouStep />}
      {step === 'inbox' && <InboxStep />}
      {step === 'try' && (progress.isDemo ? <DemoStep /> : <TryStep />)}
    </Entrance>
  );
}
