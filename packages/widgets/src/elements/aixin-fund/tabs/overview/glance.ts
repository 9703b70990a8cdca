import { html, nothing, type TemplateResult } from 'lit';
import { money } from '../../../../kit/money.js';
import { overviewTexts } from '../../../../texts/fund-overview.js';
import type { Fund, MatchState } from './overview.documents.js';

type Change = { readonly state: MatchState | null };

export interface FundGlance {
  readonly fund: Fund;
  readonly current: MatchState | null;
  readonly hrefOf: (change: Change) => string;
  readonly open: (change: Change) => (event: MouseEvent) => void;
}

/** The month at a glance: the total, then each state on the way of the yuan. Each figure opens its entries. */
export const fundGlance = (glance: FundGlance): TemplateResult => {
  const { fund, current } = glance;
  const counted = fund.totals.filter(({ state }) => state !== 'VOID');
  const count = counted.reduce((sum, total) => sum + total.count, 0);
  return html`<nav class="card glance" aria-label=${overviewTexts.glance}>
    ${figure(glance, {
      state: null,
      name: overviewTexts.total,
      count,
      amountFen: fund.totalFen,
      on: current === null,
      note: overviewTexts.totalNote,
    })}
    ${fund.totals.map(({ state, stateText, count: items, amountFen }) =>
      figure(glance, { state, name: stateText, count: items, amountFen, on: current === state }),
    )}
  </nav>`;
};

interface Figure {
  readonly state: MatchState | null;
  readonly name: string;
  readonly count: number;
  readonly amountFen: number;
  readonly on: boolean;
  readonly note?: string;
}

const TONES: Partial<Record<MatchState, string>> = {
  PENDING: 'gold',
  VOID: 'gone',
  DISCLOSED: 'leaf',
  RECEIPTED: 'leaf',
};

const figure = ({ hrefOf, open }: FundGlance, { state, name, count, amountFen, on, note }: Figure): TemplateResult =>
  html`<a
    class=${state === null ? 'all' : ''}
    href=${hrefOf({ state })}
    aria-current=${on ? 'true' : nothing}
    @click=${open({ state })}
  >
    <span class="name">${name}</span>
    <span class="big num ${state ? (TONES[state] ?? '') : ''}">${money(amountFen)}</span>
    <span class="sub small num">${overviewTexts.items(count)}${note ? ` · ${note}` : ''}</span>
  </a>`;
