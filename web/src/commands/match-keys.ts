/** What a key press is, as far as shortcuts care; a `KeyboardEvent` fits. */
export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isComposing: boolean;
}

/**
 * A press in the notation of the catalogue, or nothing when it can be no shortcut: while an input method composes, with Alt (menus, and signs on
 * many layouts), or a modifier alone. Shift is not written: `event.key` already is `?` or `R`.
 */
export function notationOf(press: Press): string | undefined {
  if (press.isComposing || press.altKey || ['Shift', 'Control', 'Meta', 'Alt', 'AltGraph', 'Dead', 'Process', 'Unidentified'].includes(press.key)) return undefined;
  if (press.ctrlKey || press.metaKey) return `Mod+${press.key.length === 1 ? press.key.toLowerCase() : press.key}`;
  return press.key;
}

const SEQUENCE_MS = 1200;

/** Follows presses and says which shortcut they complete. `known` lists the shortcuts that count now. */
export function createMatcher(): (notation: string, at: number, known: (keys: string) => boolean, begins: (keys: string) => boolean) => string | undefined {
  let before: { keys: string; at: number } | undefined;
  return (notation, at, known, begins) => {
    const pending = before && at - before.at <= SEQUENCE_MS ? `${before.keys} ${notation}` : undefined;
    before = undefined;
    if (pending && known(pending)) return pending;
    if (begins(`${notation} `)) {
      before = { keys: notation, at };
      return undefined;
    }
    return known(notation) ? notation : undefined;
  };
}
