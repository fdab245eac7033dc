import { commandIds, commandInfo, type CommandId } from './catalogue.ts';

type Rebound = Partial<Record<CommandId, string[]>>;

function readRebound(): Rebound {
  try {
    return JSON.parse(localStorage.getItem('rapport.keys') ?? '{}') as Rebound;
  } catch {
    return {};
  }
}

/** The keys of a command: chosen on this device, else the catalogue's. */
export function keysOf(id: CommandId): readonly string[] {
  return readRebound()[id] ?? commandInfo(id).keys ?? [];
}

/** The first shortcut, for key caps and tooltips; nothing while single letters are switched off. */
export function firstKeys(id: CommandId): string | undefined {
  return keysOf(id).find((keys) => keys.includes('Mod+') || areLettersOn());
}

/** Binds a command to other keys on this device, taking them away from whoever had them; no keys give the catalogue's back. */
export function rebind(id: CommandId, keys: string | undefined): void {
  const rebound = readRebound();
  delete rebound[id];
  if (keys) {
    for (const other of commandIds) if (other !== id && keysOf(other).includes(keys)) rebound[other] = keysOf(other).filter((k) => k !== keys);
    rebound[id] = [keys];
  }
  localStorage.setItem('rapport.keys', JSON.stringify(rebound));
}

/** Single letters disturb people who dictate, so they can be switched off (WCAG 2.1.4). */
export const areLettersOn = () => localStorage.getItem('rapport.letters') !== 'off';
export const switchLetters = (isOn: boolean) => localStorage.setItem('rapport.letters', isOn ? 'on' : 'off');

/** The value of `aria-keyshortcuts` for a command. Sequences cannot be said there and are left out. */
export function ariaKeys(id: CommandId): string | undefined {
  const keys = keysOf(id).filter((k) => !k.includes(' ') && (k.includes('Mod+') || areLettersOn()));
  return keys.length > 0 ? keys.map((k) => k.replace('Mod', 'Control')).join(' ') : undefined;
}
