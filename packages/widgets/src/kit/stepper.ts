import { html, type TemplateResult } from 'lit';
import { icon } from './icons.js';

export interface Stepper {
  readonly label: string;
  readonly less: string;
  readonly more: string;
  readonly value: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

const within = (value: number, max: number): number =>
  Number.isSafeInteger(value) ? Math.max(1, Math.min(value, Math.max(1, max))) : 1;

/** A quantity: two buttons and a field that takes digits. It never leaves 1 … max, so nothing invalid can be ordered. */
export const stepper = ({ label, less, more, value, max, onChange }: Stepper): TemplateResult =>
  html`<div class="stepper" role="group" aria-label=${label}>
    <button
      type="button"
      aria-label=${less}
      ?disabled=${value <= 1}
      @click=${() => {
        onChange(within(value - 1, max));
      }}
    >
      ${icon('minus', 18)}
    </button>
    <input
      inputmode="numeric"
      autocomplete="off"
      aria-label=${label}
      .value=${String(value)}
      @change=${(event: Event) => {
        const input = event.target as HTMLInputElement;
        const wanted = within(Number(input.value), max);
        input.value = String(wanted);
        onChange(wanted);
      }}
    />
    <button
      type="button"
      aria-label=${more}
      ?disabled=${value >= max}
      @click=${() => {
        onChange(within(value + 1, max));
      }}
    >
      ${icon('plus', 18)}
    </button>
  </div>`;
