import { Rich } from '../../i18n/rich.tsx';

/** What a mail server said itself, as it said it. */
export function ServerSaid({ said }: { said: string | undefined }) {
  if (!said) return null;
  return <p className="mt-1 text-sm"><Rich id="check.said" values={{ said }} parts={{ said: (text) => <bdi dir="auto">{text}</bdi> }} /></p>;
}
