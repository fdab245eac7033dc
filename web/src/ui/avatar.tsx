import { hueOf, initialsOf } from './initials.ts';

/** Initials on a calm colour that always is the same for the same name. Decorative: the name stands beside it, and the letters are drawn, not text of the button around. */
export function Avatar({ name, size = 32, className = '' }: { name: string; size?: number; className?: string }) {
  return (
    <span aria-hidden="true" data-initials={initialsOf(name)} className={`avatar before:content-[attr(data-initials)] inline-grid shrink-0 place-items-center rounded-full font-semibold select-none ${className}`} style={{ width: `${size / 16}rem`, height: `${size / 16}rem`, fontSize: `${Math.max(9, Math.round(size * 0.375)) / 16}rem`, lineHeight: 1, ['--h' as string]: hueOf(name) }} />
  );
}
