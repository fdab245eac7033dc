import { useState, type KeyboardEvent } from 'react';
import { t } from '../i18n/index.ts';
import { classes } from './classes.ts';
import { inputLook } from './field.tsx';
import { Icon } from './icon.tsx';

interface Props {
  values: readonly string[];
  onChange: (values: string[]) => void;
  ariaLabel: string;
  placeholder?: string;
  /** Texts that are not taken; they stay in the field to be mended. */
  isValid?: (text: string) => boolean;
}

/** Several short texts, such as addresses: Enter, comma, space or leaving the field adds one; Backspace in the empty field takes the last one away. */
export function ChipsInput({ values, onChange, ariaLabel, placeholder, isValid = () => true }: Props) {
  const [text, setText] = useState('');
  const add = (typed: string) => {
    const parts = typed.split(/[\s,;]+/).filter(Boolean);
    const good = parts.filter(isValid);
    if (good.length > 0) onChange([...new Set([...values, ...good])]);
    setText(parts.filter((part) => !isValid(part)).join(' '));
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' || event.key === ',' || event.key === ';' || event.key === ' ') {
      if (text.trim() === '' && event.key === 'Enter') return;
      event.preventDefault();
      add(text);
    } else if (event.key === 'Backspace' && text === '' && values.length > 0) {
      onChange(values.slice(0, -1));
    }
  };
  return (
    <div className={classes(inputLook, 'flex min-h-9 flex-wrap items-center gap-1.5 py-1 focus-within:border-focus')}>
      {values.map((value) => (
        <span key={value} className="inline-flex h-6 max-w-full items-center gap-0.5 rounded-sm bg-hover ps-2 text-sm">
          <bdi className="truncate">{value}</bdi>
          <button type="button" aria-label={t('ui.removeThis', { what: value })} className="grid size-6 place-items-center rounded-sm text-ink-3 hover:text-ink" onClick={() => onChange(values.filter((other) => other !== value))}><Icon name="x" size={12} /></button>
        </span>
      ))}
      <input
        value={text} onChange={(event) => setText(event.target.value)} onKeyDown={onKey} onBlur={() => add(text)} aria-label={ariaLabel} placeholder={values.length === 0 ? placeholder : undefined}
        autoCapitalize="off" autoComplete="off" spellCheck={false} className="h-6 min-w-32 grow bg-transparent text-base outline-none placeholder:text-ink-3"
      />
    </div>
  );
}
