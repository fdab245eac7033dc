import { useRouter } from '@tanstack/react-router';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { EntranceHead } from '../ui/entrance.tsx';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icon-names.ts';
import { forgetProgress } from './progress.ts';

/** The demo company is filled while the person reads on: three places worth a look. */
export function DemoStep() {
  const router = useRouter();
  const go = (to: string) => {
    forgetProgress();
    router.history.push(to);
  };
  const place = (to: string, icon: IconName, title: string, hint: string) => (
    <li>
      <button type="button" onClick={() => go(to)} className="flex w-full items-center gap-3 rounded-lg border border-line bg-raised p-3 text-start hover:border-line-strong">
        <span className="grid size-9 shrink-0 place-items-center rounded-full bg-accent-soft text-accent"><Icon name={icon} size={18} /></span>
        <span className="grow"><span className="block font-medium">{title}</span><span className="block text-sm text-ink-2">{hint}</span></span>
        <Icon name="chevron-right" className="text-ink-3" />
      </button>
    </li>
  );
  return (
    <>
      <EntranceHead title={t('firstRun.demoReady')}>{t('firstRun.demoReadyLead')}</EntranceHead>
      <ul className="mb-6 flex flex-col gap-2.5">
        {place('/cases/open', 'inbox', t('firstRun.demoCases'), t('firstRun.demoCasesHint'))}
        {place('/mailbox', 'mailbox', t('firstRun.demoMailbox'), t('firstRun.demoMailboxHint'))}
        {place('/ledger', 'scroll-text', t('firstRun.demoLedger'), t('firstRun.demoLedgerHint'))}
      </ul>
      <p className="mb-4 text-sm text-ink-3">{t('firstRun.demoRemove')}</p>
      <Button tone="primary" size="lg" className="w-full" onClick={() => go('/cases/open')}>{t('firstRun.start')}</Button>
    </>
  );
}
