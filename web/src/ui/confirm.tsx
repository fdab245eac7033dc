import { useId, useRef, useState, type ReactNode } from 'react';
import { t } from '../i18n/index.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field, Input } from './field.tsx';

interface Props {
  isOpen: boolean;
  onClose: () => void;
  title: ReactNode;
  /** What will happen, and what will not. */
  children: ReactNode;
  /** The verb on the button. */
  deed: string;
  isBusy?: boolean;
  /** Has to be typed first, for what cannot be taken back. */
  typed?: string;
  onConfirm: () => void;
}

/** Asks before something that cannot be undone. What can be undone is done at once and offers a way back instead. */
export function Confirm({ isOpen, onClose, title, children, deed, isBusy = false, typed, onConfirm }: Props) {
  const [text, setText] = useState('');
  const cancel = useRef<HTMLButtonElement>(null);
  const id = useId();
  const isReady = typed === undefined || text.trim() === typed;
  const close = () => {
    setText('');
    onClose();
  };
  return (
    <Dialog
      isOpen={isOpen} onClose={close} title={title} {...(typed === undefined ? { focusFirst: cancel } : {})}
      actions={
        <>
          <Button ref={cancel} onClick={close}>{t('ui.cancel')}</Button>
          <Button type="submit" form={id} tone="danger" isBusy={isBusy} disabled={!isReady}>{deed}</Button>
        </>
      }
    >
      <form
        id={id} className="flex flex-col gap-4 text-ink-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !isBusy) onConfirm();
        }}
      >
        <div>{children}</div>
        {typed !== undefined && <Field label={t('ui.typeToConfirm', { text: typed })}><Input value={text} onChange={(event) => setText(event.target.value)} autoComplete="off" spellCheck={false} /></Field>}
      </form>
    </Dialog>
  );
}
