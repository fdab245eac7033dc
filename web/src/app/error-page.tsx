import { explain } from '../data/explain.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

/** When a page cannot be shown at all. What was being written is safe in the drafts. */
export function ErrorPage({ error }: { error: unknown }) {
  return (
    <main className="grid h-full place-items-center">
      <EmptyState icon="circle-alert" tone="clay" title={t('page.failed')} action={<Button tone="primary" icon="rotate-ccw" onClick={() => location.reload()}>{t('page.reload')}</Button>}>{explain(error)}</EmptyState>
    </main>
  );
}
