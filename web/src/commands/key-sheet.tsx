import { useState } from 'react';
import { t, type PlainMessageId } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Keys } from '../ui/keys.tsx';
import { Switch } from '../ui/switch.tsx';
import { areLettersOn, keysOf, rebind, switchLetters } from './bindings.ts';
import { commandIds, commandInfo, groups, type CommandId } from './catalogue.ts';
import { notationOf } from './match-keys.ts';

function Row({ id, isWaiting, onWait, onKeys }: { id: CommandId; isWaiting: boolean; onWait: () => void; onKeys: (keys: string) => void }) {
  return (
    <li className="flex min-h-8 items-center justify-between gap-3">
      <span>{t(commandInfo(id).message)}</span>
      <button
        type="button" data-own-keys="" onClick={onWait}
        onKeyDown={(event) => {
          if (!isWaiting || event.key === 'Tab') return;
          const keys = notationOf(event.nativeEvent);
          if (!keys || keys === 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          onKeys(keys);
        }}
        className={classes('flex min-h-7 min-w-7 items-center justify-end gap-1.5 rounded-sm px-1 hover:bg-hover', isWaiting && 'bg-honey-soft text-honey')}
      >
        <span className="sr-only">{t('keys.change', { command: t(commandInfo(id).message) })}</span>
        {isWaiting ? t('keys.press') : keysOf(id).length > 0 ? keysOf(id).map((keys) => <Keys key={keys} keys={keys} />) : <span aria-hidden="true" className="text-ink-3">–</span>}
      </button>
    </li>
  );
}

/** Every shortcut on one page; a click on its keys binds it anew. */
export function KeySheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [waiting, setWaiting] = useState<CommandId>();
  const [words, setWords] = useState('');
  const [taken, setTaken] = useState('');
  const isFound = (id: CommandId) => words.toLocaleLowerCase().split(/\s+/).every((word) => t(commandInfo(id).message).toLocaleLowerCase().includes(word));
  const shown = groups.map((group) => [group, commandIds.filter((id) => commandInfo(id).group === group && isFound(id))] as const).filter(([, ids]) => ids.length > 0);
  const [, redraw] = useState(0);
  const bind = (id: CommandId, keys: string | undefined) => {
    const before = keys === undefined ? undefined : commandIds.find((other) => other !== id && keysOf(other).includes(keys));
    rebind(id, keys);
    setTaken(before && keys && keysOf(before).length === 0 ? t('keys.taken', { keys, command: t(commandInfo(before).message) }) : '');
    setWaiting(undefined);
    redraw((n) => n + 1);
  };
  return (
    <Dialog
      isOpen={isOpen} onClose={onClose} width="lg" title={t('command.keys')} description={t('keys.hint')}
      actions={
        <div className="flex grow items-center justify-between gap-4">
          <Switch label={t('keys.letters')} isOn={areLettersOn()} onChange={(isOn) => { switchLetters(isOn); redraw((n) => n + 1); }} />
          <Button tone="quiet" size="sm" onClick={() => { for (const id of commandIds) rebind(id, undefined); redraw((n) => n + 1); }}>{t('keys.reset')}</Button>
        </div>
      }
    >
      <input type="search" autoComplete="off" aria-label={t('keys.find')} placeholder={t('keys.find')} value={words} onChange={(event) => setWords(event.target.value)} className="mb-3 h-9 w-full rounded-md border border-line-strong/60 bg-surface px-3 text-base" />
      <p role="status" className="text-sm text-honey [&:not(:empty)]:mb-3">{taken || (shown.length === 0 ? t('keys.none') : '')}</p>
      <div className="columns-1 gap-8 md:columns-2">
        {shown.map(([group, ids]) => {
          return (
            <section key={group} className="mb-4 break-inside-avoid">
              <h3 className="mb-1 text-sm font-semibold text-ink-3">{t(`command.group.${group}` as PlainMessageId)}</h3>
              <ul>{ids.map((id) => <Row key={id} id={id} isWaiting={waiting === id} onWait={() => setWaiting(id)} onKeys={(keys) => bind(id, keys)} />)}</ul>
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}
