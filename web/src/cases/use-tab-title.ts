import { useEffect } from 'react';

/** What the browser's tab says: how many cases are mine to do, and what is open. */
export function useTabTitle(title: string, count: number | undefined): void {
  useEffect(() => {
    document.title = `${count ? `(${count}) ` : ''}${title} · Rapport`;
  }, [title, count]);
  useEffect(() => () => {
    document.title = 'Rapport';
  }, []);
}
