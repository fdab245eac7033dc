import { useEffect, useState } from 'react';
import { t } from '../i18n/index.ts';
import { Button, type ButtonSize, type ButtonTone } from './button.tsx';
import { copyText } from './copy-text.ts';
import { showTrouble } from './toast.ts';

interface Props {
  text: string;
  /** What the button says before; afterwards it says that it is done. */
  label?: string;
  tone?: ButtonTone;
  size?: ButtonSize;
  className?: string;
}

export function CopyButton({ text, label = t('ui.copy'), tone = 'plain', size = 'sm', className = '' }: Props) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2500);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    if (await copyText(text)) setCopied(true);
    else showTrouble(t('ui.copyFailed'));
  };
  return (
    <Button tone={tone} size={size} icon={isCopied ? 'check' : 'copy'} className={className} onClick={() => void copy()}>
      <span aria-live="polite">{isCopied ? t('ui.copied') : label}</span>
    </Button>
  );
}

/** Something to hand on: a link, a key. One click takes it along; a triple click selects it where copying is not allowed. */
export function CopyLine({ text, label }: { text: string; label: string }) {
  return (
    <div className="flex items-center gap-2 rounded-md border border-line bg-sunken py-1 ps-3 pe-1">
      <code dir="ltr" tabIndex={0} role="textbox" aria-readonly="true" aria-label={label} className="min-w-0 grow truncate font-mono text-sm select-all focus-visible:whitespace-normal focus-visible:break-all">{text}</code>
      <CopyButton text={text} />
    </div>
  );
}
