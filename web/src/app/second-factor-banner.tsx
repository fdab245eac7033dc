import { Link } from '@tanstack/react-router';
import { useSession } from '../data/session.ts';
import { formatDate } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { Banner } from '../ui/banner.tsx';

/** Says until when a second factor must be set up, and leads there. */
export function SecondFactorBanner() {
  const due = useSession().signIn?.secondFactorDueAt;
  if (!due) return null;
  return (
    <Banner tone="attention" icon="shield" className="justify-center border-b border-honey-line" action={<Link to="/account/security" className="font-medium underline">{t('ways.dueDo')}</Link>}>
      {t('ways.due', { date: formatDate(due) })}
    </Banner>
  );
}
