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
/** Room for the customer beside the case. */
export const useIsWide = () => useMedia('(width >= 1280px)');
