import type { ComponentProps } from 'react';
import { t } from '../i18n/index.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { ariaKeys, firstKeys } from './bindings.ts';
import { commandInfo, type CommandId } from './catalogue.ts';
import { runCommand } from './registry.ts';

interface Props extends Partial<ComponentProps<typeof IconButton>> {
  command: CommandId;
}

/** An icon button for a command: its name, its keys and what it does come from the registry. */
export function CommandButton({ command, ...rest }: Props) {
  const info = commandInfo(command);
  return <IconButton icon={info.icon ?? 'ellipsis'} label={t(info.message)} keys={firstKeys(command)} aria-keyshortcuts={ariaKeys(command)} onClick={() => runCommand(command)} {...rest} />;
}
