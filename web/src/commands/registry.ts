import { useContext, useEffect, useRef, useSyncExternalStore } from 'react';
import { ActivePart } from './active-part.ts';
import { commandIds, type CommandId } from './catalogue.ts';

type Run = () => void;
/** Whoever came last handles a command, so that a dialog's or pane's own deed hides the page's. */
const handlers = new Map<CommandId, Run[]>();
const listeners = new Set<() => void>();
let version = 0;

function changed(): void {
  version += 1;
  for (const listener of listeners) listener();
}

/** Offers a command for as long as the component is on the screen, in the part that is being worked in, and `run` is given. */
export function useCommand(id: CommandId, run: Run | undefined): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  const isActive = useContext(ActivePart);
  const isOffered = isActive && run !== undefined;
  useEffect(() => {
    if (!isOffered) return undefined;
    const handler = () => latest.current?.();
    handlers.set(id, [...(handlers.get(id) ?? []), handler]);
    changed();
    return () => {
      handlers.set(id, (handlers.get(id) ?? []).filter((other) => other !== handler));
      changed();
    };
  }, [id, isOffered]);
}

export const canRun = (id: CommandId) => (handlers.get(id)?.length ?? 0) > 0;

/** Runs a command if anything on the screen handles it, and says whether it did. */
export function runCommand(id: CommandId): boolean {
  const run = handlers.get(id)?.at(-1);
  run?.();
  return run !== undefined;
}

/** The commands that would do something now. */
export function useOfferedCommands(): CommandId[] {
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => version);
  return commandIds.filter(canRun);
}
