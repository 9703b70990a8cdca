import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { addressChooser, chooser } from '../../../../console/chooser.js';
import { GrowingRows } from '../../../../console/growing-rows.js';
import { code, factList, figureRow } from '../../../../console/figures.js';
import { fullDate, monthText } from '../../../../kit/dates.js';
import { icon } from '../../../../kit/icons.js';
import { money } from '../../../../kit/money.js';
import { definePage } from '../../../../kit/page.js';
import { dotted, emptyState, skeleton } from '../../../../kit/parts.js';
import { batchTexts } from '../../../../texts/fund-batches.js';
import { FundTab } from '../fund-tab.js';
import { batchStyles } from './fund-batch.styles.js';
import { linesTable, payToText, remittanceTable, totalsTable } from './batch-tables.js';
import {
  ApproveBatch,
  BatchLinesQuery,
  BatchQuery,
  RejectBatch,
  type Batch,
  type BatchLine,
} from './batches.documents.js';

const LINES_AT_ONCE = 50;

interface Lines {
  readonly rows: readonly BatchLine[];
  readonly next: string | null;
}

/** One batch in full: what the checker compares, what was sealed, what became of it. The decision goes with its hash. */
export class FundBatch extends FundTab {
  static override styles = [...FundTab.styles, batchStyles];

  @property() number = '';
  /** `kind=adjustment`, `of=` an agreement's id; `batch` is the list's. */
  private readonly address = this.addressOf(['kind', 'of', 'batch']);

  private readonly batch = this.reading(
    async (signal) => (await this.client.send(BatchQuery, { number: this.number }, { signal })).batch,
    () => [this.number],
  );

  private readonly lines = this.reading(
    (signal) => this.readLines(null, signal),
    () => [this.number, this.address.get('kind'), this.address.get('of')],
  );

  private readonly growing = new GrowingRows<BatchLine, Lines>(this, (after) => this.readLines(after));

  private async readLines(after: string | null, signal?: AbortSignal): Promise<Lines> {
    const wish = {
      number: this.number,
      first: LINES_AT_ONCE,
      after,
      adjustmentsOnly: this.address.get('kind') === 'adjustment',
      agreementId: this.address.get('of'),
    };
    const { batch } = await this.client.send(BatchLinesQuery, wish, signal ? { signal } : {});
    return {
      rows: batch?.lines.edges.map(({ node }) => node) ?? [],
      next: batch?.lines.pageInfo.hasNextPage ? batch.lines.pageInfo.endCursor : null,
    };
  }

  protected override content(): TemplateResult {
    return html`<button
        class="text-btn back no-print"
        @click=${() => this.dispatchEvent(new Event('aixin-batch-left'))}
      >
        ${icon('back', 16)}${batchTexts.back}
      </button>
      ${this.whole(this.batch, (batch, busy) =>
        batch
          ? this.inFull(batch, busy)
          : emptyState({ icon: 'record', title: batchTexts.unknown, text: batchTexts.unknownText }),
      )}`;
  }

  private inFull(batch: Batch, busy: boolean): TemplateResult {
    return html`<div class="stack" aria-busy=${busy ? 'true' : 'false'}>
      <div>
        ${this.heading({
          title: batchTexts.detail(monthText(batch.month)),
          sub: dotted([batch.number, batch.stateText]),
          controls: this.controls(batch),
        })}
        ${this.standing(batch)}
      </div>
      ${this.figures(batch)}
      <section class="card table-card">
        <div class="card-head">
          <h3 class="in-card">${batchTexts.remittances}</h3>
          <span class="sub small">${batchTexts.remittancesNote}</span>
        </div>
        ${remittanceTable(batch.remittances)}
      </section>
      ${totalsTable(batchTexts.byAgreement, batch.agreements)}
      <div class="side-by-side">
        ${totalsTable(batchTexts.byCounty, batch.counties)} ${totalsTable(batchTexts.byProduct, batch.products)}
      </div>
      ${this.sealed(batch)} ${this.linesCard(batch)}
    </div>`;
  }

  private controls(batch: Batch): TemplateResult {
    const isDraft = batch.state === 'DRAFT';
    const mayApprove = isDraft && this.rights.checker && !batch.madeByMe;
    const { number } = batch;
    return html`${
        batch.state === 'APPROVED' || isDraft
          ? html`<button
                class="chip"
                @click=${() => void this.download(`batches/${number}.xlsx`, batchTexts.orderFile(number))}
              >
                ${icon('down', 18)}${batchTexts.order}
              </button>
              <button
                class="chip"
                @click=${() => void this.download(`batches/${number}.pdf`, batchTexts.pdfFile(number))}
              >
                ${icon('down', 18)}${batchTexts.pdf}
              </button>`
          : nothing
      }
      <button class="chip" @click=${() => print()}>${icon('print', 18)}${batchTexts.print}</button>
      ${
        isDraft && (mayApprove || (this.rights.maker && batch.madeByMe))
          ? html`<button class="btn ghost" @click=${() => this.askToReject(batch)}>
              ${batch.madeByMe ? batchTexts.withdraw : batchTexts.reject}
            </button>`
          : nothing
      }
      ${mayApprove ? html`<button class="btn" @click=${() => this.askToApprove(batch)}>${batchTexts.approve}</button>` : nothing}`;
  }

  /** What the batch waits for, said to whoever looks. */
  private standing({ state: of, madeByMe, reason }: Batch): TemplateResult | typeof nothing {
    if (of === 'BUILDING') return html`<p class="note">${batchTexts.building}</p>`;
    if (of === 'REJECTED') return html`<p class="note red">${batchTexts.rejectedWith(reason ?? '')}</p>`;
    if (of !== 'DRAFT') return nothing;
    if (madeByMe) return html`<p class="note">${batchTexts.yourOwn}</p>`;
    return html`<p class="note">${this.rights.checker ? batchTexts.compare : batchTexts.waitsForChecker}</p>`;
  }

  private figures(batch: Batch): TemplateResult {
    const sum = (key: 'matchCount' | 'matchedFen' | 'adjustmentCount' | 'adjustedFen'): number =>
      batch.agreements.reduce((total, each) => total + each[key], 0);
    const asked = batch.remittances.filter(({ amountFen }) => amountFen > 0);
    const receivedFen = asked.reduce((total, each) => total + each.receivedFen, 0);
    const missingFen = asked.reduce((total, each) => total + each.amountFen, 0) - receivedFen;
    const paid = asked.filter((each) => each.receivedFen >= each.amountFen).length;
    return figureRow(batchTexts.figures, [
      { figure: money(batch.amountFen), label: batchTexts.amount(batch.lineCount) },
      { figure: money(sum('matchedFen')), label: batchTexts.matched(sum('matchCount')) },
      { figure: money(sum('adjustedFen')), label: batchTexts.adjusted(sum('adjustmentCount')) },
      { figure: money(receivedFen), label: batchTexts.received(paid, asked.length), tone: 'leaf' },
      { figure: money(missingFen), label: batchTexts.missing, tone: missingFen > 0 ? 'gold' : undefined },
    ]);
  }

  private sealed({ madeAt, madeByName, decidedAt, decidedByName, payTo, contentHash, root }: Batch): TemplateResult {
    return html`<section class="card pad">
      <h3 class="in-card">${batchTexts.facts}</h3>
      ${factList([
        [batchTexts.payTo, payTo ? payToText(payTo) : batchTexts.payToNone],
        [batchTexts.madeAt, dotted([fullDate(madeAt), madeByName].filter((part) => part !== ''))],
        [
          batchTexts.decidedAt,
          decidedAt ? dotted([fullDate(decidedAt), decidedByName].filter((part) => part !== '')) : null,
        ],
        [batchTexts.contentHash, contentHash ? code(contentHash) : null],
        [batchTexts.root, root ? html`${code(root)} <span class="sub small">${batchTexts.rootNote}</span>` : null],
      ])}
    </section>`;
  }

  private linesCard(batch: Batch): TemplateResult {
    const isOnly = this.address.get('kind') === 'adjustment';
    return html`<section class="card table-card entries no-print">
      <div class="card-head">
        <h3 class="in-card">${batchTexts.lines}</h3>
        <div class="controls">
          ${chooser({
            ...{ label: batchTexts.lineKind, any: batchTexts.allKinds, chosen: isOnly ? 'adjustment' : null },
            choices: [['adjustment', batchTexts.onlyAdjustments]],
            choose: (kind) => this.address.go({ kind }),
          })}
          ${addressChooser(this.address, 'of', {
            ...{ label: batchTexts.agreement, any: batchTexts.allAgreements },
            choices: batch.remittances.map((each) => [each.agreementId, `${each.agreementNumber} ${each.sponsorName}`]),
          })}
        </div>
      </div>
      ${this.whole(this.lines, (first, busy) => this.lineRows(first, busy), [36, 36, 36, 36])}
    </section>`;
  }

  private lineRows(first: Lines, busy: boolean): TemplateResult {
    const shown = this.growing.all(first);
    if (busy && shown.rows.length === 0) return html`<div class="pad">${skeleton([36, 36, 36])}</div>`;
    if (shown.rows.length === 0) return html`<p class="none sub">${batchTexts.noLines}</p>`;
    return html`${linesTable(shown.rows)} ${this.growing.foot(first)}`;
  }

  private askToApprove({ id, number, contentHash, remittances }: Batch): void {
    const asked = remittances.filter(({ amountFen }) => amountFen > 0);
    const sumFen = asked.reduce((total, { amountFen }) => total + amountFen, 0);
    this.confirm({
      title: batchTexts.approveTitle(number),
      text: batchTexts.approveText(asked.length, sumFen),
      yes: batchTexts.approve,
      act: async () => {
        const input = { batchId: id, contentHash };
        const done = await this.command({
          name: 'approve',
          wish: input,
          send: async () => (await this.client.send(ApproveBatch, { input })).approveBatch,
        });
        return this.decided('approve', done !== null, batchTexts.approved(number));
      },
    });
  }

  private askToReject({ id, number, contentHash }: Batch): void {
    this.confirm({
      title: batchTexts.rejectTitle(number),
      text: batchTexts.rejectText,
      yes: batchTexts.reject,
      reason: batchTexts.rejectReason,
      reasonHint: batchTexts.rejectHint,
      act: async (reason) => {
        const input = { batchId: id, contentHash, reason };
        const done = await this.command({
          name: 'reject',
          wish: input,
          send: async () => (await this.client.send(RejectBatch, { input })).rejectBatch,
        });
        return this.decided('reject', done !== null, batchTexts.rejected(number));
      },
    });
  }

  private decided(name: string, isDone: boolean, text: string): string | null {
    if (!isDone) return this.refusalText(name);
    this.say(text);
    this.dispatchEvent(new Event('aixin-batch-changed'));
    return null;
  }
}

definePage('aixin-fund-batch', FundBatch);
