import { Refusal } from '../../platform/refusal.ts';

const [UNIQUE, FOREIGN] = ['23505', '23503'];

/** Turns the database's word for a name that exists already, or for a team that does not, into a refusal; the transaction is then lost. */
export async function orNameTaken<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const code = (error as { code?: unknown } | null)?.code;
    if (code === UNIQUE) throw new Refusal('name_taken', 'Another view has this name. Choose another.');
    if (code === FOREIGN) throw new Refusal('not_found', 'This team does not exist.');
    throw error;
  }
}
