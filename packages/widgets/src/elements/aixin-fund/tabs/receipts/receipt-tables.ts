import { html, nothing, type TemplateResult } from 'lit';
import { code } from '../../../../console/figures.js';
import { icon } from '../../../../kit/icons.js';
import { yuan } from '../../../../kit/money.js';
import { table, tag, type Column } from '../../../../kit/parts.js';
import { receiptTexts } from '../../../../texts/fund-receipts.js';
import type { Receipt, Unreceipted } from './receipts.documents.js';

const { heads } = receiptTexts;

/** What came and waits for its receipt; `record` is there for whoever may. */
export const unreceiptedTable = (
  rows: readonly Unreceipted[],
  record: ((row: Unreceipted) => void) | null,
): TemplateResult => {
  const action: Column<Unreceipted> = {
    head: heads.actions,
    cell: (row) => chip(receiptTexts.record, row.reference, () => record?.(row)),
  };
  return table<Unreceipted>({
    caption: receiptTexts.waitingTitle,
    rows,
    columns: [
      { head: heads.reference, cell: ({ reference }) => code(reference) },
      { head: heads.sponsor, cell: ({ sponsorName }) => sponsorName },
      { head: heads.agreement, cell: ({ agreementNumber }) => code(agreementNumber) },
      { head: heads.received, cell: ({ receivedFen }) => html`<b>${yuan(receivedFen)}</b>`, numeric: true },
      { head: heads.day, cell: ({ remittedDay }) => html`<span class="num">${remittedDay ?? '–'}</span>` },
      ...(record ? [action] : []),
    ],
  });
};

export interface ReceiptActions {
  readonly download: (file: { id: string; name: string }) => void;
  /** Null where nothing may be changed. */
  readonly change: { correct: (receipt: Receipt) => void; voidIt: (receipt: Receipt) => void } | null;
}

export const receiptTable = (rows: readonly Receipt[], { download, change }: ReceiptActions): TemplateResult => {
  const actions: Column<Receipt> = {
    head: heads.actions,
    cell: (receipt) =>
      receipt.state === 'VOIDED'
        ? nothing
        : html`<span class="row-actions">
            ${chip(receiptTexts.correct, receipt.number, () => change?.correct(receipt))}
            ${chip(receiptTexts.voidIt, receipt.number, () => change?.voidIt(receipt))}
          </span>`,
  };
  return table<Receipt>({
    caption: receiptTexts.listTitle,
    rows,
    columns: [
      { head: heads.number, cell: numberCell },
      { head: heads.checkCode, cell: ({ checkCode }) => code(checkCode) },
      { head: heads.issued, cell: ({ issuedDay }) => html`<span class="num">${issuedDay}</span>` },
      { head: heads.sponsor, cell: ({ sponsorName }) => sponsorName },
      { head: heads.reference, cell: ({ reference }) => code(reference) },
      { head: heads.amount, cell: ({ amountFen }) => html`<b>${yuan(amountFen)}</b>`, numeric: true },
      { head: heads.state, cell: stateCell },
      {
        head: heads.file,
        cell: ({ file }) =>
          file
            ? html`<button class="text-btn" title=${file.name} @click=${() => download(file)}>
                ${icon('down', 16)}<span class="sr">${receiptTexts.download(file.name)}</span
                ><span aria-hidden="true">${receiptTexts.get}</span>
              </button>`
            : html`<span class="sub">${receiptTexts.noFile}</span>`,
      },
      ...(change ? [actions] : []),
    ],
  });
};

const numberCell = ({ number, corrects, state }: Receipt): TemplateResult =>
  html`<span class=${state === 'VOIDED' ? 'gone' : ''}>${code(number)}</span>${
      corrects ? html`<br /><span class="sub small">${receiptTexts.replaces(corrects.number)}</span>` : nothing
    }`;

const stateCell = ({ state, voidReason }: Receipt): TemplateResult =>
  html`${tag(receiptTexts.states[state], state === 'VALID' ? 'leaf' : 'plain')}${
    voidReason ? html`<br /><span class="sub small">${receiptTexts.voidedBecause(voidReason)}</span>` : nothing
  }`;

/** In one piece: a space beside the hidden words would move the seen ones out of the middle. */
const chip = (text: string, of: string, press: () => void): TemplateResult =>
  html`<button class="chip" @click=${press}>${text}<span class="sr">${of}</span></button>`;
