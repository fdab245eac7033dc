import { hueOf, initialsOf } from './initials.ts';

/** Initials on a calm colour that always is the same for the same name. Decorative: the name stands beside it. */
export function Avatar({ name, size = 32, className = '' }: { name: string; size?: number; className?: string }) {
  return (
    <span aria-hidden="true" className={`avatar inline-grid shrink-0 place-items-center rounded-full font-semibold select-none ${className}`} style={{ width: size, height: size, fontSize: Math.max(9, Math.round(size * 0.375)), ['--h' as string]: hueOf(name) }}>
      {initialsOf(name)}
    </span>
  );
}
