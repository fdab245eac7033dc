/** Up to two letters: of the first and last word, or of an address' local part. */
export function initialsOf(name: string): string {
  const words = (name.includes('@') ? name.split('@')[0]! : name).split(/[\s._+-]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words[0]?.match(/[\p{L}\p{N}]/u)?.[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1)!.match(/[\p{L}\p{N}]/u)?.[0] ?? '') : '';
  return (first + last).toLocaleUpperCase();
}

/** A hue in degrees, spread evenly by the golden angle over twelve steps: neighbours in the alphabet look different. */
export function hueOf(name: string): number {
  let hash = 2166136261;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 16777619);
  return Math.round(((hash >>> 0) % 12) * 137.5 + 20) % 360;
}
