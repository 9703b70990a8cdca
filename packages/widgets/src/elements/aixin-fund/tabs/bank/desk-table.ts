import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { yuan } from '../../../../kit/money.js';
import { tag } from '../../../../kit/parts.js';
import { fundBankTexts as texts } from '../../../../texts/fund-bank.js';
import type { BankLine, BankLineState } from './bank.documents.js';

export interface DeskTable {
  readonly lines: readonly BankLine[];
  readonly selectedId: string | null;
  /** Lines whose command is on its way. */
  readonly pending: ReadonlySet<string>;
  /** There are several accounts: each line says whose it is. */
  readonly namesAccount: boolean;
  readonly select: (line: BankLine) => void;
}

const TONES: Record<BankLineState, 'leaf' | 'gold' | 'red' | 'plain'> = {
  MATCHED: 'leaf',
  IGNORED: 'leaf',
  SUGGESTED: 'gold',
  OPEN: 'red',
};

/** `2026-11-04` → `11-04`: a desk looks at a month or two. */
export const shortDay = (day: string): string => day.slice(5);

/** The lines as a statement reads. One row is selected and takes the focus; keys move it (`FundBank`). */
export const deskTable = (table: DeskTable): TemplateResult => {
  const { heads } = texts;
  return html`<div class="table-scroll">
    <table class="dense desk" role="grid" aria-label=${texts.table} aria-multiselectable="false">
      <thead>
        <tr>
          <th scope="col">${heads.day}</th>
          ${table.namesAccount ? html`<th scope="col">${heads.account}</th>` : nothing}
          <th scope="col">${heads.who}</th>
          <th scope="col">${heads.memo}</th>
          <th scope="col" class="n">${heads.amount}</th>
          <th scope="col">${heads.state}</th>
          <th scope="col">${heads.reason}</th>
        </tr>
      </thead>
      <tbody>
        ${repeat(
          table.lines,
          ({ id }) => id,
          (line) => row(line, table),
        )}
      </tbody>
    </table>
  </div>`;
};

const row = (line: BankLine, { selectedId, pending, namesAccount, select }: DeskTable): TemplateResult => {
  const selected = line.id === selectedId;
  const busy = pending.has(line.id);
  return html`<tr
    class="line ${line.state.toLowerCase()} ${busy ? 'pending' : ''}"
    data-id=${line.id}
    aria-selected=${selected ? 'true' : 'false'}
    aria-busy=${busy ? 'true' : nothing}
    tabindex=${selected ? 0 : -1}
    @click=${() => select(line)}
  >
    <td class="num day">${shortDay(line.day)}</td>
    ${namesAccount ? html`<td class="sub account">${line.accountName}</td>` : nothing}
    <td class="who">${line.counterparty}</td>
    <td class="mono memo" title=${line.memo || nothing}>${line.memo}</td>
    <td class="n amount">${yuan(line.amountFen)}</td>
    <td class="stands">${busy ? tag(texts.working, 'plain') : tag(line.stateText, TONES[line.state])}</td>
    <td class="sub why">${line.reason}</td>
  </tr>`;
};
