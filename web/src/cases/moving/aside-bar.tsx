import type { CaseDetail } from '@rapport/contract';
import { runCommand } from '../../commands/registry.ts';
import { useCan } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { formatDate, formatDayAndClock } from '../../i18n/format.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';

/** In place of the composer: why this case is not on the desk, until when it can come back, and the way back. */
export function AsideBar({ aside }: { aside: NonNullable<CaseDetail['aside']> }) {
  const canRestore = useCan(aside.as === 'spam' ? 'case.edit' : 'case.delete');
  return (
    <Banner
      tone="attention" icon={aside.as === 'spam' ? 'ban' : 'trash-2'} isLive={false} className="border-t border-line py-2.5"
      action={canRestore && <Button icon="rotate-ccw" onClick={() => void runCommand('case.restore')}>{t('command.case.restore')}</Button>}
    >
      <p>{t(aside.as === 'spam' ? 'aside.spam' : 'aside.deleted', { name: aside.by, at: formatDayAndClock(aside.at) })}{aside.reason && <> <bdi>“{aside.reason}”</bdi></>}</p>
      <p className="text-sm">{t('aside.until', { date: formatDate(aside.purgeAt) })}</p>
    </Banner>
  );
}
