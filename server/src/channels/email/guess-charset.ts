import { isUtf8 } from 'node:buffer';

const MOST_READ = 20_000;
/** Each with the characters its languages are written with. The first of equals wins. */
const CANDIDATES: readonly [label: string, usual: RegExp][] = [
  ['shift_jis', /[\u3040-\u30ff\u4e00-\u9fa5\u3000-\u3002]/g], ['euc-jp', /[\u3040-\u30ff\u4e00-\u9fa5\u3000-\u3002]/g], ['gb18030', /[\u4e00-\u9fa5\uff0c\u3002\uff01\uff1f\u3001\uff1a]/g], ['big5', /[\u4e00-\u9fa5\uff0c\u3002\uff01\uff1f\u3001\uff1a]/g], ['euc-kr', /[\uac00-\ud7a3]/g],
  ['windows-1251', /[\u0410-\u044f\u0451\u0456\u0457\u0454]/g], ['koi8-r', /[\u0410-\u044f\u0451]/g],
];
// What stands in nearly every text of the language, and hardly ever in bytes of another.
const FREQUENT: Readonly<Record<string, RegExp>> = {
  shift_jis: /[\u3040-\u309f]/g, 'euc-jp': /[\u3040-\u309f]/g, gb18030: /[的是了我不在有这个们为你中国请好谢]/g, big5: /[的是了我不在有這個們為你中國請好謝]/g, 'euc-kr': /[이다는을를에의가은하고습니]/g,
  'windows-1251': /[оеаинтсрвлкм]/g, 'koi8-r': /[оеаинтсрвлкм]/g,
};

/**
 * The charset of text that names none and is no UTF-8, guessed from what its bytes come to: undefined unless one is plain. Western text has few bytes above 127 among many below and is left to
 * whoever asks; of the others most of the letters must be of the script, and many of those that are frequent in it.
 */
export function guessCharset(given: Buffer): string | undefined {
  const bytes = given.subarray(0, MOST_READ);
  if (isUtf8(bytes)) return /\u001b\$[@B]|\u001b\([IJ]/.test(bytes.toString('latin1')) ? 'iso-2022-jp' : undefined;
  let high = 0, letters = 0;
  for (const byte of bytes) {
    if (byte > 127) high++;
    else if ((byte | 32) >= 97 && (byte | 32) <= 122) letters++;
  }
  if (high < 8 || high < letters / 2) return undefined;
  let best: { label: string; score: number } | undefined;
  for (const [label, usual] of CANDIDATES) {
    const text = new TextDecoder(label).decode(bytes);
    const others = [...text].filter((character) => character > '\u007f').length;
    const wrong = text.split('\ufffd').length - 1;
    const fits = (text.match(usual)?.length ?? 0) / Math.max(1, others);
    // A text cut in the middle of a character has one that is wrong.
    if (wrong > 1 || fits < 0.85) continue;
    const score = (text.match(FREQUENT[label]!)?.length ?? 0) / others;
    if (score > 0.05 && score > (best?.score ?? 0)) best = { label, score };
  }
  return best?.label;
}
