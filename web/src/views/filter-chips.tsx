import { useState, type ReactNode } from 'react';
import { t } from '../i18n/index.ts';
import { Button, buttonLook } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { Icon } from '../ui/icon.tsx';
import { Input, Field } from '../ui/field.tsx';
import { Picker } from '../ui/picker.tsx';
import { Popover } from '../ui/popover.tsx';
import type { Part } from './field-part.ts';
import { daysId } from './filter-parts.ts';

/** Two days to choose a span between, below the spans that are offered. */
function Days({ onChoose }: { onChoose: (id: string) => void }) {
  const [first, setFirst] = useState('');
  const [last, setLast] = useState('');
  const id = daysId(first, last);
  return (
    <form className="flex flex-col gap-2" onSubmit={(event) => { event.preventDefault(); if (id) onChoose(id); }}>
      <div className="grid grid-cols-2 gap-2">
        <Field label={t('views.firstDay')}><Input type="date" value={first} max={last || undefined} onChange={(event) => setFirst(event.target.value)} /></Field>
        <Field label={t('views.lastDay')}><Input type="date" value={last} min={first || undefined} onChange={(event) => setLast(event.target.value)} /></Field>
      </div>
      <Button type="submit" size="sm" disabled={!id}>{t('views.takeDays')}</Button>
    </form>
  );
}

function Chip<F>({ part, isOpen, onOpenChange, onChange }: { part: Part<F>; isOpen: boolean; onOpenChange: (isOpen: boolean) => void; onChange: (filter: F) => void }) {
  const isSet = part.chosen.length > 0;
  const words = <><Icon name={part.icon} size={14} className="text-ink-3" /><span className="shrink-0">{part.label}</span>{part.words && <bdi className="min-w-0 truncate font-medium">{part.words}</bdi>}</>;
  const toggle = (id: string) => onChange(part.apply(part.kind !== 'many' ? (part.chosen.includes(id) ? [] : [id]) : part.chosen.includes(id) ? part.chosen.filter((one) => one !== id) : [...part.chosen, id]));
  const typed = (text: string) => {
    const id = part.fromText?.(text);
    if (id !== undefined && !part.chosen.includes(id)) toggle(id);
  };
  return (
    <span className="inline-flex h-7 max-w-full min-w-0 items-stretch overflow-hidden rounded-full border border-line-strong/50 bg-raised text-sm max-md:h-9">
      {part.kind === 'yes' ? <span className="flex min-w-0 items-center gap-1.5 ps-2.5">{words}</span> : part.kind === 'range' ? (
        <Popover
          isOpen={isOpen} onOpenChange={onOpenChange} label={part.label}
          trigger={<button type="button" className="flex min-w-0 items-center gap-1.5 ps-2.5 pe-1.5 hover:bg-hover data-popup-open:bg-press">{words}</button>}
        >
          <Range part={part} onChoose={(id) => { onChange(part.apply([id])); onOpenChange(false); }} />
        </Popover>
      ) : (
        <Picker
          isOpen={isOpen} onOpenChange={onOpenChange} label={part.label} placeholder={t('views.choose', { what: part.label })} align="start" options={part.options} isMany={part.kind === 'many'} onPick={toggle}
          {...(part.onSearch ? { onSearch: part.onSearch } : {})} {...(part.fromText ? { onCreate: typed, createLabel: (text: string) => text } : {})}
          {...(part.kind === 'window' ? { footer: <Days onChoose={(id) => { onChange(part.apply([id])); onOpenChange(false); }} /> } : {})}
          {...(part.holds ? { footer: <Range part={part} onChoose={(id) => { onChange(part.apply([id])); onOpenChange(false); }} /> } : {})}
          trigger={<button type="button" className="flex min-w-0 items-center gap-1.5 ps-2.5 pe-1.5 hover:bg-hover data-popup-open:bg-press">{words}</button>}
        />
      )}
      {isSet && <button type="button" aria-label={t('views.takeAway', { what: part.label })} onClick={() => onChange(part.apply([]))} className="grid w-7 shrink-0 place-items-center text-ink-3 hover:bg-hover hover:text-ink max-md:w-9"><Icon name="x" size={12} /></button>}
    </span>
  );
}

/** From and to, either of which can be left out. */
function Range({ part, onChoose }: { part: Pick<Part, 'chosen' | 'holds'>; onChoose: (id: string) => void }) {
  const [first = '', last = ''] = (part.chosen[0] ?? '/').split('/');
  const [from, setFrom] = useState(first);
  const [to, setTo] = useState(last);
  const look = part.holds === 'date' ? { type: 'date' } : { inputMode: 'decimal' as const };
  return (
    <form className="flex flex-col gap-2 p-2" onSubmit={(event) => { event.preventDefault(); onChoose(`${from}/${to}`); }}>
      <div className="grid grid-cols-2 gap-2">
        <Field label={t('views.firstDay')}><Input {...look} autoFocus value={from} onChange={(event) => setFrom(event.target.value)} /></Field>
        <Field label={t('views.lastDay')}><Input {...look} value={to} onChange={(event) => setTo(event.target.value)} /></Field>
      </div>
      <Button type="submit" size="sm" disabled={!from.trim() && !to.trim()}>{t('views.takeRange')}</Button>
    </form>
  );
}

interface Props<F> {
  parts: readonly Part<F>[];
  /** Which part is being chosen from, `add` for a new one. */
  open: string | undefined;
  onOpen: (next: (now: string | undefined) => string | undefined) => void;
  onChange: (filter: F) => void;
  className?: string;
  children?: ReactNode;
}

/** What a list is filtered by: each part can be changed or taken away, and more be added. */
export function FilterChips<F>({ parts, open, onOpen, onChange, className, children }: Props<F>) {
  // One picker makes room for the next: what closes must not close what has opened meanwhile.
  const follow = (id: string) => (isOpen: boolean) => onOpen((now) => (isOpen ? id : now === id ? undefined : now));
  const isShown = (part: Part<F>) => part.chosen.length > 0 || open === part.id;
  const add = (id: string) => {
    const part = parts.find((one) => one.id === id);
    if (part?.kind === 'yes') onChange(part.apply(['yes']));
    else onOpen(() => id);
  };
  return (
    <div role="group" aria-label={t('views.filters')} className={classes('flex flex-wrap items-center gap-1.5', className)}>
      {parts.filter(isShown).map((part) => <Chip key={part.id} part={part} isOpen={open === part.id} onOpenChange={follow(part.id)} onChange={onChange} />)}
      <Picker
        isOpen={open === 'add'} onOpenChange={follow('add')} label={t('views.addFilter')} placeholder={t('views.filterBy')} align="start" onPick={add}
        options={parts.filter((part) => part.chosen.length === 0).map((part) => ({ id: part.id, label: part.label, before: <Icon name={part.icon} className="text-ink-3" />, ...(part.group === undefined ? {} : { group: part.group }) }))}
        trigger={<button type="button" className={buttonLook('quiet', 'sm', 'max-md:h-9')}><Icon name="plus" size={14} />{t('views.filter')}</button>}
      />
      {children}
    </div>
  );
}
