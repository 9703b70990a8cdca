import { html, nothing, type TemplateResult } from 'lit';
import type { FilesChanged } from '../../../../console/file-drop.js';
import type { Road } from '../../../../console/file-transfer.js';
import { dateField, textArea, textField, yuanField } from '../../../../console/forms.js';
import { readForm } from '../../../../console/read-form.js';
import { day } from '../../../../kit/dates.js';
import { consoleTexts } from '../../../../texts/console.js';
import { receiptTexts } from '../../../../texts/fund-receipts.js';
import type { Receipt, Unreceipted } from './receipts.documents.js';

/** What the form is about: a remittance's first receipt, or a wrong one's correction. */
export type Recording =
  | { readonly kind: 'first'; readonly remittance: Unreceipted }
  | { readonly kind: 'correction'; readonly receipt: Receipt };

export interface ReceiptWish {
  readonly number: string;
  readonly checkCode: string;
  readonly issuedDay: string;
  readonly amountFen: number;
  /** Of a correction; '' for the first. */
  readonly reason: string;
}

interface FormParts {
  readonly recording: Recording;
  readonly road: Road;
  readonly busy: boolean;
  readonly error: (field: string) => string | null;
  readonly note: (fields: readonly string[]) => TemplateResult | typeof nothing;
  readonly filesChanged: (fileIds: readonly string[]) => void;
  readonly cancel: () => void;
  readonly send: (wish: ReceiptWish) => void;
}

const FIELDS = ['number', 'checkCode', 'issuedDay', 'amountFen', 'fileId', 'reason'];

/** A receipt as it stands on the paper; the money that came is filled in, a correction begins with what was recorded. */
export const receiptForm = (parts: FormParts): TemplateResult => {
  const { recording, error } = parts;
  const former = recording.kind === 'correction' ? recording.receipt : null;
  const { sponsorName, receivedFen, remittedDay } =
    recording.kind === 'first'
      ? recording.remittance
      : {
          sponsorName: recording.receipt.sponsorName,
          receivedFen: recording.receipt.remittance?.receivedFen ?? recording.receipt.amountFen,
          remittedDay: recording.receipt.remittance?.remittedDay ?? null,
        };
  const today = day(new Date().toISOString());
  return html`<form class="form" novalidate @submit=${(event: SubmitEvent) => submit(event, parts)}>
    <p class="sub">${receiptTexts.formText(sponsorName, receivedFen)} ${former ? receiptTexts.correctText : nothing}</p>
    ${textField({
      ...{ name: 'number', label: receiptTexts.number, hint: receiptTexts.numberHint, error: error('number') },
      ...{ value: former?.number, inputMode: 'numeric', mono: true, maxLength: 30 },
    })}
    ${textField({
      ...{ name: 'checkCode', label: receiptTexts.checkCode, hint: receiptTexts.checkCodeHint },
      ...{ error: error('checkCode'), value: former?.checkCode, mono: true, maxLength: 30 },
    })}
    ${dateField({
      ...{ name: 'issuedDay', label: receiptTexts.issued, hint: receiptTexts.issuedHint, error: error('issuedDay') },
      ...{ value: former?.issuedDay ?? today, min: remittedDay ?? undefined, max: today },
    })}
    ${yuanField({
      ...{ name: 'amountFen', label: receiptTexts.amount, hint: receiptTexts.amountHint, error: error('amountFen') },
      fen: receivedFen,
    })}
    <aixin-file-drop
      label=${receiptTexts.file}
      hint=${receiptTexts.fileHint}
      purpose="receipt"
      accept=".pdf,.png,.jpg,.jpeg"
      .road=${parts.road}
      .error=${error('fileId')}
      @aixin-files-changed=${({ files }: FilesChanged) => parts.filesChanged(files.map(({ id }) => id))}
    ></aixin-file-drop>
    ${
      former
        ? html`<div class="wide">
            ${textArea({ name: 'reason', label: receiptTexts.reason, rows: 2, maxLength: 200, error: error('reason') })}
          </div>`
        : nothing
    }
    ${parts.note(FIELDS)}
    <div class="answers">
      <button type="button" class="btn ghost" @click=${parts.cancel}>${consoleTexts.no}</button>
      <button class="btn" ?disabled=${parts.busy}>
        ${parts.busy ? consoleTexts.busy : former ? receiptTexts.saveCorrection : receiptTexts.save}
      </button>
    </div>
  </form>`;
};

const submit = (event: SubmitEvent, parts: FormParts): void => {
  event.preventDefault();
  const form = readForm(event.target as HTMLFormElement);
  parts.send({
    number: form.text('number'),
    checkCode: form.text('checkCode'),
    issuedDay: form.text('issuedDay'),
    // What is no amount is none of the money that came: the server says so beside the field.
    amountFen: form.fen('amountFen') ?? 0,
    reason: form.text('reason'),
  });
};
