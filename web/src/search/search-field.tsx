import { useEffect, useId, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { t } from '../i18n/index.ts';
import { classes } from '../ui/classes.ts';
import { Icon } from '../ui/icon.tsx';
import { tokenAt, type Token } from './token.ts';
import { useSuggestions, type Suggestion } from './use-suggestions.ts';

export interface FieldHandle {
  focus: () => void;
  select: () => void;
}

interface Props {
  text: string;
  onText: (text: string) => void;
  /** Enter, when no suggestion is chosen. */
  onEnter: () => void;
  /** Arrow down, when nothing is suggested. */
  onDown: () => void;
  handle: Ref<FieldHandle>;
}

/** Where words and filters are typed; suggests what could be meant. Arrows and Enter choose a suggestion, Escape puts them away, and nothing is chosen by itself. */
export function SearchField({ text, onText, onEnter, onDown, handle }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const list = useId();
  const [token, setToken] = useState<Token>();
  const [at, setAt] = useState(-1);
  const caretTo = useRef<number>(undefined);
  const suggestions = useSuggestions(token);
  const isOpen = suggestions.length > 0;
  useImperativeHandle(handle, () => ({ focus: () => input.current?.focus(), select: () => input.current?.select() }));
  useEffect(() => setAt(-1), [token?.start, token?.name, token?.value]);
  useEffect(() => {
    if (caretTo.current === undefined) return;
    input.current?.setSelectionRange(caretTo.current, caretTo.current);
    caretTo.current = undefined;
  }, [text]);

  const look = () => {
    const element = input.current;
    if (element) setToken(element.selectionStart === element.selectionEnd ? tokenAt(element.value, element.selectionStart ?? 0) : undefined);
  };
  const take = (one: Suggestion) => {
    if (!token) return;
    const next = text.slice(0, token.start) + one.text + text.slice(token.end).trimStart();
    caretTo.current = token.start + one.text.length;
    onText(next);
    // A name of a filter leads on to its values.
    setToken(tokenAt(next, caretTo.current));
    input.current?.focus();
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const { key } = event;
    const chosen = suggestions[at];
    const stop = () => {
      event.preventDefault();
      event.stopPropagation();
    };
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      stop();
      if (isOpen) setAt((now) => (key === 'ArrowDown' ? (now + 1) % suggestions.length : (now <= 0 ? suggestions.length : now) - 1));
      else if (key === 'ArrowDown') onDown();
    } else if (key === 'Enter') {
      stop();
      if (isOpen && chosen) return take(chosen);
      setToken(undefined);
      onEnter();
    } else if (key === 'Tab' && isOpen && chosen && !event.shiftKey) {
      stop();
      take(chosen);
    } else if (key === 'Escape' && isOpen) {
      stop();
      setToken(undefined);
    }
  };

  return (
    <div className="relative">
      <div className="flex h-12 items-center gap-3 rounded-lg border border-line-strong/60 bg-surface px-4 shadow-lift focus-within:border-focus focus-within:outline-1 focus-within:outline-focus">
        <Icon name="search" size={18} className="text-ink-3" />
        <input
          ref={input} autoFocus value={text} type="search" enterKeyHint="search" maxLength={300} spellCheck={false} autoComplete="off" autoCapitalize="off" placeholder={t('search.placeholder')} aria-label={t('place.search')}
          role="combobox" aria-autocomplete="list" aria-expanded={isOpen} aria-controls={isOpen ? list : undefined} aria-activedescendant={isOpen && at >= 0 ? `${list} ${at}` : undefined}
          onChange={(event) => {
            onText(event.target.value);
            look();
          }}
          onKeyDown={onKey} onClick={look} onBlur={() => setToken(undefined)}
          className="min-w-0 grow bg-transparent text-md outline-none placeholder:text-ink-3 [&::-webkit-search-cancel-button]:hidden"
        />
        {text && <button type="button" aria-label={t('search.clear')} onClick={() => { onText(''); input.current?.focus(); }} className="grid size-8 place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"><Icon name="x" /></button>}
      </div>
      {isOpen && (
        <ul id={list} role="listbox" aria-label={t('search.suggestions')} className="popup absolute inset-x-0 top-full z-20 mt-1 max-h-80 overflow-y-auto rounded-lg bg-raised p-1 shadow-float">
          {suggestions.map((one, index) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field has the keys, as in every combobox
            <li
              key={one.id} id={`${list} ${index}`} role="option" aria-selected={index === at} onMouseDown={(event) => event.preventDefault()} onClick={() => take(one)} onMouseMove={() => setAt(index)}
              className={classes('flex min-h-9 cursor-default items-baseline gap-3 rounded-md px-3 py-2', index === at && 'bg-accent-soft')}
            >
              <bdi className="shrink-0 font-medium">{one.label}</bdi>
              {one.hint && <bdi className="min-w-0 truncate text-sm text-ink-3">{one.hint}</bdi>}
            </li>
          ))}
        </ul>
      )}
      <p role="status" className="sr-only">{isOpen ? `${suggestions.length} ${t('search.suggestions')}` : ''}</p>
    </div>
  );
}
