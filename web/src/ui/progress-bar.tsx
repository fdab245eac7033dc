import { classes } from './classes.ts';

/** How much of something is done, in our own colours: the browser's bar keeps its colours only while it has its own shape. Say it in words beside it, too. */
export function ProgressBar({ label, value, max, className = '' }: { label: string; value: number; max: number; className?: string }) {
  return (
    <progress
      value={value} max={Math.max(1, max)} aria-label={label}
      className={classes('block h-1.5 w-full appearance-none overflow-hidden rounded-full bg-line-strong/40 forced-color-adjust-none [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-transparent [&::-webkit-progress-value]:bg-accent', className)}
    />
  );
}
