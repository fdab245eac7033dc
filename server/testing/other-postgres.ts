import { chown, mkdtemp, rm } from 'node:fs/promises';
import { globSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { endPostmaster, readPidFile } from '../src/platform/embedded-postgres/postmaster.ts';
import { chooseRunAs } from '../src/platform/embedded-postgres/run-as.ts';
import { runProgram } from '../src/platform/embedded-postgres/run-program.ts';

/**
 * A PostgreSQL of another major version than the embedded one, as somebody with a server of their own has it: Debian's, on a unix socket, with a database
 * `rapport` and a user of that name who owns it and is no superuser. Undefined where none is installed.
 */
export async function startOtherPostgres(): Promise<{ url: string; major: number; stop(): Promise<void> } | undefined> {
  const initdb = globSync('/usr/lib/postgresql/*/bin/initdb').filter((path) => !path.includes('/18/')).sort().at(-1);
  if (!initdb) return undefined;
  const bin = dirname(initdb);
  const home = await mkdtemp(join(tmpdir(), 'rapport-other-'));
  const cluster = join(home, 'data');
  const runAs = await chooseRunAs(cluster);
  if (runAs.dropped) await chown(home, runAs.uid, runAs.gid);
  const run = async (program: string, args: string[]): Promise<void> => {
    const ran = await runProgram(join(bin, program), args, { runAs });
    if (ran.code !== 0) throw new Error(`${program}: ${ran.stderr}`);
  };
  await run('initdb', ['-D', cluster, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync']);
  await run('pg_ctl', ['-D', cluster, '-s', '-w', '-l', join(home, 'log'), '-o', `-k ${home} -c listen_addresses= -c fsync=off`, 'start']);
  await run('psql', ['-h', home, '-U', 'postgres', '-q', '-c', 'create role rapport login createrole createdb', '-c', 'create database rapport owner rapport']);
  return {
    url: `postgresql://rapport@/rapport?host=${encodeURIComponent(home)}&port=5432`,
    major: Number(bin.split('/').at(-2)),
    async stop() {
      const server = await readPidFile(cluster);
      if (server) await endPostmaster(server.pid);
      await rm(home, { recursive: true, force: true });
    },
  };
}
