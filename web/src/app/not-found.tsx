import { t } from '../i18n/index.ts';
import { buttonLook } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

export function NotFound() {
  return (
    <main className="grid h-full place-items-center">
      <EmptyState isPage icon="search-x" title={t('page.notFound')} action={<a href="/" className={buttonLook('primary')}>{t('page.home')}</a>}>{t('page.notFoundHint')}</EmptyState>
    </main>
  );
}
