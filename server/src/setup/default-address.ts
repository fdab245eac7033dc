import type { Config } from '../platform/config.ts';

/**
 * An address for the first inbox when nobody named one. On the public host's own domain where there is one; else below `.example`, which never leads anywhere: nothing
 * written to it by mistake can reach a stranger.
 */
export function defaultInboxAddress(config: Pick<Config, 'publicUrl'>, company: string): string {
  const host = config.publicUrl === undefined ? '' : new URL(config.publicUrl).hostname;
  if (/^(?=.*[a-z])[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(host)) return `support@${host.toLowerCase()}`;
  const label = company.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '').replaceAll('ß', 'ss').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40).replace(/-+$/, '');
  return `support@${label === '' ? 'company' : label}.example`;
}
