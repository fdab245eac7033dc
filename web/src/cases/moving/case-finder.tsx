import type { CaseRow } from '@rapport/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { client } from '../../data/client.ts';
import { customerCasesQuery } from '../../data/customers.ts';
import { t } from '../../i18n/index.ts';
import { formatShort } from '../../i18n/format.ts';
import { classes } from '../../ui/classes.ts';
import { Field, Input } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { toneInk } from '../tone-ink.ts';
import { stateOf, statusLook, statusWord, subjectOf } from '../words.ts';

const PAUSE_MS = 200;
const FEW = 8;

interface Props {
  /** The case for which another is looked for. */
  row: CaseRow;
  chosen: CaseRow | undefined;
  onChoose: (row: CaseRow) => void;
  /** Leaves out cases that cannot be meant. */
  isFit?: (row: CaseRow) => boolean;
  inputRef?: RefObject<HTMLInputElement | null>;
}

/** Finds another case: the customer's own are there at once, others by number or by words. */
export function CaseFinder({ row, chosen, onChoose, isFit = () => true, inputRef }: Props) {
  const [text, setText] = useState('');
  const [words, setWords] = useState('');
  const name = useId();
  const list = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => setWords(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const own = useInfiniteQuery(customerCasesQuery(row.customer.id)).data?.pages.flatMap((page) => page.items) ?? [];
  const found = useQuery({ queryKey: ['find-case', words], queryFn: async ({ signal }) => (await client.cases.search({ query: { q: words, limit: FEW }, signal })).items.map((hit) => hit.case), enabled: words !== '', staleTime: 10_000 });
  const shown = (words === '' ? own : (found.data ?? [])).filter((one) => one.id !== row.id && isFit(one)).slice(0, FEW);
  const onKey = (event: KeyboardEvent) => {
    const first = shown[0];
    if (event.nativeEvent.isComposing || !first) return;
    const isIntoList = event.key === 'ArrowDown';
    // Enter takes the first that was found; when one is chosen and in sight, it is the dialog's.
    if (!isIntoList && (event.key !== 'Enter' || shown.some((one) => one.id === chosen?.id))) return;
    event.preventDefault();
    if (!shown.some((one) => one.id === chosen?.id)) onChoose(first);
    if (isIntoList) (list.current?.querySelector<HTMLElement>('input:checked') ?? list.current?.querySelector('input'))?.focus();
  };
  return (
    <div className="flex flex-col gap-2">
      <Field label={t('moving.find')} hint={t('moving.findHint')}><Input ref={inputRef} value={text} onChange={(event) => setText(event.target.value)} onKeyDown={onKey} autoComplete="off" spellCheck={false} /></Field>
      <fieldset ref={list} className="flex max-h-64 flex-col overflow-y-auto rounded-md border border-line" aria-busy={found.isFetching}>
        <legend className="sr-only">{t('moving.candidates')}</legend>
        {shown.map((one) => {
          const state = stateOf(one);
          return (
            <label key={one.id} className={classes('flex cursor-default items-start gap-2.5 border-b border-line px-3 py-2 last:border-b-0 hover:bg-hover has-focus-visible:bg-hover', chosen?.id === one.id && 'bg-accent-soft')}>
              <input type="radio" name={name} checked={chosen?.id === one.id} onChange={() => onChoose(one)} className="mt-1 accent-(--color-accent)" />
              <span className="min-w-0 grow">
                <span dir="auto" className="align-frame line-clamp-1 text-base">{subjectOf(one)}</span>
                <span className="flex flex-wrap gap-x-1.5 text-xs text-ink-3"><bdi>#{one.number}</bdi>·<bdi>{one.customer.name}</bdi>·<span>{formatShort(one.lastActivityAt)}</span></span>
              </span>
              <span className={classes('flex shrink-0 items-center gap-1 pt-0.5 text-xs', toneInk(statusLook(state).tone))}><Icon name={statusLook(state).icon} size={14} />{statusWord(state)}</span>
            </label>
          );
        })}
        {shown.length === 0 && !found.isFetching && <p className="px-3 py-4 text-center text-sm text-ink-3">{t(words === '' ? 'moving.noneOfCustomer' : 'ui.nothingFound')}</p>}
      </fieldset>
    </div>
  );
}
