import { ProgressBar } from '../../ui/progress-bar.tsx';

/** How much of something large is done, as a bar with words below. */
export function ByteProgress({ label, value, max, words }: { label: string; value: number; max: number; words: string }) {
  return (
    <div role="status" className="flex flex-col gap-1 text-sm text-ink-2">
      <ProgressBar label={label} value={value} max={max} />
      {words}
    </div>
  );
}
