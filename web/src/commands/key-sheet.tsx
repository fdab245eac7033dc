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
        {isWaiting ? t('keys.press') : keysOf(id).map((keys) => <Keys key={keys} keys={keys} />)}
      </button>
    </li>
  );
}

/** Every shortcut on one page; a click on its keys binds it anew. */
export function KeySheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [waiting, setWaiting] = useState<CommandId>();
  const [, redraw] = useState(0);
  const bind = (id: CommandId, keys: string | undefined) => {
    rebind(id, keys);
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
      <div className="columns-1 gap-8 md:columns-2">
        {groups.map((group) => {
          const ids = commandIds.filter((id) => commandInfo(id).group === group && keysOf(id).length > 0);
          if (ids.length === 0) return null;
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
