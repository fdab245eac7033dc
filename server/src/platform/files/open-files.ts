import type { Config } from '../config.ts';
import { openDiskFiles } from './disk.ts';
import type { Files } from './index.ts';

/** The store the configuration asks for. */
export async function openFiles(_config: Config, diskRoot: string): Promise<Files> {
  return openDiskFiles(diskRoot);
}
