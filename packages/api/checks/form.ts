/**
 * The form in which a document is written: who reads it may take its fields for what they are. Where a value has not this
 * form, the path to the first place that is otherwise; null where it has. Types say the same, but not of a document that
 * somebody changed by hand.
 */
export type Form = (value: unknown, path: string) => string | null;

const when =
  (fits: (value: unknown) => boolean): Form =>
  (value, path) =>
    fits(value) ? null : path;

export const anything: Form = () => null;
export const text: Form = when((value) => typeof value === 'string');
/** Fen, points, pieces and numbers: nothing in the books is a fraction. */
export const whole: Form = when(Number.isSafeInteger);
export const flag: Form = when((value) => typeof value === 'boolean');
/** Not its text: a date and its text have the same canonical JSON, and so the same hash. */
export const date: Form = when((value) => value instanceof Date && !Number.isNaN(value.getTime()));
export const object: Form = when(isObject);

export const orNull =
  (form: Form): Form =>
  (value, path) =>
    value === null ? null : form(value, path);

/** A field that may be left out. */
export const maybe =
  (form: Form): Form =>
  (value, path) =>
    value === undefined ? null : form(value, path);

export const list =
  (form: Form): Form =>
  (value, path) => {
    if (!Array.isArray(value)) return path;
    for (const [at, one] of value.entries()) {
      const problem = form(one, `${path}.${at}`);
      if (problem !== null) return problem;
    }
    return null;
  };

/** Has these fields among others. */
export function having<T>(fields: { readonly [Key in keyof T]?: Form }): Form {
  const forms = Object.entries<Form>(fields as Record<string, Form>);
  return (value, path) => {
    if (!isObject(value)) return path;
    for (const [key, form] of forms) {
      const problem = form(value[key], path === '' ? key : `${path}.${key}`);
      if (problem !== null) return problem;
    }
    return null;
  };
}

/** Has these fields and no other: what a hash leaves out must not come in beside it. */
export function exactly<T>(fields: { readonly [Key in keyof Required<T>]: Form }): Form {
  const inside = having<T>(fields);
  const known = new Set(Object.keys(fields));
  return (value, path) => {
    const problem = inside(value, path);
    if (problem !== null) return problem;
    const other = Object.keys(value as object).find((key) => !known.has(key));
    return other === undefined ? null : path === '' ? other : `${path}.${other}`;
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
