import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { t } from '../../i18n/index.ts';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/icon.tsx';
import { isAddress, readAddresses, withAddresses } from './addresses.ts';
import { useSuggestions } from './use-suggestions.ts';

interface Props {
  label: string;
  values: readonly string[];
  onChange: (values: string[]) => void;
  /** Names for addresses, as far as they are known. */
  nameOf: (address: string) => string | null;
  /** Whether an address has taken part before; a new one is marked, for a second look before sending. */
  isKnown: (address: string) => boolean;
  /** Hears of text that is no address, so that nobody is left out silently; empty when all is well. */
  onRest: (text: string) => void;
  autoFocus?: boolean;
  /** Whose participants are suggested first. */
  caseId?: string | undefined;
  /** Stands at the end of the line. */
  after?: ReactNode;
}

/** Whom a reply goes to. Enter, comma, semicolon or leaving the field takes what was typed; Backspace in the empty field takes the last one away. */
export function AddressLine({ label, values, onChange, nameOf, isKnown, onRest, autoFocus = false, caseId, after }: Props) {
  const [text, setText] = useState('');
  const [isWrong, setWrong] = useState(false);
  const [at, setAt] = useState(0);
  const [isShut, setShut] = useState(false);
  const listId = useId();
  const offered = useSuggestions(caseId, text, values);
  const isOffering = offered.length > 0 && !isShut;
  const tell = useRef(onRest);
  useEffect(() => {
    const told = tell.current;
    return () => told('');
  }, []);
  const edit = (next: string) => {
    setText(next);
    setAt(0);
    setShut(false);
    setWrong(false);
    onRest(next.trim());
  };
  const take = (typed: string) => {
    const { found, rest } = readAddresses(typed);
    if (found.length > 0) onChange(withAddresses(values, found));
    setText(rest);
    setWrong(rest !== '');
    onRest(rest);
  };
  const choose = (address: string) => {
    onChange(withAddresses(values, [address]));
    edit('');
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
    if (isOffering && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      setAt((at + (event.key === 'ArrowDown' ? 1 : offered.length - 1)) % offered.length);
    } else if (isOffering && event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      setShut(true);
    } else if (isOffering && (event.key === 'Enter' || event.key === 'Tab') && !isAddress(text.trim())) {
      event.preventDefault();
      choose(offered[at]?.address ?? text);
    } else if ((event.key === 'Enter' || event.key === ',' || event.key === ';' || (event.key === ' ' && isAddress(text.trim()))) && text.trim() !== '') {
      event.preventDefault();
      take(text);
    } else if (event.key === 'Backspace' && text === '' && values.length > 0) onChange(values.slice(0, -1));
  };
  return (
    <div className="relative flex min-h-8 items-start gap-2 px-3">
      <span className="w-8 shrink-0 pt-1.5 text-sm text-ink-3" aria-hidden="true">{label}</span>
      <div className="flex min-w-0 grow flex-wrap items-center gap-1 py-1">
        {values.map((value) => (
          <span key={value} title={value} className={classes('inline-flex h-6 max-w-full items-center rounded-sm ps-2 text-sm', isKnown(value) ? 'bg-hover' : 'bg-honey-soft text-honey')}>
            {!isKnown(value) && <><Icon name="triangle-alert" size={12} className="me-1" /><span className="sr-only">{t('composer.newAddress')} </span></>}
            <bdi className="truncate">{nameOf(value) ?? value}</bdi>
            <button type="button" aria-label={t('ui.removeThis', { what: value })} onClick={() => onChange(values.filter((other) => other !== value))} className="grid size-6 shrink-0 place-items-center rounded-sm text-ink-3 hover:text-ink"><Icon name="x" size={12} /></button>
          </span>
        ))}
        <input
          value={text} onChange={(event) => edit(event.target.value)} onKeyDown={onKey} onBlur={() => take(text)} role="combobox" aria-autocomplete="list" aria-expanded={isOffering} aria-controls={isOffering ? listId : undefined} aria-activedescendant={isOffering ? `${listId}-${at}` : undefined} aria-label={label} aria-invalid={isWrong || undefined} autoFocus={autoFocus}
          onPaste={(event) => {
            const pasted = event.clipboardData.getData('text');
            if (!/[,;\n<]/.test(pasted)) return;
            event.preventDefault();
            take(pasted);
          }}
          inputMode="email" autoCapitalize="off" autoComplete="off" spellCheck={false} className={classes('h-6 min-w-24 grow rounded-sm bg-transparent text-sm outline-none', isWrong && 'text-clay underline decoration-wavy underline-offset-4')}
        />
      </div>
      {after}
      {isOffering && (
        <ul id={listId} role="listbox" aria-label={t('composer.suggestions')} className="popup absolute inset-x-12 bottom-full z-30 mb-1 max-h-60 overflow-y-auto rounded-md bg-raised p-1 shadow-float">
          {offered.map((one, index) => (
            // Before the field loses the focus and takes what was typed so far.
            <li key={one.address} id={`${listId}-${index}`} role="option" aria-selected={index === at} onPointerDown={(event) => { event.preventDefault(); choose(one.address); }} onPointerMove={() => setAt(index)} className={classes('flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2 text-sm', index === at && 'bg-hover')}>
              <bdi className="truncate font-medium">{one.name ?? one.address}</bdi>
              {one.name && <bdi className="min-w-0 truncate text-ink-3">{one.address}</bdi>}
              {one.isParticipant && <span className="ms-auto shrink-0 text-xs text-ink-3">{t('composer.takesPart')}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
