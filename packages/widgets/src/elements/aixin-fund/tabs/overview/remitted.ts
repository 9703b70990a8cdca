import type { TemplateResult } from 'lit';
import { figureRow, type Figure } from '../../../../console/figures.js';
import { monthText } from '../../../../kit/dates.js';
import { money } from '../../../../kit/money.js';
import { ageingTexts } from '../../../../texts/fund-ageing.js';
import type { FundRemitted } from './overview.documents.js';

type Link = { readonly href: string; readonly go: (event: MouseEvent) => void };

/** The month's batch at a glance: asked for, come, still to come, receipted, told. Each figure opens the batch. */
export const remittedRow = (
  { batches, remittances }: FundRemitted,
  month: string,
  linkTo: (batchNumber: string) => Link,
): TemplateResult | null => {
  const batch = batches.find((each) => each.month === month && each.state !== 'REJECTED');
  if (!batch) return null;
  const of = remittances.filter(({ batchNumber }) => batchNumber === batch.number);
  const sum = (key: 'amountFen' | 'receivedFen', states?: readonly string[]): number =>
    of.filter(({ state }) => !states || states.includes(state)).reduce((total, each) => total + each[key], 0);
  const count = (key: 'matchCount' | 'adjustmentCount'): number =>
    batch.agreements.reduce((total, each) => total + each[key], 0);
  const asked = of.filter(({ amountFen }) => amountFen > 0);
  const paid = asked.filter(({ state }) => state !== 'OPEN' && state !== 'DRAFT');
  const dueFen = batch.state === 'APPROVED' ? sum('amountFen') : batch.amountFen;
  const missingFen = sum('amountFen') - sum('receivedFen');
  const link = linkTo(batch.number);
  const figures: Figure[] = [
    { figure: money(dueFen), label: ageingTexts.due(count('matchCount'), count('adjustmentCount')) },
    { figure: money(sum('receivedFen')), label: ageingTexts.received(paid.length, asked.length) },
    { figure: money(missingFen), label: ageingTexts.missing, tone: missingFen > 0 ? 'gold' : undefined },
    {
      figure: money(sum('receivedFen', ['RECEIPTED', 'DISCLOSED'])),
      label: ageingTexts.receipted,
      tone: 'leaf',
    },
    { figure: money(sum('receivedFen', ['DISCLOSED'])), label: ageingTexts.disclosed, tone: 'leaf' },
  ];
  return figureRow(
    ageingTexts.glance(monthText(month)),
    figures.map((figure) => ({ ...figure, ...link })),
  );
};
