import { mustBeAllowed, type Ctx } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { isCurrency, type OwnField } from './field-value.ts';

const MOST_FIELDS = 100;

/** Where a room keeps the fields an account has made for what the room is about: the tables and the words are the room's, what holds for every field is here. */
export interface FieldDrawer<F extends OwnField> {
  /** Fields are defined one after the other, so that two made at once do not get one place. */
  lock(ctx: Ctx): Promise<void>;
  select(ctx: Ctx): Promise<F[]>;
  insert(ctx: Ctx, field: F): Promise<void>;
  write(ctx: Ctx, field: F): Promise<void>;
  remove(ctx: Ctx, fieldId: string): Promise<void>;
  /** Whether anything has a value for the field, or one of these options. */
  isUsed(ctx: Ctx, field: F, optionIds: readonly string[] | null): Promise<boolean>;
  /** Whether the two are filled in at one place, and so must not have one name. */
  areBeside(one: F, other: F): boolean;
  /** Who has the values, at the beginning of a sentence with “have”. */
  holders: string;
}

const isThere = <T>(value: T | null | undefined): value is T => value !== undefined && value !== null;

function checked<F extends OwnField>(field: F): F {
  const wrong = (what: string) => new Refusal('invalid_request', what);
  const labels = field.options.map((option) => option.label.toLowerCase());
  if (field.type === 'choice' ? field.options.every((option) => option.isRetired) : field.options.length > 0) throw wrong('body.options: A choice has options to choose from; other fields have none.');
  if (new Set(labels).size !== labels.length || new Set(field.options.map((option) => option.id)).size !== labels.length) throw wrong('body.options: Every option has words of its own.');
  if ((field.type === 'money') !== (field.currency !== null) || (field.currency !== null && !isCurrency(field.currency))) throw wrong('body.currency: An amount of money has a currency; other fields have none.');
  return field;
}

/** Locks the definitions and answers them, for one who may change them. */
async function held<F extends OwnField>(ctx: Ctx, drawer: FieldDrawer<F>): Promise<F[]> {
  mustBeAllowed(ctx.actor, 'account.manage');
  await drawer.lock(ctx);
  return drawer.select(ctx);
}

function mustBeFree<F extends OwnField>(drawer: FieldDrawer<F>, all: readonly F[], field: F): void {
  const isTaken = all.some((one) => one.id !== field.id && drawer.areBeside(one, field) && one.name.toLowerCase() === field.name.toLowerCase());
  if (isTaken) throw new Refusal('name_taken', 'Another field has this name already. Choose another.');
}

function findIn<F extends OwnField>(all: readonly F[], fieldId: string): F {
  const field = all.find((one) => one.id === fieldId);
  if (!field) throw new Refusal('not_found', 'This field does not exist.');
  return field;
}

/** Adds a field behind the others. Refuses `name_taken`. */
export async function addOwnField<F extends OwnField>(ctx: Ctx, drawer: FieldDrawer<F>, field: F): Promise<F> {
  const all = await held(ctx, drawer);
  mustBeFree(drawer, all, field);
  if (all.length >= MOST_FIELDS) throw new Refusal('invalid_request', `An account has at most ${MOST_FIELDS} fields of one kind.`);
  await drawer.insert(ctx, checked(field));
  await announce(ctx, 'fields.changed', {});
  return field;
}

/** Changes a field; what is left out stays. An option in use is retired, never taken away: `still_in_use`. Refuses `name_taken` and `changed_meanwhile`. */
export async function changeOwnField<F extends OwnField>(ctx: Ctx, drawer: FieldDrawer<F>, fieldId: string, { version, ...change }: { version: number } & { [K in keyof F]?: F[K] | undefined }): Promise<F> {
  const all = await held(ctx, drawer);
  const before = findIn(all, fieldId);
  if (before.version !== version) throw new Refusal('changed_meanwhile', 'Look at what changed and try again.');
  const after = checked<F>({ ...before, ...Object.fromEntries(Object.entries(change).filter(([, value]) => isThere(value))), version: version + 1 });
  mustBeFree(drawer, all, after);
  const gone = before.options.filter((option) => !after.options.some((one) => one.id === option.id)).map((option) => option.id);
  if (gone.length > 0 && (await drawer.isUsed(ctx, before, gone))) throw new Refusal('still_in_use', `${drawer.holders} have this option. Retire it instead: it stays where it was chosen and is offered no more.`);
  await drawer.write(ctx, after);
  await announce(ctx, 'fields.changed', {});
  return after;
}

/** Removes a field without values; one that is in use is retired instead (`still_in_use`). */
export async function removeOwnField<F extends OwnField>(ctx: Ctx, drawer: FieldDrawer<F>, fieldId: string): Promise<void> {
  const field = findIn(await held(ctx, drawer), fieldId);
  if (await drawer.isUsed(ctx, field, null)) throw new Refusal('still_in_use', `${drawer.holders} have values for this field. Retire it instead: the values stay and it is asked for no more.`);
  await drawer.remove(ctx, fieldId);
  await announce(ctx, 'fields.changed', {});
}
