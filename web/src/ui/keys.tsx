import { classes } from './classes.ts';
import { keyLabels } from './key-labels.ts';

/** A shortcut such as `Mod+Enter` or `g u` as key caps. */
export function Keys({ keys, tone = 'plain' }: { keys: string; tone?: 'plain' | 'inverse' | 'on-accent' }) {
  return (
    <bdi className="inline-flex items-center gap-0.5" dir="ltr">
      {keyLabels(keys).map((label, index) => (
        <kbd
          key={index}
          className={classes(
            'inline-grid h-[18px] min-w-[18px] place-items-center rounded-sm px-1 font-sans text-[11px] leading-none font-medium',
            tone === 'plain' && 'border border-line bg-canvas text-ink-2',
            tone === 'inverse' && 'bg-surface/20',
            tone === 'on-accent' && 'bg-on-accent/10',
          )}
        >
          {label}
        </kbd>
      ))}
    </bdi>
  );
}
