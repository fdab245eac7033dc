import { Dialog } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { useState } from 'react';
import { t, type PlainMessageId } from '../i18n/index.ts';
import type { IconName } from '../ui/icon-names.ts';
import { Icon } from '../ui/icon.tsx';
import { Keys } from '../ui/keys.tsx';
import { firstKeys } from './bindings.ts';
import { commandInfo, type CommandGroup, type CommandId } from './catalogue.ts';
import { runCommand } from './registry.ts';

/** Something to go to that is no command: a view, a person, a page. */
export interface PaletteTarget {
  id: string;
  label: string;
  group: string;
  icon: IconName;
  run: () => void;
}

interface Props {
  isOpen: boolean;
  /** What stands in the field at first. */
  begin?: string | undefined;
  onClose: () => void;
  /** The commands that do something where the palette was opened. */
  commands: readonly CommandId[];
  targets: readonly PaletteTarget[];
  /** Offered last for whatever was typed. */
  onSearch: (words: string) => void;
  /** Offered first when a number was typed. */
  onCaseNumber: (number: number) => void;
}

/** What is before the eyes comes first. */
const byNearness = ['case', 'write', 'list', 'go', 'view'] as const satisfies readonly CommandGroup[];
const itemLook = 'flex h-9 cursor-default items-center gap-3 rounded-md px-2.5 text-base select-none data-[selected=true]:bg-accent-soft';
const groupLook = '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-3';

function Item({ icon, label, keys, value, onSelect, isAlways = false }: { icon: IconName | undefined; label: string; keys?: string | undefined; value: string; onSelect: () => void; isAlways?: boolean }) {
  return (
    <Command.Item value={value} onSelect={onSelect} className={itemLook} forceMount={isAlways}>
      {icon ? <Icon name={icon} className="text-ink-3" /> : <span className="size-4" />}
      <span className="grow truncate">{label}</span>
      {keys && <Keys keys={keys} />}
    </Command.Item>
  );
}

/** Everything that can be done or gone to, by typing a part of its name. */
export default function Palette({ isOpen, begin = '', onClose, commands, targets, onSearch, onCaseNumber }: Props) {
  const [words, setWords] = useState(begin);
  const number = /^#?(\d{1,12})$/.exec(words.trim())?.[1];
  // The deed runs after the palette has closed and the focus is back where it was, so that what it opens can take the focus for itself.
  const choose = (run: () => void) => () => {
    onClose();
    requestAnimationFrame(() => requestAnimationFrame(run));
  };
  const targetGroups = [...new Set(targets.map((target) => target.group))];
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-140 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup aria-label={t('command.palette')} className="popup fixed inset-x-0 top-[12vh] z-40 mx-auto w-[min(38rem,calc(100vw-1.5rem))] overflow-hidden rounded-lg bg-raised shadow-float outline-none">
          <Command label={t('command.palette')} loop className="flex max-h-[70vh] flex-col">
            <div className="flex items-center gap-3 border-b border-line px-4">
              <Icon name="search" className="text-ink-3" />
              <Command.Input value={words} onValueChange={setWords} autoFocus placeholder={t('palette.placeholder')} className="h-12 grow bg-transparent text-md outline-none placeholder:text-ink-3" />
              <Keys keys="Escape" />
            </div>
            <Command.List className="min-h-0 overflow-y-auto p-1.5 outline-none" aria-label={t('command.palette')}>
              {number && <Item isAlways icon="arrow-right" value={`#${number}`} label={t('palette.case', { number })} onSelect={choose(() => onCaseNumber(Number(number)))} />}
              {byNearness.map((group) => {
                const ids = commands.filter((id) => commandInfo(id).group === group && !commandInfo(id).isPaletteHidden);
                if (ids.length === 0) return null;
                return (
                  <Command.Group key={group} heading={t(`command.group.${group}` as PlainMessageId)} className={groupLook}>
                    {ids.map((id) => <Item key={id} icon={commandInfo(id).icon} value={`${t(commandInfo(id).message)} ${id}`} label={t(commandInfo(id).message)} keys={firstKeys(id)} onSelect={choose(() => runCommand(id))} />)}
                  </Command.Group>
                );
              })}
              {targetGroups.map((group) => (
                <Command.Group key={group} heading={group} className={groupLook}>
                  {targets.filter((target) => target.group === group).map((target) => <Item key={target.id} icon={target.icon} value={`${target.label} ${target.id}`} label={target.label} onSelect={choose(target.run)} />)}
                </Command.Group>
              ))}
              {words.trim() && <Item isAlways icon="search" value={`search ${words}`} label={t('palette.search', { words: words.trim() })} keys="/" onSelect={choose(() => onSearch(words.trim()))} />}
            </Command.List>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
