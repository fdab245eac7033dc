import { useNow } from '../ui/use-now.ts';
import { clockWord } from './words.ts';

/** How long since a moment, or with `isDown` until it, ticking by the second. `skewMs`: how far this device's clock is behind the server's. */
export function Clock({ moment, skewMs = 0, isDown = false, className = '' }: { moment: string; skewMs?: number; isDown?: boolean; className?: string }) {
  const away = useNow(1000) + skewMs - Date.parse(moment);
  return <bdi className={`tabular-nums ${className}`}>{clockWord(isDown ? -away : away)}</bdi>;
}
