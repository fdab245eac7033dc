import { ProblemError } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { OfflinePage } from './offline-page.tsx';

/** `fetch` says so when no answer came at all; a part of the page that is missing is told apart by its words. */
const isUnreached = (error: unknown) => !(error instanceof ProblemError) && error instanceof TypeError && /^(Failed to fetch|NetworkError|Load failed)/.test(error.message) && !/module/.test(error.message);

/** In place of a page that cannot be shown; what stands around it stays. What was being written is safe in the drafts. */
export function PageError({ error }: { error: unknown }) {
  return (
    <div className="grid h-full grow place-items-center">
      <EmptyState icon="circle-alert" tone="clay" title={t('page.failed')} action={<Button tone="primary" icon="rotate-ccw" onClick={() => location.reload()}>{t('page.reload')}</Button>}>{explain(error)}</EmptyState>
    </div>
  );
}

/** When nothing can be shown at all. */
export const ErrorPage = ({ error }: { error: unknown }) => (isUnreached(error) ? <OfflinePage /> : <main className="h-full"><PageError error={error} /></main>);
