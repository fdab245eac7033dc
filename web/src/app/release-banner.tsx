import { t } from '../i18n/index.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { showNewRelease, useHasNewRelease } from '../worker/follow-worker.ts';

/** The server has been upgraded under an open page. It goes on working; when to load it anew is the person's choice. */
export function ReleaseBanner() {
  if (!useHasNewRelease()) return null;
  return <Banner icon="refresh-cw" className="border-b border-line" action={<Button size="sm" onClick={showNewRelease}>{t('release.reload')}</Button>}>{t('release.there')}</Banner>;
}
