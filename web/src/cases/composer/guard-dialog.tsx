import { useRef } from 'react';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { keyOf, type Warning } from './guards.ts';

function wordsOf(warning: Warning): string {
  switch (warning.kind) {
    case 'outsider': return t('guard.outsider', { address: warning.address });
    case 'stranger': return t('guard.stranger', { address: warning.address });
    case 'otherCustomer': return warning.name === '' ? t('guard.otherCustomerUnnamed', { address: warning.address }) : t('guard.otherCustomer', { address: warning.address, name: warning.name });
    case 'variable': return t('guard.variable', { names: warning.names });
    case 'noAttachment': return t('guard.noAttachment', { word: warning.word });
  }
}

/** A second look at whom and what, before anything goes out. Going back is the safe way and comes first. */
export function GuardDialog({ warnings, onBack, onSend }: { warnings: readonly Warning[]; onBack: () => void; onSend: () => void }) {
  const back = useRef<HTMLButtonElement>(null);
  return (
    <Dialog isOpen onClose={onBack} title={t('guard.title')} description={t('guard.hint')} focusFirst={back} actions={<><Button ref={back} icon="pencil" onClick={onBack}>{t('guard.back')}</Button><Button tone="primary" onClick={onSend}>{t('guard.send')}</Button></>}>
      <ul className="flex flex-col gap-2">
        {warnings.map((warning) => <li key={keyOf(warning)} className="flex items-start gap-2 rounded-md bg-honey-soft px-3 py-2"><Icon name="triangle-alert" size={16} className="mt-0.5 shrink-0 text-honey" /><span dir="auto" className="min-w-0 break-words">{wordsOf(warning)}</span></li>)}
      </ul>
    </Dialog>
  );
}
