import { useContext, useEffect, useRef } from 'react';
import { ActivePart } from './active-part.ts';
import { commandIds, type CommandId } from './catalogue.ts';

type Run = () => void;
/** Whoever came last handles a command, so that a dialog's or pane's own deed hides the page's; what stands above all comes before it, whenever it came. */
const handlers = new Map<CommandId, { run: Run; isAbove: boolean }[]>();

/**
 * Offers a command for as long as the component is on the screen, in the part that is being worked in, and `run` is given. `isAbove` is for what the agent has begun and not finished, like a
 * selection: the panes beside it draw themselves anew and must not take its keys back.
 */
export function useCommand(id: CommandId, run: Run | undefined, isAbove = false): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  const isActive = useContext(ActivePart);
  const isOffered = isActive && run !== undefined;
  useEffect(() => {
    if (!isOffered) return undefined;
    const handler = { run: () => latest.current?.(), isAbove };
    handlers.set(id, [...(handlers.get(id) ?? []), handler]);
    return () => void handlers.set(id, (handlers.get(id) ?? []).filter((other) => other !== handler));
  }, [id, isOffered, isAbove]);
}

export const canRun = (id: CommandId) => (handlers.get(id)?.length ?? 0) > 0;

/** Runs a command if anything on the screen handles it, and says whether it did. */
export function runCommand(id: CommandId): boolean {
  const offered = handlers.get(id);
  const handler = offered?.findLast((one) => one.isAbove) ?? offered?.at(-1);
  handler?.run();
  return handler !== undefined;
}

/** The commands that would do something now. */
export const offeredCommands = (): CommandId[] => commandIds.filter(canRun);
