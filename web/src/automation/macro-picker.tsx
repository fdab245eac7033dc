import type { RenderedMacro } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { actionWords } from '../cases/composer/also-line.tsx';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { queryClient } from '../data/query-client.ts';
import { t } from '../i18n/index.ts';
import { formatShort } from '../i18n/format.ts';
import { Badge } from '../ui/badge.tsx';
import { classes } from '../ui/classes.ts';
import { Icon } from '../ui/icon.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { showTrouble } from '../ui/toast.ts';
import { findMacros } from './find-macros.ts';
import { MarkedText } from './marked-text.tsx';
import { macrosQuery, renderedQuery } from './queries.ts';
import { takeWantedMacro } from './wanted-macro.ts';

export type PickedMacro = RenderedMacro;
const MOST = 60;

/** How a macro reads on the case, with what is still open marked. */
export function MacroPreview({ rendered }: { rendered: RenderedMacro }) {
  const words = actionWords(rendered.actions);
  return (
    <>
      <MarkedText text={rendered.text} />
      {words.length > 0 && <p className="mt-3 flex flex-wrap gap-1">{words.map((one) => <Badge key={one} icon="zap">{one}</Badge>)}</p>}
      {rendered.missing.length + rendered.unknown.length > 0 && <p className="mt-3 flex items-start gap-1.5 text-sm text-honey"><Icon name="triangle-alert" size={14} className="mt-0.5" />{t('macro.missing', { names: [...rendered.missing, ...rendered.unknown].join(', ') })}</p>}
    </>
  );
}

interface Props {
  caseId: string;
  onPick: (macro: PickedMacro) => void;
  /** With what was typed, when it was meant for the words after all. */
  onClose: (typed?: string) => void;
}

/** Saved replies and macros above the words: type to find, arrows to look, Enter to take. A second slash, or a space, was meant for the words. */
export function MacroPicker({ caseId, onPick, onClose }: Props) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const query = useQuery(macrosQuery);
  const shown = useMemo(() => findMacros(query.data ?? [], typed).slice(0, MOST), [query.data, typed]);
  const current = shown[Math.min(at, Math.max(0, shown.length - 1))];
  const rendered = useQuery({ ...renderedQuery(caseId, current?.id ?? ''), enabled: current !== undefined }).data;
  const isTaking = useRef(false);

  const take = async (macroId: string) => {
    if (isTaking.current) return;
    isTaking.current = true;
    try {
      const macro = await queryClient.ensureQueryData(renderedQuery(caseId, macroId));
      void client.macros.recordUse({ params: { macroId } }).catch(() => undefined);
      onPick(macro);
    } catch (error) {
      showTrouble(explain(error));
    } finally {
      isTaking.current = false;
    }
  };
  const takeLatest = useRef(take);
  useEffect(() => {
    const wanted = takeWantedMacro();
    if (wanted !== undefined) void takeLatest.current(wanted);
  }, []);
  useEffect(() => {
    const onPress = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) onClose();
    };
    addEventListener('pointerdown', onPress, true);
    return () => removeEventListener('pointerdown', onPress, true);
  }, [onClose]);

  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && shown.length > 0) {
      const next = (at + step + shown.length) % shown.length;
      setAt(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && current) void take(current.id);
    else if (event.key === 'Escape' || (event.key === 'Backspace' && typed === '')) onClose();
    else if (typed === '' && (event.key === '/' || event.key === ' ')) onClose(event.key === '/' ? '/' : '/ ');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={box} role="dialog" aria-label={t('macro.use')} onKeyDown={onKey} className="popup absolute inset-x-0 bottom-full z-30 mb-1 flex max-h-[min(24rem,60vh)] flex-col overflow-hidden rounded-lg bg-raised shadow-float md:inset-x-4">
      <div className="flex items-center gap-2 border-b border-line px-3">
        <Icon name="message-square-text" size={16} className="text-ink-3" />
        <input
          autoFocus value={typed} onChange={(event) => { setTyped(event.target.value); setAt(0); }} role="combobox" aria-expanded="true" aria-controls={`${id}-list`} aria-activedescendant={current ? `${id}-${shown.indexOf(current)}` : undefined}
          aria-label={t('macro.find')} placeholder={t('macro.find')} autoComplete="off" spellCheck={false} className="h-10 min-w-0 grow bg-transparent text-base outline-none placeholder:text-ink-3"
        />
      </div>
      <div className="flex min-h-0 grow">
        <div id={`${id}-list`} role="listbox" aria-label={t('macro.use')} className="min-w-0 grow basis-1/2 overflow-y-auto p-1">
          {shown.map((macro, index) => (
            <div
              key={macro.id} id={`${id}-${index}`} role="option" aria-selected={macro === current} onPointerMove={() => setAt(index)} onClick={() => void take(macro.id)}
              className={classes('flex min-h-9 cursor-default items-center gap-2.5 rounded-sm px-2 py-1 text-base select-none', macro === current && 'bg-hover')}
            >
              <Icon name={macro.hasActions ? 'zap' : 'message-square-text'} size={14} className="shrink-0 text-ink-3" />
              <span dir="auto" className="min-w-0 grow truncate">{macro.name}</span>
              <span className="max-w-28 shrink-0 truncate text-xs text-ink-3">{macro.folder.name}</span>
            </div>
          ))}
          {query.isPending && <div className="flex flex-col gap-2 p-2"><Skeleton className="h-4 w-40" /><Skeleton className="h-4 w-32" /></div>}
          {query.isError && <p className="p-3 text-sm text-clay">{explain(query.error)}</p>}
          {query.data && shown.length === 0 && <p className="p-3 text-sm text-ink-3">{t('ui.nothingFound')}</p>}
        </div>
        <div aria-live="polite" className="min-w-0 basis-1/2 overflow-y-auto border-s border-line p-3 max-md:hidden">
          {current && <p className="mb-2 text-xs text-ink-3">{current.uses > 0 && current.lastUsedAt ? t('macro.usedLast', { count: current.uses, at: formatShort(current.lastUsedAt) }) : t('macro.neverUsed')}</p>}
          {rendered && current ? <MacroPreview rendered={rendered} /> : current && <Skeleton className="h-4 w-48" />}
        </div>
      </div>
    </div>
  );
}
