import type { Config } from '../config.ts';
import { openDiskFiles } from './disk.ts';
import type { Files } from './index.ts';
import { openS3Files, readS3Url } from './s3.ts';

/** The store the configuration asks for. Throws when it cannot be understood; whether a bucket answers shows at the first use. */
export async function openFiles(config: Pick<Config, 'files' | 's3AccessKey' | 's3SecretKey'>, diskRoot: string): Promise<Files> {
  if (config.files === 'disk') return openDiskFiles(diskRoot);
  return openS3Files(readS3Url(config.files, { accessKey: config.s3AccessKey, secretKey: config.s3SecretKey }));
}
