import { useSyncExternalStore } from 'react';

/** Whether a media query holds now. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore((listener) => {
    const media = matchMedia(query);
    media.addEventListener('change', listener);
    return () => media.removeEventListener('change', listener);
  }, () => matchMedia(query).matches);
}

/** Phones and narrow windows: one pane at a time. Same width as the `md` breakpoint in app.css. */
export const useIsPhone = () => useMedia('(width < 760px)');
/** Room for the views beside the list of cases. Same width as the `lg` breakpoint. */
const VIEWS = '(width >= 1080px)';
export const useHasRoomForViews = () => useMedia(VIEWS);
/** The same, asked once. */
export const hasRoomForViewsNow = () => matchMedia(VIEWS).matches;
/** Room for two cases beside each other. */
export const useHasRoomForTwo = () => useMedia('(width >= 1080px)');
/** Room for the customer beside the case. Same width as the `xl` breakpoint. */
export const useHasRoomForContext = () => useMedia('(width >= 1280px)');
