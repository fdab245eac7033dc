import { useRef, useState, type ChangeEvent, type FormEvent } from 'react';

type Checks<T> = { [K in keyof T]?: (value: T[K], all: T) => string | undefined };
type TextKey<T> = { [K in keyof T]: T[K] extends string ? K : never }[keyof T] & string;

/**
 * The state of one form: values, what is wrong where, and the way to the first fault. `checks` answer a sentence when a value will not do; they run
 * on submitting, and a fault goes as soon as its value changes. What only the server can know is put in with `fail`.
 */
export function useForm<T extends object>(initial: T, checks: Checks<T> = {}) {
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<Partial<Record<keyof T, string>>>({});
  const [isDirty, setDirty] = useState(false);
  const ref = useRef<HTMLFormElement>(null);

  const set = <K extends keyof T>(key: K, value: T[K]) => {
    setValues((before) => ({ ...before, [key]: value }));
    setDirty(true);
    setErrors((before) => ({ ...before, [key]: undefined }));
  };
  // After the next paint: only then do the fields say that they are invalid.
  const goToFault = () => requestAnimationFrame(() => ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  const check = (): boolean => {
    const faults = (Object.keys(checks) as (keyof T)[]).flatMap((key) => {
      const fault = checks[key]?.(values[key], values);
      return fault === undefined ? [] : [[key, fault] as const];
    });
    setErrors(Object.fromEntries(faults) as Partial<Record<keyof T, string>>);
    if (faults.length > 0) goToFault();
    return faults.length === 0;
  };

  return {
    ref, values, errors, isDirty, set, check,
    /** Takes new values as the ones to start from, after saving or when they arrive. */
    restart: (next: T) => {
      setValues(next);
      setErrors({});
      setDirty(false);
    },
    fail: (key: keyof T, message: string) => {
      setErrors((before) => ({ ...before, [key]: message }));
      goToFault();
    },
    /** For a text field: `<Input {...form.text('name')} />`. */
    text: <K extends TextKey<T>>(key: K) => ({
      name: key, value: values[key] as string, onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => set(key, event.target.value as T[K]),
    }),
    onSubmit: (run: (values: T) => void) => (event: FormEvent) => {
      event.preventDefault();
      event.stopPropagation();
      if (check()) run(values);
    },
  };
}
