import type { Config } from '../../platform/config.ts';

/**
 * Where a mailed link leads. The address comes from the configuration and never from the request: whoever asks for a mail chooses its `Host` header, and the link in
 * it would then lead to them.
 */
export function linkTo(config: Config, page: 'invitation' | 'reset-password', token: string): string {
  return `${baseUrl(config)}/${page}/${token}`;
}

/** How people reach the workspace, without a slash at the end. */
export function baseUrl(config: Config): string {
  return (config.publicUrl ?? `http://localhost:${config.port}`).replace(/\/+$/, '');
}
