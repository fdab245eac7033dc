import { useState } from 'react';
import { useSession } from '../data/session.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Shown once. It stays until the person says that the codes are kept: without them a lost phone is a lost account. */
export function RecoveryCodes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { agent, account } = useSession();
  const [isKept, setKept] = useState(false);
  const text = `Rapport · ${account.name} · ${agent.email}\n\n${codes.join('\n')}\n`;
  return (
    <Dialog
      isOpen isLocked onClose={onClose} title={t('factor.codesTitle')} description={t('factor.codesLead')}
      actions={<Button tone="primary" disabled={!isKept} onClick={onClose}>{t('factor.codesDone')}</Button>}
    >
      <ol dir="ltr" aria-label={t('factor.codesTitle')} className="mb-3 grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-md border border-line bg-sunken px-5 py-3.5 font-mono text-base">
        {codes.map((code) => <li key={code}>{code}</li>)}
      </ol>
      <div className="mb-4 flex gap-2">
        <CopyButton text={text} size="md" />
        <Button icon="download" onClick={() => download('rapport-recovery-codes.txt', text)}>{t('factor.codesDownload')}</Button>
      </div>
      <Checkbox isChecked={isKept} onChange={setKept} label={t('factor.codesKept')} />
    </Dialog>
  );
}
