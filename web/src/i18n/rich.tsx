import { Fragment, type ReactNode } from 'react';
import type { Messages } from './message-ids.ts';
import { t, type MessageId } from './index.ts';

interface Props<K extends MessageId> {
  id: K;
  values: Messages[K];
  /** How the text between `<name>` and `</name>` is drawn. */
  parts: Record<string, (text: string) => ReactNode>;
}

/** A message with marked parts, such as `<who>{name}</who> is writing`: word order stays with the translator, the look with us. */
export function Rich<K extends MessageId>({ id, values, parts }: Props<K>) {
  const text = (t as (id: K, values: Messages[K]) => string)(id, values);
  const names = Object.keys(parts).join('|');
  const pieces = text.split(new RegExp(`(<(?:${names})>.*?</(?:${names})>)`, 's'));
  return pieces.map((piece, index) => {
    const match = /^<(\w+)>(.*)<\/\1>$/s.exec(piece);
    const draw = match && parts[match[1]!];
    return <Fragment key={index}>{draw ? draw(match[2]!) : piece}</Fragment>;
  });
}
