import { useNavigate } from '@tanstack/react-router';
import { createContext, useContext } from 'react';

/** Shows another case in the same pane; without one, the pane has nothing more to show. */
export type GoTo = (target: { number: number } | undefined, how?: { isReplacing: boolean }) => void;

/** How the pane beside the open case moves on. The open case itself moves by the address, and has none. */
export const BesidePane = createContext<GoTo | undefined>(undefined);

/** Whether two cases are on the screen. */
export const AreTwo = createContext(false);

/** Moves on from the case of this pane. */
export function useGoTo(view: string): GoTo {
  const beside = useContext(BesidePane);
  const navigate = useNavigate();
  return beside ?? ((target, { isReplacing: replace } = { isReplacing: false }) => void (target ? navigate({ to: '/cases/$view/$number', params: { view, number: String(target.number) }, replace }) : navigate({ to: '/cases/$view', params: { view }, replace })));
}
