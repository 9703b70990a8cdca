import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import '../../../../console/console-dialog.js';
import { GrowingRows } from '../../../../console/growing-rows.js';
import '../../../../console/file-drop.js';
import { PAGE_ROWS } from '../../../../console/all-pages.js';
import { definePage } from '../../../../kit/page.js';
import { emptyState, tag } from '../../../../kit/parts.js';
import { receiptTexts } from '../../../../texts/fund-receipts.js';
import { FundTab } from '../fund-tab.js';
import { receiptForm, type ReceiptWish, type Recording } from './receipt-form.js';
import { receiptTable, unreceiptedTable } from './receipt-tables.js';
import {
  RecordReceipt,
  ReceiptsQuery,
  UnreceiptedQuery,
  VoidReceipt,
  type Receipt,
  type Unreceipted,
} from './receipts.documents.js';
import { receiptStyles } from './receipts.styles.js';

const ROWS_AT_ONCE = 50;

interface Rows {
  readonly rows: readonly Receipt[];
  readonly next: string | null;
}

/** The receipts: what waits for one, those that were recorded; a sponsor sees its own. */
export class FundReceipts extends FundTab {
  static override styles = [...FundTab.styles, receiptStyles];

  @state() private recording: Recording | null = null;
  @state() private fileId: string | null = null;

  private readonly receipts = this.reading((signal) => this.read(null, ROWS_AT_ONCE, signal));

  private readonly growing = new GrowingRows<Receipt, Rows>(this, (after) => this.read(after, ROWS_AT_ONCE));

  private readonly waiting = this.reading(async (signal) => {
    if (!this.isStaff) return [];
    const { remittances } = await this.client.send(UnreceiptedQuery, {}, { signal });
    return remittances;
  });

  private get isStaff(): boolean {
    return this.mayChange || this.rights.auditor;
  }

  private async read(after: string | null, first: number, signal?: AbortSignal): Promise<Rows> {
    const { receipts } = await this.client.send(ReceiptsQuery, { first, after }, signal ? { signal } : {});
    return {
      rows: receipts?.edges.map(({ node }) => node) ?? [],
      next: receipts?.pageInfo.hasNextPage ? receipts.pageInfo.endCursor : null,
    };
  }

  protected override content(): TemplateResult {
    return html`<div class="stack">
      ${this.heading(
        this.isStaff
          ? { title: receiptTexts.title, sub: receiptTexts.sub, controls: this.tools(() => void this.exportAll()) }
          : {
              title: receiptTexts.mineTitle,
              sub: receiptTexts.mineSub,
              controls: this.tools(() => void this.exportAll()),
            },
      )}
      ${
        this.isStaff ? this.whole(this.waiting, (waiting, busy) => this.waitingPart(waiting, busy), [90, 140]) : nothing
      }
      ${this.whole(this.receipts, (first, busy) => this.listPart(first, busy), [90, 280])} ${this.dialog()}
    </div>`;
  }

  private waitingPart(waiting: readonly Unreceipted[], busy: boolean): TemplateResult {
    const sumFen = waiting.reduce((sum, each) => sum + each.receivedFen, 0);
    return html`<section class="card table-card nowrap" aria-busy=${busy ? 'true' : 'false'}>
      <div class="card-head">
        <h3 class="in-card">${receiptTexts.waitingTitle}</h3>
        ${waiting.length === 0 ? nothing : tag(receiptTexts.waiting(waiting.length, sumFen), 'gold')}
      </div>
      ${
        waiting.length === 0
          ? html`<p class="none sub">${receiptTexts.waitingNone}</p>`
          : unreceiptedTable(
              waiting,
              this.rights.maker ? (remittance) => this.openForm({ kind: 'first', remittance }) : null,
            )
      }
    </section>`;
  }

  private listPart(first: Rows, busy: boolean): TemplateResult {
    const shown = this.growing.all(first);
    if (shown.rows.length === 0) {
      return this.isStaff
        ? emptyState({ icon: 'record', title: receiptTexts.empty, text: receiptTexts.emptyText })
        : emptyState({ icon: 'record', title: receiptTexts.mineEmpty, text: receiptTexts.mineEmptyText });
    }
    return html`<section class="card table-card nowrap" aria-busy=${busy ? 'true' : 'false'}>
      <div class="card-head"><h3 class="in-card">${receiptTexts.listTitle}</h3></div>
      ${receiptTable(shown.rows, {
        download: ({ id, name }) => void this.download(`files/${id}?download=1`, name),
        change: this.rights.maker
          ? {
              correct: (receipt) => this.openForm({ kind: 'correction', receipt }),
              voidIt: (receipt) => this.askToVoid(receipt),
            }
          : null,
      })}
      ${this.growing.foot(first)}
    </section>`;
  }

  private openForm(recording: Recording): void {
    this.forget('record');
    this.fileId = null;
    this.recording = recording;
  }

  private dialog(): TemplateResult {
    const { recording } = this;
    const heading =
      recording?.kind === 'correction'
        ? receiptTexts.correctTitle(recording.receipt.number)
        : receiptTexts.formTitle(recording?.remittance.reference ?? '');
    return html`<aixin-dialog
      heading=${heading}
      ?open=${recording !== null}
      @aixin-dialog-close=${() => (this.recording = null)}
    >
      ${
        recording
          ? receiptForm({
              recording,
              road: this.road,
              busy: this.isBusy('record'),
              error: (field) => this.fieldError('record', field),
              note: (fields) => this.refusalNote('record', fields),
              filesChanged: (fileIds) => (this.fileId = fileIds[0] ?? null),
              cancel: () => (this.recording = null),
              send: (wish) => void this.record(recording, wish),
            })
          : nothing
      }
    </aixin-dialog>`;
  }

  private async record(recording: Recording, wish: ReceiptWish): Promise<void> {
    const { fileId } = this;
    if (fileId === null) return this.mark('record', 'fileId', receiptTexts.fileMissing);
    const { reason, ...content } = wish;
    const isFirst = recording.kind === 'first';
    const input = {
      ...content,
      fileId,
      remittanceId: isFirst ? recording.remittance.id : (recording.receipt.remittance?.id ?? ''),
      corrects: isFirst ? null : { receiptId: recording.receipt.id, reason },
    };
    const done = await this.command({
      name: 'record',
      wish: input,
      send: async (idempotencyKey) =>
        (await this.client.send(RecordReceipt, { input: { ...input, idempotencyKey } })).recordReceipt,
    });
    if (!done) return;
    this.recording = null;
    this.say(receiptTexts.saved(done.receipt.number));
  }

  private askToVoid({ id, number }: Receipt): void {
    this.confirm({
      title: receiptTexts.voidTitle(number),
      text: receiptTexts.voidText,
      yes: receiptTexts.voidIt,
      reason: receiptTexts.voidReason,
      act: async (reason) => {
        const input = { receiptId: id, reason };
        const done = await this.command({
          name: 'void',
          wish: input,
          send: async () => (await this.client.send(VoidReceipt, { input })).voidReceipt,
        });
        if (!done) return this.refusalText('void');
        this.say(receiptTexts.voided(number));
        return null;
      },
    });
  }

  private async exportAll(): Promise<void> {
    const { heads, states } = receiptTexts;
    await this.exportRows<Receipt>(
      {
        name: receiptTexts.exportFile,
        head: [
          ...[heads.number, heads.checkCode, heads.issued, heads.sponsor, heads.agreement],
          ...[heads.reference, heads.amount, heads.state, heads.recorded],
        ],
        cells: (one) => [
          ...[one.number, one.checkCode, one.issuedDay, one.sponsorName, one.agreementNumber],
          ...[one.reference, { amountFen: one.amountFen }, states[one.state], one.recordedAt],
        ],
      },
      (after) => this.read(after, PAGE_ROWS),
    );
  }
}

definePage('aixin-fund-receipts', FundReceipts);
