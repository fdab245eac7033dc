import { useSyncExternalStore } from 'react';

export type Theme = 'system' | 'light' | 'dark';
export type Density = 'compact' | 'cosy' | 'roomy';
/** In percent of what the browser says. */
export type TextSize = '100' | '115' | '130' | '150' | '200';
/** `less`: nothing moves, whatever the system says. */
export type Motion = 'system' | 'less';

/** Chosen on this device, because light, screen and eyes differ from one to the next; public/before-paint.js reads the same keys before the first paint. */
export const readTheme = () => (localStorage.getItem('rapport.theme') ?? 'system') as Theme;
export const readDensity = () => (localStorage.getItem('rapport.density') ?? 'cosy') as Density;

export const readTextSize = () => (localStorage.getItem('rapport.text') ?? '100') as TextSize;
export const readMotion = () => (localStorage.getItem('rapport.motion') ?? 'system') as Motion;

function keep(key: string, value: string): void {
  localStorage.setItem(`rapport.${key}`, value);
  dispatchEvent(new Event('rapport:appearance'));
}
export const chooseTheme = (theme: Theme) => keep('theme', theme);
export const chooseTextSize = (size: TextSize) => keep('text', size);
export const chooseMotion = (motion: Motion) => keep('motion', motion);
export const chooseDensity = (density: Density) => keep('density', density);

/** Calls back when something of it was changed, here or in another tab. Returns how to stop. */
export function onAppearance(listener: () => void): () => void {
  addEventListener('rapport:appearance', listener);
  addEventListener('storage', listener);
  return () => {
    removeEventListener('rapport:appearance', listener);
    removeEventListener('storage', listener);
  };
}
export const useTheme = () => useSyncExternalStore(onAppearance, readTheme);
export const useDensity = () => useSyncExternalStore(onAppearance, readDensity);
export const useTextSize = () => useSyncExternalStore(onAppearance, readTextSize);
export const useMotion = () => useSyncExternalStore(onAppearance, readMotion);
export const isDarkNow = () => document.documentElement.dataset['theme'] === 'dark';
