import { areLettersOn, keysOf } from './bindings.ts';
import { commandIds, commandInfo, type CommandId } from './catalogue.ts';
import { createMatcher, notationOf } from './match-keys.ts';
import { canRun, runCommand } from './registry.ts';

const isField = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) && !(target instanceof HTMLInputElement && /^(checkbox|radio|button|submit)$/.test(target.type));
/** Inside a menu or dialog letters belong to it: type-ahead, its own fields. */
const isInPopup = (target: EventTarget | null) => target instanceof Element && target.closest('[role="menu"], [role="dialog"], [role="alertdialog"], [data-own-keys]') !== null;
/** A focused button or link does its own thing on Enter and Space. */
const pressesItself = (target: EventTarget | null, notation: string) => (notation === 'Enter' || notation === ' ') && target instanceof Element && target.closest('button, a[href], summary, [role="button"], [role="tab"]') !== null;

/**
 * Listens for shortcuts in the capture phase, before editors swallow them, and runs the command they are bound to. Returns how to stop.
 * Single letters never fire while a field has the focus or an input method composes.
 */
export function listenForKeys(): () => void {
  const match = createMatcher();
  const onKey = (event: KeyboardEvent) => {
    const notation = notationOf(event);
    if (!notation || event.defaultPrevented || pressesItself(event.target, notation) || (event.repeat && !/^[jk]$/.test(notation))) return;
    const isTyping = isField(event.target) || isInPopup(event.target);
    const isAllowed = (id: CommandId) => !isTyping || (commandInfo(id).whileTyping === true && (!isInPopup(event.target) || id === 'app.palette'));
    const isLetter = (keys: string) => keys.length === 1 || keys.includes(' ');
    const counts = (id: CommandId, keys: string) => isAllowed(id) && (!isLetter(keys) || areLettersOn()) && canRun(id);
    const find = (test: (keys: string) => boolean) => commandIds.find((id) => keysOf(id).some((keys) => test(keys) && counts(id, keys)));
    const matched = match(notation, event.timeStamp, (keys) => find((k) => k === keys) !== undefined, (start) => find((k) => k.startsWith(start)) !== undefined);
    if (!matched) return;
    const id = find((keys) => keys === matched);
    if (!id) return;
    event.preventDefault();
    event.stopPropagation();
    runCommand(id);
  };
  window.addEventListener('keydown', onKey, { capture: true });
  return () => window.removeEventListener('keydown', onKey, { capture: true });
}
