import { useSyncExternalStore } from 'react';

export type Theme = 'system' | 'light' | 'dark';
export type Density = 'compact' | 'cosy' | 'roomy';

/** Chosen on this device; public/before-paint.js reads the same keys before the first paint. */
export const readTheme = () => (localStorage.getItem('rapport.theme') ?? 'system') as Theme;
export const readDensity = () => (localStorage.getItem('rapport.density') ?? 'cosy') as Density;

function keep(key: string, value: string): void {
  localStorage.setItem(`rapport.${key}`, value);
  dispatchEvent(new Event('rapport:appearance'));
}
export const chooseTheme = (theme: Theme) => keep('theme', theme);
export const chooseDensity = (density: Density) => keep('density', density);

function subscribe(listener: () => void): () => void {
  addEventListener('rapport:appearance', listener);
  addEventListener('storage', listener);
  return () => {
    removeEventListener('rapport:appearance', listener);
    removeEventListener('storage', listener);
  };
}
export const useTheme = () => useSyncExternalStore(subscribe, readTheme);
export const useDensity = () => useSyncExternalStore(subscribe, readDensity);
export const isDarkNow = () => document.documentElement.dataset['theme'] === 'dark';
