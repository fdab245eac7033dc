import type { Editor } from '@tiptap/core';
import { useId, useState } from 'react';
import { t } from '../../../i18n/index.ts';
import { Button } from '../../../ui/button.tsx';

/** The address behind the chosen words. Without chosen words the address itself is put in. */
export function LinkField({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const id = useId();
  const before = String(editor.getAttributes('link')['href'] ?? '');
  const [address, setAddress] = useState(before);
  const put = () => {
    const typed = address.trim();
    const href = /^(https?:|mailto:|tel:)/i.test(typed) ? typed : typed.includes('@') && !typed.includes('/') ? `mailto:${typed}` : `https://${typed}`;
    if (typed === '') editor.chain().focus().extendMarkRange('link').unsetLink().run();
    else if (editor.state.selection.empty && before === '') editor.chain().focus().insertContent({ type: 'text', text: typed, marks: [{ type: 'link', attrs: { href } }] }).run();
    else editor.chain().focus().extendMarkRange('link').setLink({ href }).run();
    onClose();
  };
  return (
    <div
      className="flex items-center gap-2 border-y border-line px-3 py-1.5"
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') put();
        else if (event.key === 'Escape') onClose();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <label htmlFor={id} className="text-sm text-ink-3">{t('rich.address')}</label>
      <input id={id} data-own-keys="" autoFocus value={address} onChange={(event) => setAddress(event.target.value)} placeholder="https://" autoComplete="off" spellCheck={false} className="h-8 min-w-0 grow bg-transparent text-base outline-none" />
      <Button size="sm" tone="primary" onClick={put}>{t('rich.setLink')}</Button>
      {before !== '' && <Button size="sm" tone="quiet" onClick={() => { editor.chain().focus().extendMarkRange('link').unsetLink().run(); onClose(); }}>{t('rich.removeLink')}</Button>}
    </div>
  );
}
