import { createHash, createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';

type Cbor = number | string | Buffer | Map<number | string, Cbor>;

function head(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.from([(major << 5) | 25, length >> 8, length & 255]);
}

function encode(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, item]) => [encode(key), encode(item)])]);
}

interface Ceremony {
  challengeId: string;
  options: Record<string, unknown>;
}

/** What somebody who means ill, or a broken device, would do otherwise than asked. */
export interface Twist {
  origin?: string;
  rpId?: string;
  counter?: number;
  isVerified?: boolean;
  challenge?: string;
  /** Says it is the key of this login. */
  userHandle?: string;
  /** Answers with the key id of another device, but signs with its own. */
  credentialId?: string;
}

/** A security key in software: it speaks WebAuthn as browsers hand it on, and can be made to lie. */
export function createAuthenticator(origin = 'http://localhost') {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' }) as { publicKey: KeyObject; privateKey: KeyObject };
  const id = randomBytes(32);
  let counter = 0;
  let handle = '';

  const clientData = (type: string, options: Record<string, unknown>, twist: Twist) => Buffer.from(JSON.stringify({ type, challenge: twist.challenge ?? options['challenge'], origin: twist.origin ?? origin, crossOrigin: false }));
  const authData = (rpId: string, isNew: boolean, twist: Twist) => {
    counter = twist.counter ?? counter + 1;
    const flags = 0x01 | (twist.isVerified === false ? 0 : 0x04) | (isNew ? 0x40 : 0);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const start = [createHash('sha256').update(twist.rpId ?? rpId).digest(), Buffer.from([flags]), count];
    if (!isNew) return Buffer.concat(start);
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' }) as { x?: string; y?: string };
    const cose = encode(new Map<number, Cbor>([[1, 2], [3, -7], [-1, 1], [-2, Buffer.from(x, 'base64url')], [-3, Buffer.from(y, 'base64url')]]));
    return Buffer.concat([...start, Buffer.alloc(16), Buffer.from([id.length >> 8, id.length & 255]), id, cose]);
  };

  return {
    credentialId: id.toString('base64url'),
    /** Answers `startPasskey`. */
    make({ challengeId, options }: Ceremony, twist: Twist = {}) {
      handle = (options['user'] as { id: string }).id;
      const data = clientData('webauthn.create', options, twist);
      const attestation = encode(new Map<string, Cbor>([['fmt', 'none'], ['attStmt', new Map()], ['authData', authData((options['rp'] as { id: string }).id, true, twist)]]));
      const response = { clientDataJSON: data.toString('base64url'), attestationObject: attestation.toString('base64url'), transports: ['usb'] };
      return { challengeId, response: { id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key', clientExtensionResults: {}, response } };
    },
    /** Answers `startPasskeySignIn` and `startPasskeyProof`. */
    answer({ challengeId, options }: Ceremony, twist: Twist = {}) {
      const data = clientData('webauthn.get', options, twist);
      const auth = authData(options['rpId'] as string, false, twist);
      const signature = createSign('sha256').update(Buffer.concat([auth, createHash('sha256').update(data).digest()])).sign(privateKey);
      const credentialId = twist.credentialId ?? id.toString('base64url');
      const response = { clientDataJSON: data.toString('base64url'), authenticatorData: auth.toString('base64url'), signature: signature.toString('base64url'), userHandle: twist.userHandle ?? handle };
      return { challengeId, response: { id: credentialId, rawId: credentialId, type: 'public-key', clientExtensionResults: {}, response } };
    },
  };
}
