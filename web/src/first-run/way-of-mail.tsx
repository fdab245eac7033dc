import { t } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icon-names.ts';

function Stop({ icon, title, hint }: { icon: IconName; title: string; hint: string }) {
  return (
    <li className="flex min-w-0 items-start gap-3">
      <span className="z-1 grid size-9 shrink-0 place-items-center rounded-full border border-accent-line bg-surface text-accent"><Icon name={icon} size={18} /></span>
      <span className="min-w-0 pt-0.5"><bdi className="block font-medium break-words">{title}</bdi><span className="block text-sm text-pretty text-ink-2">{hint}</span></span>
    </li>
  );
}

/** What happens to a mail while no mail server is connected: the built-in mailbox stands in for the world outside. */
export function WayOfMail({ address }: { address: string }) {
  return (
    <ol className="relative flex flex-col gap-4 rounded-lg bg-canvas p-4 before:absolute before:start-[calc(1rem+1.125rem-0.5px)] before:top-8 before:bottom-12 before:w-px before:bg-accent-line">
      <Stop icon="user-round" title={t('firstRun.way.write')} hint={t('firstRun.way.writeHint')} />
      <Stop icon="inbox" title={address || '…'} hint={t('firstRun.way.caseHint')} />
      <Stop icon="mailbox" title={t('firstRun.way.answer')} hint={t('firstRun.way.answerHint')} />
    </ol>
  );
}
