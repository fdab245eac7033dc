import { Popover } from '@base-ui/react/popover';
import { cloneElement, useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactElement, type ReactNode, type RefObject } from 'react';
import { t } from '../i18n/index.ts';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';

export interface PickerOption {
  id: string;
  label: string;
  /** Beside the label, quieter. */
  hint?: string;
  before?: ReactNode;
  isChosen?: boolean;
  group?: string;
  /** Further words it is found by. */
  words?: string;
}

interface Props {
  trigger: ReactElement<Record<string, unknown>>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  label: string;
  placeholder: string;
  options: readonly PickerOption[];
  onPick: (id: string) => void;
  /** Stays open after a choice, for picking several. */
  isMany?: boolean;
  /** Offers what was typed as a new option. */
  onCreate?: (text: string) => void;
  createLabel?: (text: string) => string;
  /** Told what is typed, and once when it opens, for options that have to be asked for. */
  onSearch?: (text: string) => void;
  align?: 'start' | 'end';
  footer?: ReactNode;
}

const matches = (option: PickerOption, words: string[]) => {
  const text = `${option.label} ${option.hint ?? ''} ${option.words ?? ''}`.toLocaleLowerCase();
  return words.every((word) => text.includes(word));
};

/**
 * A list to choose from by typing: arrow keys move, Enter chooses, Escape closes and the focus goes back to where it was.
 * Only the button is there until it opens; a header with seven of them must not slow down the next case.
 */
export function Picker({ trigger, ...rest }: Props) {
  const { isOpen, onOpenChange } = rest;
  const anchor = useRef<HTMLElement>(null);
  return (
    <>
      {cloneElement(trigger, { ref: anchor, 'aria-haspopup': 'dialog', 'aria-expanded': isOpen, 'data-popup-open': isOpen ? '' : undefined, onClick: () => onOpenChange(!isOpen) })}
      {isOpen && <PickerPopup anchor={anchor} {...rest} />}
    </>
  );
}

function PickerPopup({ anchor, onOpenChange, label, placeholder, options, onPick, isMany = false, onCreate, createLabel, onSearch, align = 'end', footer }: Omit<Props, 'trigger'> & { anchor: RefObject<HTMLElement | null> }) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(() => Math.max(0, isMany ? 0 : options.findIndex((option) => option.isChosen)));
  const [before] = useState(() => document.activeElement as HTMLElement | null);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  useEffect(() => onSearch?.(text.trim()), [onSearch, text]);
  const shown = useMemo(() => {
    const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    return words.length === 0 ? options : options.filter((option) => matches(option, words));
  }, [options, text]);
  const fresh = text.trim();
  const canCreate = onCreate !== undefined && fresh !== '' && !options.some((option) => option.label.toLocaleLowerCase() === fresh.toLocaleLowerCase());
  const count = shown.length + (canCreate ? 1 : 0);
  const current = Math.min(at, Math.max(0, count - 1));

  const choose = (index: number) => {
    const option = shown[index];
    if (option) onPick(option.id);
    else if (canCreate) onCreate(fresh);
    else return;
    if (isMany) {
      setText('');
      input.current?.focus();
    } else onOpenChange(false);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' || (event.ctrlKey && event.key === 'n') ? 1 : event.key === 'ArrowUp' || (event.ctrlKey && event.key === 'p') ? -1 : 0;
    if (step !== 0 && count > 0) {
      event.preventDefault();
      const next = (current + step + count) % count;
      setAt(next);
      document.getElementById(`${listId}-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(current);
    }
  };

  const row = (index: number, key: string, isChosen: boolean, content: ReactNode) => (
    <div
      key={key} id={`${listId}-${index}`} role="option" aria-selected={isChosen} onPointerMove={() => setAt(index)} onClick={() => choose(index)}
      className={classes('flex min-h-8 cursor-default items-center gap-2.5 rounded-sm px-2 py-1 text-base select-none', index === current && 'bg-hover')}
    >
      {content}
      <span className="grow" />
      {isChosen && <Icon name="check" className="text-accent" />}
    </div>
  );

  return (
    <Popover.Root
      open
      onOpenChange={(_, details) => {
        // A press on the button itself closes by its own click.
        if (!anchor.current?.contains(details.event.target as Node)) onOpenChange(false);
      }}
    >
      <Popover.Portal>
        <Popover.Positioner anchor={anchor} side="bottom" align={align} sideOffset={4} collisionPadding={8} className="z-50">
          <Popover.Popup aria-label={label} initialFocus={input} finalFocus={() => (before?.isConnected && before !== document.body ? before : false)} className="popup flex w-72 max-w-[calc(100vw-1rem)] flex-col rounded-md bg-raised shadow-float outline-none">
      <div className="flex items-center gap-2 border-b border-line px-3">
        <Icon name="search" size={14} className="text-ink-3" />
        <input
          ref={input} value={text} onChange={(event) => { setText(event.target.value); setAt(0); }} onKeyDown={onKey} placeholder={placeholder} aria-label={label}
          role="combobox" aria-expanded="true" aria-controls={listId} aria-activedescendant={count > 0 ? `${listId}-${current}` : undefined} autoComplete="off" spellCheck={false}
          className="h-10 min-w-0 grow bg-transparent text-base outline-none placeholder:text-ink-3"
        />
      </div>
      <div id={listId} role="listbox" aria-label={label} aria-multiselectable={isMany || undefined} className="max-h-72 overflow-y-auto p-1">
        {shown.map((option, index) => {
          const isGroupStart = option.group !== undefined && option.group !== shown[index - 1]?.group;
          return [
            isGroupStart && <div key={`${option.id}-group`} role="presentation" className="px-2 pt-2 pb-1 text-xs font-medium text-ink-3">{option.group}</div>,
            row(index, option.id, option.isChosen ?? false, <>{option.before}<span className={option.hint ? 'shrink-0' : 'truncate'}>{option.label}</span>{option.hint && <span className="min-w-0 truncate text-sm text-ink-3">{option.hint}</span>}</>),
          ];
        })}
        {canCreate && row(shown.length, 'create', false, <><Icon name="plus" className="text-ink-3" /><span className="truncate">{createLabel?.(fresh) ?? fresh}</span></>)}
        {count === 0 && <p className="px-2 py-3 text-center text-sm text-ink-3">{t('ui.nothingFound')}</p>}
      </div>
      {footer && <div className="border-t border-line p-2">{footer}</div>}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
