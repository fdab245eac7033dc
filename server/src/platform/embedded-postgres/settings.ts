import { chown, readFile, rename, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { RunAs } from './run-as.ts';

/** The owner of the cluster: creates, watches and stops it. The product itself never works under this name. */
export const SUPERUSER = 'postgres';
/** The product's login and database. Owner of the database, may create roles and databases, is no superuser. */
export const OWNER = 'rapport';
/** There is no network, so the port only names the socket file. */
export const PORT = 5432;

/**
 * What must hold whatever anybody writes into a configuration file, so it is given on the command line, which wins over
 * `ALTER SYSTEM`: no network at all (these programs are linked against an OpenSSL of 2018, so the socket is the only
 * door), and a commit that is answered is on the disk.
 */
export function invariants(socketDirectory: string): string[] {
  const settings = {
    listen_addresses: '',
    unix_socket_directories: socketDirectory,
    unix_socket_permissions: '0700',
    port: String(PORT),
    ssl: 'off',
    fsync: 'on',
    full_page_writes: 'on',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

const POSTGRESQL_CONF = `# Written by Rapport at every start. To tune, use ALTER SYSTEM: its values win over these.

max_connections = 60
superuser_reserved_connections = 3

# Sized for a laptop or a small server that runs other things too.
shared_buffers = 96MB
effective_cache_size = 1GB
work_mem = 8MB
maintenance_work_mem = 64MB
random_page_cost = 1.1
huge_pages = off
jit = off

# Fewer processes: readers do their own reading, and nothing replicates.
io_method = sync
max_worker_processes = 4
max_parallel_workers = 2
max_parallel_workers_per_gather = 1
max_parallel_maintenance_workers = 1
max_logical_replication_workers = 0
max_wal_senders = 0

# In the data directory instead of /dev/shm: containers give 64 MB of that, and logind empties it when the last session
# of an ordinary user ends, under the feet of a server that stays.
dynamic_shared_memory_type = mmap

wal_level = replica
wal_compression = on
min_wal_size = 80MB
max_wal_size = 512MB

# A week of logs at most. Without statements and without DETAIL, which would quote customers' data.
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_file_mode = 0600
log_rotation_age = 1d
log_rotation_size = 0
log_truncate_on_rotation = on
log_line_prefix = '%m [%p] '
log_timezone = 'UTC'
log_error_verbosity = terse
log_min_error_statement = panic
log_checkpoints = off
cluster_name = 'rapport'

timezone = 'UTC'
lc_messages = 'C'
default_text_search_config = 'pg_catalog.simple'
`;

// The keyword "all" as the last word of a map line is PostgreSQL 16's; this file is only ever read by our own 18.
const PG_HBA_CONF = `# Written by Rapport at every start.
local all all peer map=rapport
`;

/**
 * Who may connect: the operating system users root, the one the server runs as, and the one that started it, each as
 * any role. The kernel names the caller (\`peer\`), and the map allows for an application that is root beside a server
 * that is not. Chosen over \`trust\`: the socket's directory is closed to others anyway, but a mode is easily loosened and
 * a credential of the kernel is not. Chosen over a password: whoever could read its file could read the data files.
 */
function pgIdentConf(runAs: RunAs): string {
  const names = new Set(['root', runAs.name, ...starter()]);
  const lines = [...names].map((name) => `rapport "${name.replaceAll('"', '""')}" all`);
  return `# Written by Rapport at every start.\n${lines.join('\n')}\n`;
}

function starter(): string[] {
  try {
    return [userInfo().username];
  } catch {
    return [];
  }
}

/** Brings the configuration files of the cluster in `clusterDir` to what this release wants; unchanged files stay untouched. */
export async function writeSettings(clusterDir: string, runAs: RunAs): Promise<void> {
  await replaceFile(join(clusterDir, 'postgresql.conf'), POSTGRESQL_CONF, runAs);
  await replaceFile(join(clusterDir, 'pg_hba.conf'), PG_HBA_CONF, runAs);
  await replaceFile(join(clusterDir, 'pg_ident.conf'), pgIdentConf(runAs), runAs);
}

async function replaceFile(path: string, text: string, runAs: RunAs): Promise<void> {
  if ((await readFile(path, 'utf8').catch(() => undefined)) === text) return;
  const work = `${path}.new-${process.pid}`;
  await writeFile(work, text, { mode: 0o600 });
  if (runAs.dropped) await chown(work, runAs.uid, runAs.gid);
  await rename(work, path);
}
