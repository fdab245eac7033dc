import { Fragment } from 'react';

/** A piece of text around what was found; what matched is marked. */
export function Snippet({ text }: { text: string }) {
  return text.split(/(\u0002[^\u0003]*\u0003?)/).map((piece, index) => {
    const plain = piece.replace(/[\u0002\u0003]/g, '');
    return piece.startsWith('\u0002') ? <mark key={index} className="rounded-[3px] bg-honey-soft px-0.5 font-medium text-honey">{plain}</mark> : <Fragment key={index}>{plain}</Fragment>;
  });
}
