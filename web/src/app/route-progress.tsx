import { useRouterState } from '@tanstack/react-router';
import { t } from '../i18n/index.ts';

/** A line at the upper edge while the next page is on its way. It fades in late: where pages come at once it is never seen. */
export function RouteProgress() {
  const isUnderWay = useRouterState({ select: (state) => state.status === 'pending' });
  return isUnderWay ? <div role="progressbar" aria-label={t('page.underWay')} className="progress-line fixed inset-x-0 top-0 z-60 h-[3px]" /> : null;
}
