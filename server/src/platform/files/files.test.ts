import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { describeFiles, listed } from './conformance.ts';
import { openDiskFiles } from './disk.ts';
import { openFiles } from './open-files.ts';
import { readS3Url } from './s3.ts';

const folder = () => mkdtemp(join(tmpdir(), 'rapport-files-'));

describeFiles('disk', async () => {
  const root = await folder();
  return { files: openDiskFiles(root), end: () => rm(root, { recursive: true }) };
});

describeFiles('S3', async () => {
  const { default: S3rver } = await import('s3rver');
  const root = await folder();
  const server = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory: root, configureBuckets: [{ name: 'rapport-test', configs: [] }] });
  const { port } = (await server.run()) as AddressInfo;
  const files = await openFiles({ files: `s3://rapport-test/some/where?endpoint=http://127.0.0.1:${port}&region=eu-central-1`, s3AccessKey: 'S3RVER', s3SecretKey: 'S3RVER' }, root);
  return {
    files,
    async end() {
      const closed = once(server.httpServer, 'close');
      server.httpServer.closeAllConnections();
      await server.close();
      await closed.catch(() => {});
      await rm(root, { recursive: true });
    },
  };
});

it('a file that was only half written when the process died is not listed, and goes in the end', async () => {
  const root = await folder();
  const files = openDiskFiles(root);
  const account = randomUUID();
  const { key } = await files.put(account, Buffer.from('whole'));
  const [, prefix = ''] = key.split('/');
  await writeFile(join(root, account, prefix, `.${randomUUID()}`), 'hal');
  assert.deepEqual((await listed(files, account)).map((file) => file.key), [key]);
  assert.equal((await readdir(join(root, account, prefix))).length, 2);
  await files.clearUnfinished(new Date(Date.now() - 60_000));
  assert.equal((await readdir(join(root, account, prefix))).length, 2, 'it may still be at it');
  await files.clearUnfinished(new Date(Date.now() + 1_000));
  assert.deepEqual(await readdir(join(root, account, prefix)), [key.split('/')[2]]);
  await rm(root, { recursive: true });
});

it('the address of a bucket is read in full, and what is no such address is refused', () => {
  assert.deepEqual(readS3Url('s3://box/a/b/?endpoint=https://s3.example.com&region=eu-west-1', { accessKey: 'k', secretKey: 's' }), {
    bucket: 'box', prefix: 'a/b', endpoint: 'https://s3.example.com', region: 'eu-west-1', accessKey: 'k', secretKey: 's',
  });
  assert.equal(readS3Url('s3://box', {}).prefix, '');
  assert.throws(() => readS3Url('https://box/a', {}), /RAPPORT_FILES/);
  assert.throws(() => readS3Url('s3://box?endpoint=nowhere', {}), /endpoint/);
});
