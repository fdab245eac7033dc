import { createHmac, timingSafeEqual } from 'node:crypto';
import { inAccount, systemActor, type Platform } from '../platform/context.ts';
import type { Secrets } from '../platform/secrets.ts';
import { Refusal } from '../platform/refusal.ts';
import { settingsOf } from './settings.ts';
import { findMailReader, findSetting, saveSetting } from './store.ts';

const bytesOf = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex');
const idOf = (bytes: Buffer) => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const sign = (secrets: Secrets, body: Buffer) => createHmac('sha256', secrets.deriveKey('notification-mail')).update(body).digest().subarray(0, 16);

/** Stands in every notification mail: it names account and agent and can do nothing but end these mails, so it does not run out. */
export function stopToken(secrets: Secrets, accountId: string, agentId: string): string {
  const body = Buffer.concat([bytesOf(accountId), bytesOf(agentId)]);
  return Buffer.concat([body, sign(secrets, body)]).toString('base64url');
}

/** Ends the mails of the agent whom the link was made for. Refuses a link that was not made here. */
export async function stopMail(platform: Platform, token: string): Promise<void> {
  const bytes = Buffer.from(token, 'base64url');
  const body = bytes.subarray(0, 32);
  if (bytes.length !== 48 || !timingSafeEqual(bytes.subarray(32), sign(platform.secrets, body))) throw new Refusal('link_expired', 'Sign in and choose your notifications in your settings.');
  const agentId = idOf(body.subarray(16));
  await inAccount(platform, idOf(body.subarray(0, 16)), systemActor('notifications'), async (ctx) => {
    if (!(await findMailReader(ctx, agentId))) return;
    const row = await findSetting(ctx, agentId);
    const { choices } = await settingsOf(ctx, agentId);
    await saveSetting(ctx, agentId, { settings: { ...choices, isMailed: false }, timeZone: row?.time_zone ?? null, pausedUntil: row?.paused_until ?? null });
  });
}
