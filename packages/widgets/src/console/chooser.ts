import { html, type TemplateResult } from 'lit';
import type { PageQuery } from './page-query.js';

export interface Choosing {
  /** Read out, as the chooser shows only what is chosen. */
  readonly label: string;
  /** The words for no choice at all. */
  readonly any: string;
  /** Value and words. */
  readonly choices: readonly (readonly [value: string, text: string])[];
  readonly chosen: string | null;
  /** Null: any. */
  readonly choose: (value: string | null) => void;
}

/** Narrows a list down to one of a few kinds. */
export const chooser = ({ label, any, choices, chosen, choose }: Choosing): TemplateResult =>
  html`<select
    class="chip"
    aria-label=${label}
    @change=${(event: Event) => choose((event.target as HTMLSelectElement).value || null)}
  >
    <option value="" ?selected=${chosen === null}>${any}</option>
    ${choices.map(([value, text]) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`)}
  </select>`;

/** The same for a list whose filters stand in the page's address. */
export const addressChooser = <Name extends string>(
  address: PageQuery<Name>,
  name: Name,
  what: Omit<Choosing, 'chosen' | 'choose'>,
): TemplateResult =>
  chooser({
    ...what,
    chosen: address.get(name),
    choose: (value) => address.go({ [name]: value } as Partial<Record<Name, string | null>>),
  });
