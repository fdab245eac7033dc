import { useSyncExternalStore } from 'react';
import { onAppearance, readTextSize } from './appearance.ts';

/** Whether the window is this wide, in pixels at the usual text size: with larger text as much more is needed. The unit follows the browser's own text size. */
const isAtLeast = (px: number) => matchMedia(`(width >= ${(px / 16) * (Number(readTextSize()) / 100)}rem)`).matches;

function onWidth(listener: () => void): () => void {
  const stop = onAppearance(listener);
  addEventListener('resize', listener);
  return () => {
    stop();
    removeEventListener('resize', listener);
  };
}
const useIsAtLeast = (px: number) => useSyncExternalStore(onWidth, () => isAtLeast(px));

/** Phones and narrow windows: one pane at a time. Same width as the `md` variant in app.css. */
export const useIsPhone = () => !useIsAtLeast(760);
/** Room for the views beside the list of cases. Same width as the `lg` variant. */
export const useHasRoomForViews = () => useIsAtLeast(1080);
/** The same, asked once. */
export const hasRoomForViewsNow = () => isAtLeast(1080);
/** Room for two cases beside each other. */
export const useHasRoomForTwo = useHasRoomForViews;
/** Room for the customer beside the case. Same width as the `xl` variant. */
export const useHasRoomForContext = () => useIsAtLeast(1280);
