import { createPublicKey, randomBytes, type KeyObject } from 'node:crypto';
import { mostChatKeys, type BodyOf, type ChatKey, type chatKeys, type ResponseOf } from '@rapport/contract';
import { recordAudit } from '../../accounts/index.ts';
import { getInboxFacts, isChatInbox } from '../../inboxes/index.ts';
import { mustBeAllowed, type Ctx } from '../../platform/context.ts';
import { checkSealed } from '../../platform/doctor/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { deleteKey, insertKey, selectKeys, selectSealed, type KeyRow } from './key-store.ts';

export const secretPurpose = (keyId: string): string => `chat key ${keyId}`;

const shape = (row: KeyRow): ChatKey => ({ id: row.id, name: row.name, kind: row.secret === null ? 'public' : 'secret', createdAt: row.created_at.toISOString(), usedAt: row.used_at?.toISOString() ?? null });

async function mustBeChat(ctx: Ctx, inboxId: string): Promise<void> {
  mustBeAllowed(ctx.actor, 'inbox.manage');
  if (!isChatInbox(await getInboxFacts(ctx, inboxId))) throw new Refusal('not_found', 'This inbox is no chat.');
}

/** What a public key can check; undefined for keys that are none, or too weak. */
export function algorithmOf(key: KeyObject): 'RS256' | 'ES256' | undefined {
  if (key.type !== 'public') return undefined;
  if (key.asymmetricKeyType === 'rsa') return (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048 ? 'RS256' : undefined;
  return key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? 'ES256' : undefined;
}

/** As it is stored. A private key that is handed in by mistake is refused, not turned into its public half: it has been shown where it should not be. */
function readPublicKey(text: string): string {
  try {
    if (!/-----BEGIN (RSA )?PRIVATE KEY-----|-----BEGIN EC PRIVATE KEY-----/.test(text)) {
      const key = createPublicKey(text);
      if (algorithmOf(key)) return key.export({ type: 'spki', format: 'pem' }).toString();
    }
  } catch {
    // Said below.
  }
  throw new Refusal('bad_public_key', 'body.publicKey: Hand in a public key as PEM: RSA of at least 2048 bits, or P-256.');
}

export async function listKeys(ctx: Ctx, inboxId: string): Promise<{ items: ChatKey[] }> {
  await mustBeChat(ctx, inboxId);
  return { items: (await selectKeys(ctx, inboxId)).map(shape) };
}

/** Adds a key beside the others, so that a site can change over without anybody noticing. A secret is answered once. Refuses `bad_public_key` and `too_many_chat_keys`. */
export async function createKey(ctx: Ctx, inboxId: string, input: BodyOf<(typeof chatKeys)['create']>): Promise<ResponseOf<(typeof chatKeys)['create']>> {
  await mustBeChat(ctx, inboxId);
  const id = newId();
  const secret = input.kind === 'secret' ? randomBytes(32).toString('base64url') : null;
  const publicKey = input.kind === 'public' ? readPublicKey(input.publicKey) : null;
  if ((await selectKeys(ctx, inboxId)).length >= mostChatKeys) throw new Refusal('too_many_chat_keys', `There can be ${mostChatKeys}. Take one away that is not used any more.`);
  await insertKey(ctx, inboxId, { id, name: input.name, secret: secret === null ? null : ctx.platform.secrets.seal(secret, secretPurpose(id)), public_key: publicKey });
  await recordAudit(ctx, 'chat.key_added', { target: input.name, detail: { inboxId, keyId: id } });
  const made = (await selectKeys(ctx, inboxId)).find((row) => row.id === id) as KeyRow;
  return { key: shape(made), secret };
}

export async function removeKey(ctx: Ctx, inboxId: string, keyId: string): Promise<void> {
  await mustBeChat(ctx, inboxId);
  const name = await deleteKey(ctx, inboxId, keyId);
  if (name === undefined) throw new Refusal('not_found', 'This key is not there any more.');
  await recordAudit(ctx, 'chat.key_removed', { target: name, detail: { inboxId, keyId } });
}

export const checkKeys = checkSealed({
  check: 'chat keys',
  select: async (tx) => (await selectSealed(tx)).map((row) => ({ sealed: row.secret, purpose: secretPurpose(row.id), name: row.name })),
  says: (count, first) => `of ${count} chat ${count === 1 ? 'key' : 'keys'} (first “${first}”): visitors who come with their tokens are refused`,
  instead: 'make new secrets on the page of the chat and give them to the site.',
});
