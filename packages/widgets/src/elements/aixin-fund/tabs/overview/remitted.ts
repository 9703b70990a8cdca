import type { TemplateResult } from 'lit';
import { figureRow } from '../../../../console/figures.js';
import { monthText } from '../../../../kit/dates.js';
import { money } from '../../../../kit/money.js';
import { ageingTexts } from '../../../../texts/fund-ageing.js';
import type { FundTabName } from '../tab-names.js';
import type { FundRemitted } from './overview.documents.js';

type LinkTo = (
  tab: FundTabName,
  names: Readonly<Record<string, string>>,
) => { readonly href: string; readonly go: (event: MouseEvent) => void };

/** The month's batch at a glance, and what the bank says of it. Each figure opens its entries in their tab. */
export const remittedRow = (of: FundRemitted, linkTo: LinkTo): TemplateResult | null => {
  const { month } = of;
  if (month === null) return null;
  const batch = linkTo('batches', { batch: `B${month.replace('-', '')}` });
  const suggested = linkTo('bank', { month, state: 'SUGGESTED' });
  return figureRow(ageingTexts.glance(monthText(month)), [
    {
      figure: money(of.dueFen),
      label: ageingTexts.due(month, of.dueCount, of.adjustmentCount),
      ...batch,
    },
    { figure: money(of.seenFen), label: ageingTexts.seen(of.seenCount, of.remittanceCount), ...batch },
    {
      figure: money(of.matchedFen),
      label: ageingTexts.matched,
      tone: 'leaf',
      ...linkTo('bank', { month, state: 'MATCHED' }),
    },
    {
      figure: money(of.suggestedFen),
      label: ageingTexts.suggested(of.suggestedCount),
      tone: of.suggestedCount > 0 ? 'gold' : undefined,
      ...suggested,
    },
    {
      figure: money(of.openInFen),
      label: ageingTexts.open(of.openCount),
      tone: of.openCount > 0 ? 'red' : undefined,
      ...linkTo('bank', { month, state: 'OPEN' }),
    },
  ]);
};
