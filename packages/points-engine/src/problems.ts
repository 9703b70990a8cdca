/** One thing wrong with a policy: where, as `versions[0].rules[2].points`, and what to do, zh-CN. */
export interface PolicyProblem {
  path: string;
  message: string;
}

/** A hopelessly wrong file is reported in part: nobody reads more at once. */
const MAX_PROBLEMS = 100;

/** Values are checked one by one and every problem is noted, so that an operator mends a policy in one go. */
export interface Checker {
  readonly problems: PolicyProblem[];
  note(path: string, message: string): void;
  /** The value as an object with known keys only, or `null` after noting why not. */
  object(value: unknown, path: string, keys: ObjectKeys): Record<string, unknown> | null;
  /** The value as a list within bounds, or an empty one after noting why not. */
  list(value: unknown, path: string, bounds: { min: number; max: number }): readonly unknown[];
  integer(value: unknown, path: string, bounds: { min: number; max: number }): void;
  text(value: unknown, path: string, shape: { pattern: RegExp; says: string }): void;
}

interface ObjectKeys {
  required: readonly string[];
  optional: readonly string[];
}

export function createChecker(): Checker {
  const problems: PolicyProblem[] = [];
  const note = (path: string, message: string): void => {
    // One message for one place: what is missing is not also of the wrong type.
    if (problems.length === MAX_PROBLEMS || problems.some((known) => known.path === path)) return;
    problems.push({ path, message });
  };
  return {
    problems,
    note,
    object(value, path, keys) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        note(path, '必须是一个对象');
        return null;
      }
      const object = value as Record<string, unknown>;
      for (const key of keys.required) {
        if (!Object.hasOwn(object, key)) note(join(path, key), '缺少这一项');
      }
      for (const key of Object.keys(object)) {
        // A misspelt condition would silently hold for everyone: an unknown key is an error, never ignored.
        const known = keys.required.includes(key) || keys.optional.includes(key);
        if (!known) note(join(path, key), '没有这一项，请检查拼写');
      }
      return object;
    },
    list(value, path, { min, max }) {
      if (Array.isArray(value) && value.length >= min && value.length <= max) return value as readonly unknown[];
      note(path, `必须是 ${min} 到 ${max} 项的列表`);
      return [];
    },
    integer(value, path, { min, max }) {
      const fits = typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max;
      if (!fits) note(path, `必须是 ${min} 到 ${max} 的整数`);
    },
    text(value, path, { pattern, says }) {
      if (typeof value !== 'string' || !pattern.test(value)) note(path, `必须是${says}`);
    },
  };
}

/** `versions[0]` and `rules` → `versions[0].rules`; the root has an empty path. */
export function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
