import { parseYuan } from './yuan-input.js';

export interface FormValues {
  /** Of any field, trimmed; '' where it is empty or there is none of this name. */
  text(name: string): string;
  /** The same, null where it is empty: what the server's inputs call left out. */
  optional(name: string): string | null;
  /** Of a `yuanField`, in fen; null where it is empty or no amount (then `wrong` is true). */
  fen(name: string): number | null;
  /** Something stands in the `yuanField`, and it is no amount. */
  wrong(name: string): boolean;
  /** A whole number without sign; null where it is none. */
  count(name: string): number | null;
  ticked(name: string): boolean;
  /** Names of required fields that are empty, in the form's order. */
  readonly missing: readonly string[];
}

/** What stands in a form, read once when it is sent. */
export const readForm = (form: HTMLFormElement): FormValues => {
  const data = new FormData(form);
  const text = (name: string): string => {
    const value = data.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const required = [...form.elements].filter(
    (each): each is HTMLInputElement => 'required' in each && each.required === true,
  );
  return {
    text,
    optional: (name) => text(name) || null,
    fen: (name) => parseYuan(text(name)),
    wrong: (name) => text(name) !== '' && parseYuan(text(name)) === null,
    count: (name) => (/^\d{1,9}$/.test(text(name)) ? Number(text(name)) : null),
    ticked: (name) => data.get(name) !== null,
    missing: required.filter(({ name }) => text(name) === '').map(({ name }) => name),
  };
};

/** Puts the focus on the first field that is marked wrong; call it after the update that marks it. */
export const focusFirstWrong = (root: ParentNode): void => {
  root.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
};
