import { stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { EmbeddedPostgresProblem } from './problem.ts';
import { runProgram, type RunAs } from './run-program.ts';

export type { RunAs } from './run-program.ts';

const CANDIDATES = ['rapport', 'postgres', 'nobody'];

/**
 * PostgreSQL refuses to run as root, with reason, so under root it runs as the first of rapport, postgres and nobody
 * that exists. Data that is already there decides before that list does: a `rapport` user created next month must not
 * lock us out of files that belong to `postgres`. An ordinary user runs it as itself.
 *
 * Throws `no_user_to_run_as` when the user has no name in the user database (PostgreSQL looks its own name up and gives
 * up without one) and `wrong_owner` when the data belongs to somebody we are not.
 */
export async function chooseRunAs(clusterDir: string): Promise<RunAs> {
  const owner = await stat(clusterDir).catch(() => undefined);
  const ownUid = process.getuid?.() ?? -1;
  if (ownUid !== 0) {
    if (owner && owner.uid !== ownUid) {
      const ownerName = (await lookUp(owner.uid))?.name ?? `uid ${owner.uid}`;
      throw new EmbeddedPostgresProblem(
        'wrong_owner',
        `The database in ${clusterDir} belongs to the user ${ownerName}. Start Rapport as root or as that user, or hand the files over: chown -R ${ownUid} '${clusterDir}'.`,
      );
    }
    return { name: ownName(ownUid), uid: ownUid, gid: process.getgid?.() ?? -1, dropped: false };
  }

  if (owner && owner.uid !== 0) {
    const known = await lookUp(owner.uid);
    if (known) return { ...known, dropped: true };
    throw new EmbeddedPostgresProblem(
      'no_user_to_run_as',
      `The database in ${clusterDir} belongs to uid ${owner.uid}, which has no user name here. Create that user, or hand the files to one that exists: chown -R nobody '${clusterDir}'.`,
    );
  }
  for (const candidate of CANDIDATES) {
    const known = await lookUp(candidate);
    if (known && known.uid !== 0) return { ...known, dropped: true };
  }
  throw new EmbeddedPostgresProblem(
    'no_user_to_run_as',
    `PostgreSQL does not run as root, and none of the users ${CANDIDATES.join(', ')} exists. Create one (useradd --system rapport) or start Rapport as an ordinary user.`,
  );
}

function ownName(uid: number): string {
  try {
    return userInfo().username;
  } catch (cause) {
    throw new EmbeddedPostgresProblem(
      'no_user_to_run_as',
      `Rapport runs as uid ${uid}, which has no user name here, and PostgreSQL needs one. Add the user to /etc/passwd or start Rapport as a named user.`,
      { cause },
    );
  }
}

// `id` rather than reading /etc/passwd: users may come from a directory service.
async function lookUp(user: string | number): Promise<{ name: string; uid: number; gid: number } | undefined> {
  const ask = async (flag: string): Promise<string | undefined> => {
    const answer = await runProgram('id', [flag, '--', String(user)]);
    return answer.code === 0 ? answer.stdout.trim() : undefined;
  };
  const [uid, gid, name] = await Promise.all([ask('-u'), ask('-g'), ask('-un')]);
  return uid === undefined || gid === undefined || name === undefined ? undefined : { name, uid: Number(uid), gid: Number(gid) };
}
