import { readdirSync, readFileSync } from 'node:fs';

// Linux counts in ticks of 10 ms (USER_HZ is 100 on every platform Node supports).
const MS_PER_TICK = 10;

interface ProcessRow {
  pid: number;
  parent: number;
  command: string;
  /** Milliseconds of user and system time, its own and that of children it has waited for. */
  cpuMs: number;
}

function readProcess(pid: number): ProcessRow | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command may contain spaces and brackets; the fields follow its last bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number);
    const [utime = 0, stime = 0, cutime = 0, cstime = 0] = fields.slice(11, 15);
    return { pid, parent: fields[1] ?? 0, command: stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')), cpuMs: (utime + stime + cutime + cstime) * MS_PER_TICK };
  } catch {
    return undefined;
  }
}

function everyProcess(): ProcessRow[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => readProcess(Number(name))).filter((row) => row !== undefined);
}

/** A process and everything below it, without the trees under `except`: the embedded database is a child of the product and counted apart. */
function treeOf(root: number, except: readonly number[]): number[] {
  const all = everyProcess().filter((row) => !except.includes(row.pid));
  const found = new Set([root]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const row of all) {
      if (found.has(row.parent) && !found.has(row.pid)) {
        found.add(row.pid);
        grew = true;
      }
    }
  }
  return [...found];
}

/** CPU milliseconds used so far by the trees under these processes. A process that ended is counted with its parent, once waited for. */
export function cpuMsOf(roots: readonly number[], except: readonly number[] = []): number {
  return roots.flatMap((root) => treeOf(root, except)).reduce((sum, pid) => sum + (readProcess(pid)?.cpuMs ?? 0), 0);
}

/** Resident and proportional memory of the trees, in MiB. Shared pages are counted once in PSS, in every process in RSS. */
export function memoryOf(roots: readonly number[]): { rssMiB: number; pssMiB: number } {
  let rss = 0;
  let pss = 0;
  for (const pid of new Set(roots.flatMap((root) => treeOf(root, [])))) {
    try {
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      rss += Number(/^Rss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
      pss += Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
    } catch {
      // It ended between the two looks.
    }
  }
  return { rssMiB: Math.round(rss / 1024), pssMiB: Math.round(pss / 1024) };
}
