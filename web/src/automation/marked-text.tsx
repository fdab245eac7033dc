import { macroVariables } from '@rapport/contract';
import { t } from '../i18n/index.ts';

const nameIn = (mark: string) => macroVariables.find((name) => `{{${name}}}` === mark);

/** A text with its variables marked; `isNamed` shows what each stands for instead of how it is written. */
export function MarkedText({ text, isNamed = false }: { text: string; isNamed?: boolean }) {
  return (
    <p dir="auto" className="text-sm break-words whitespace-pre-wrap">
      {text.split(/(\{\{[^{}\n]{1,60}\}\})/).map((part, index) => {
        const name = isNamed ? nameIn(part) : undefined;
        return index % 2 === 1 ? <mark key={index} className="rounded-sm bg-honey-soft px-0.5 text-honey">{name ? t(`macro.var.${name}`) : part}</mark> : part;
      })}
    </p>
  );
}
