import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';

/** One click into the demo company; only offered where the server shows its sign-in to everybody. */
export function DemoDoor({ email, isBusy, onEnter }: { email: string; isBusy: boolean; onEnter: () => void }) {
  return (
    <aside className="mt-8 rounded-lg border border-line bg-canvas p-4">
      <p className="font-semibold">{t('signIn.demoTitle')}</p>
      <p className="mt-0.5 mb-3 text-ink-2">{t('signIn.demoLead', { email })}</p>
      <Button icon="sparkles" isBusy={isBusy} onClick={onEnter}>{t('signIn.demoDo')}</Button>
    </aside>
  );
}
