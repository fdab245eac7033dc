const isApple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);
const labels: Record<string, string> = { Mod: isApple ? '⌘' : 'Ctrl', Shift: '⇧', Enter: '↵', Escape: 'Esc', ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' };

/** The caps of a shortcut in this system's own signs. */
export function keyLabels(keys: string): string[] {
  return keys.split(/[+ ]/).flatMap((key) => labels[key] ?? (/^\p{Lu}$/u.test(key) ? ['⇧', key] : key.length === 1 ? key.toUpperCase() : key));
}
