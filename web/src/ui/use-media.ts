import { useSyncExternalStore } from 'react';
import { readTextSize } from './appearance.ts';

/** Whether a media query holds now. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore((listener) => {
    const media = matchMedia(query);
    media.addEventListener('change', listener);
    return () => media.removeEventListener('change', listener);
  }, () => matchMedia(query).matches);
}

/** A width at the usual text size; with larger text as much more is needed. The unit follows the browser's own text size. */
const rem = (px: number) => `${(px / 16) * (Number(readTextSize()) / 100)}rem`;

/** Phones and narrow windows: one pane at a time. Same width as the `md` breakpoint in app.css. */
export const useIsPhone = () => useMedia(`(width < ${rem(760)})`);
/** Room for the views beside the list of cases. Same width as the `lg` breakpoint. */
const views = () => `(width >= ${rem(1080)})`;
export const useHasRoomForViews = () => useMedia(views());
/** The same, asked once. */
export const hasRoomForViewsNow = () => matchMedia(views()).matches;
/** Room for two cases beside each other. */
export const useHasRoomForTwo = () => useMedia(views());
/** Room for the customer beside the case. Same width as the `xl` breakpoint. */
export const useHasRoomForContext = () => useMedia(`(width >= ${rem(1280)})`);
