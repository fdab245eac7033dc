import { Readable } from 'node:stream';
import { Refusal } from '../refusal.ts';
import { assertKey, isKey, keyFor } from './key.ts';
import type { Files, StoredFile } from './index.ts';

export interface S3Settings {
  bucket: string;
  /** Before every key, without slashes at its ends; empty for none. */
  prefix: string;
  /** For a service other than Amazon's, and then with the bucket in the path. */
  endpoint: string | undefined;
  region: string;
  accessKey: string | undefined;
  secretKey: string | undefined;
}

/** Above this, bytes go up in parts: one broken connection then costs a part, not all. */
const PART_BYTES = 8 * 1024 * 1024;
const missing = () => new Refusal('not_found', 'This file is not in the store any more.');

/** Reads `s3://bucket/prefix?endpoint=…&region=…`. Throws when it is not that. */
export function readS3Url(url: string, keys: { accessKey?: string | undefined; secretKey?: string | undefined }): S3Settings {
  const parsed = new URL(url);
  const endpoint = parsed.searchParams.get('endpoint') ?? undefined;
  if (parsed.protocol !== 's3:' || !parsed.hostname) throw new Error('RAPPORT_FILES: use `disk` or s3://bucket/prefix?endpoint=…&region=…');
  if (endpoint !== undefined && !URL.canParse(endpoint)) throw new Error('RAPPORT_FILES: `endpoint` must be a web address, for example https://s3.example.com.');
  return { bucket: parsed.hostname, prefix: parsed.pathname.replace(/^\/+|\/+$/g, ''), endpoint, region: parsed.searchParams.get('region') ?? 'us-east-1', accessKey: keys.accessKey, secretKey: keys.secretKey };
}

/** Files in an S3 bucket, or in anything that speaks S3. The client is loaded only when it is asked for. */
export async function openS3Files(settings: S3Settings): Promise<Files> {
  const [s3, { Upload }] = await Promise.all([import('@aws-sdk/client-s3'), import('@aws-sdk/lib-storage')]);
  const { bucket: Bucket, prefix, endpoint, region, accessKey, secretKey } = settings;
  const client = new s3.S3Client({
    region,
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    ...(accessKey && secretKey ? { credentials: { accessKeyId: accessKey, secretAccessKey: secretKey } } : {}),
    maxAttempts: 4,
    // Other services than Amazon's do not all know the newer checksums; what a key holds is its own SHA-256 anyway.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const start = prefix ? `${prefix}/` : '';
  const nameOf = (key: string) => {
    assertKey(key);
    return start + key;
  };
  const isMissing = (error: unknown) => {
    const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
    return name === 'NoSuchKey' || name === 'NotFound' || $metadata?.httpStatusCode === 404;
  };
  const head = async (key: string): Promise<StoredFile | undefined> => {
    try {
      const { ContentLength } = await client.send(new s3.HeadObjectCommand({ Bucket, Key: nameOf(key) }));
      return { key, bytes: ContentLength ?? 0 };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  };
  const get = async (key: string, range?: { start: number; end: number }): Promise<Readable> => {
    try {
      const { Body } = await client.send(new s3.GetObjectCommand({ Bucket, Key: nameOf(key), ...(range ? { Range: `bytes=${range.start}-${range.end}` } : {}) }));
      if (!(Body instanceof Readable)) throw new Error('The file store answered without bytes.');
      return Body;
    } catch (error) {
      throw isMissing(error) ? missing() : error;
    }
  };
  return {
    head,
    get,
    async put(accountId, content) {
      const key = keyFor(accountId, content);
      if (content.length <= PART_BYTES) await client.send(new s3.PutObjectCommand({ Bucket, Key: nameOf(key), Body: content, ContentLength: content.length }));
      else await new Upload({ client, partSize: PART_BYTES, queueSize: 2, params: { Bucket, Key: nameOf(key), Body: content } }).done();
      return { key, bytes: content.length };
    },
    async read(key) {
      const chunks: Buffer[] = [];
      for await (const chunk of await get(key)) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    },
    async deleteOlder(key, moment) {
      try {
        const { LastModified } = await client.send(new s3.HeadObjectCommand({ Bucket, Key: nameOf(key) }));
        // Told in whole seconds.
        if (LastModified && LastModified.getTime() >= Math.floor(moment.getTime() / 1000) * 1000) return false;
      } catch (error) {
        if (isMissing(error)) return true;
        throw error;
      }
      await client.send(new s3.DeleteObjectCommand({ Bucket, Key: nameOf(key) }));
      return true;
    },
    async delete(key) {
      await client.send(new s3.DeleteObjectCommand({ Bucket, Key: nameOf(key) }));
    },
    async *list(accountId) {
      let token: string | undefined;
      do {
        const page = await client.send(new s3.ListObjectsV2Command({ Bucket, Prefix: accountId ? `${start}${accountId}/` : start, ...(token ? { ContinuationToken: token } : {}) }));
        for (const { Key = '', Size = 0, LastModified } of page.Contents ?? []) {
          const key = Key.slice(start.length);
          if (isKey(key)) yield { key, bytes: Size, putAt: LastModified ?? new Date() };
        }
        token = page.IsTruncated ? page.NextContinuationToken : undefined;
      } while (token);
    },
    // Parts of an upload that broke off are the bucket's to forget: a rule for its lifecycle, as the guide says.
    clearUnfinished: async () => {},
    async close() {
      client.destroy();
    },
  };
}
