import { flowBar } from '../../../../console/figures.js';
import { money } from '../../../../kit/money.js';
import { ageingTexts } from '../../../../texts/fund-ageing.js';
import type { FundAgeing, MatchState } from './overview.documents.js';

/** The way of a yuan that stands, from pledged to disclosed. */
export const STANDING_STATES = [
  'PENDING',
  'ACCRUED',
  'BATCHED',
  'REMITTED',
  'RECEIPTED',
  'DISCLOSED',
] as const satisfies readonly MatchState[];

/** The colour of a state in charts: from gold (waits) to full green (told to all). */
export const partOf = (state: (typeof STANDING_STATES)[number]): string =>
  `part-${String(STANDING_STATES.indexOf(state) + 1)}`;

type Link = { readonly href: string; readonly go: (event: MouseEvent) => void };

/** Where all yuan that were ever pledged and stand are now: one bar; each part opens its entries. */
export const standingBar = (overall: FundAgeing['overall'], linkOf: (state: MatchState) => Link) =>
  flowBar(
    ageingTexts.where,
    STANDING_STATES.map((state) => {
      const of = overall.find((each) => each.state === state);
      return {
        key: partOf(state),
        label: of?.stateText ?? '',
        value: of?.amountFen ?? 0,
        figure: money(of?.amountFen ?? 0),
        ...linkOf(state),
      };
    }),
  );
