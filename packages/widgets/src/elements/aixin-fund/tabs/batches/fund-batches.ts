import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import '../../../../console/console-dialog.js';
import { code } from '../../../../console/figures.js';
import { selectField } from '../../../../console/forms.js';
import { readForm } from '../../../../console/read-form.js';
import { day, monthText, when } from '../../../../kit/dates.js';
import { count, yuan } from '../../../../kit/money.js';
import { definePage } from '../../../../kit/page.js';
import { emptyState, table, tag } from '../../../../kit/parts.js';
import { batchTexts } from '../../../../texts/fund-batches.js';
import { consoleTexts } from '../../../../texts/console.js';
import { FundTab } from '../fund-tab.js';
import { monthsToMake } from './batch-months.js';
import { BatchesQuery, MakeBatch, RemittancesQuery, type BatchRow } from './batches.documents.js';
import './fund-batch.js';
import { sponsorRemittances } from './sponsor-remittances.js';

const { heads } = batchTexts;
const TONES = { BUILDING: 'plain', DRAFT: 'gold', APPROVED: 'leaf', REJECTED: 'red' } as const;

/** Tag of a batch's state: gold waits for a person. */
export const batchTag = ({ state: of, stateText }: Pick<BatchRow, 'state' | 'stateText'>): TemplateResult =>
  tag(stateText, TONES[of]);

/**
 * 批次: the months with their states; one of them in full (`?batch=B202610`). A sponsor sees only what it has to remit.
 */
export class FundBatches extends FundTab {
  @state() private making = false;
  private readonly address = this.addressOf(['batch', 'kind', 'of']);

  private readonly batches = this.reading(async (signal) => {
    if (!this.isStaff) return [];
    return (await this.client.send(BatchesQuery, {}, { signal })).batches;
  });

  private readonly own = this.reading(async (signal) =>
    this.isStaff ? [] : (await this.client.send(RemittancesQuery, {}, { signal })).remittances,
  );

  private get isStaff(): boolean {
    return this.mayChange || this.rights.auditor;
  }

  protected override content(): TemplateResult {
    if (!this.isStaff)
      return this.whole(this.own, (remittances, busy) =>
        sponsorRemittances(this.heading({ title: batchTexts.mineTitle, sub: batchTexts.mineSub }), remittances, busy),
      );
    const number = this.address.get('batch');
    if (number) return this.one(number);
    return this.whole(this.batches, (batches, busy) => this.list(batches, busy));
  }

  private one(number: string): TemplateResult {
    return html`<aixin-fund-batch
      number=${number}
      .endpoint=${this.endpoint}
      .tokenProvider=${this.tokenProvider}
      .rights=${this.rights}
      .memberId=${this.memberId}
      @aixin-batch-changed=${() => void this.reload()}
      @aixin-batch-left=${() => this.address.go({ batch: null, kind: null, of: null })}
    ></aixin-fund-batch>`;
  }

  private list(batches: readonly BatchRow[], busy: boolean): TemplateResult {
    const months = monthsToMake(batches, day(new Date().toISOString()));
    const isOpen = batches.some((each) => each.state === 'DRAFT' || each.state === 'BUILDING');
    return html`<div aria-busy=${busy ? 'true' : 'false'}>
      ${this.heading({
        title: batchTexts.title,
        sub: batchTexts.sub,
        controls:
          this.rights.maker && !isOpen
            ? html`<button class="btn" ?disabled=${months.length === 0} @click=${() => this.openMaking()}>
                ${batchTexts.make}
              </button>`
            : nothing,
      })}
      ${
        batches.length === 0
          ? emptyState({ icon: 'record', title: batchTexts.empty, text: batchTexts.emptyText })
          : html`<section class="card table-card nowrap">${this.rows(batches)}</section>`
      }
      ${this.makingDialog(months)}
    </div>`;
  }

  private rows(batches: readonly BatchRow[]): TemplateResult {
    return table<BatchRow>({
      caption: batchTexts.table,
      rows: batches,
      columns: [
        {
          head: heads.month,
          cell: ({ month, number }) => {
            const change = { batch: number };
            return html`<a class="link" href=${this.address.href(change)} @click=${this.address.follow(change)}
              ><b>${monthText(month)}</b></a
            >`;
          },
        },
        { head: heads.number, cell: ({ number }) => code(number) },
        { head: heads.state, cell: batchTag },
        { head: heads.lines, cell: (of) => count(of.lineCount), numeric: true },
        { head: heads.amount, cell: ({ amountFen }) => yuan(amountFen), numeric: true },
        { head: heads.made, cell: ({ madeAt }) => html`<time class="num" datetime=${madeAt}>${when(madeAt)}</time>` },
        {
          head: heads.decided,
          cell: ({ decidedAt }) =>
            decidedAt ? html`<time class="num" datetime=${decidedAt}>${when(decidedAt)}</time>` : '–',
        },
      ],
    });
  }

  private openMaking(): void {
    this.forget('make');
    this.making = true;
  }

  private makingDialog(months: readonly string[]): TemplateResult {
    return html`<aixin-dialog
      heading=${batchTexts.makeTitle}
      width="520"
      ?open=${this.making}
      @aixin-dialog-close=${() => (this.making = false)}
    >
      ${
        this.making
          ? html`<form class="form one" novalidate @submit=${(event: SubmitEvent) => void this.make(event)}>
              <p class="sub">${batchTexts.makeText}</p>
              ${selectField({
                name: 'month',
                label: batchTexts.month,
                hint: batchTexts.monthHint,
                value: months[0],
                choices: months.map((month) => ({ value: month, text: monthText(month) })),
                error: this.fieldError('make', 'month'),
              })}
              ${this.refusalNote('make', ['month'])}
              <div class="answers">
                <button type="button" class="btn ghost" @click=${() => (this.making = false)}>
                  ${consoleTexts.no}
                </button>
                <button class="btn" ?disabled=${this.isBusy('make')}>
                  ${this.isBusy('make') ? consoleTexts.busy : batchTexts.makeYes}
                </button>
              </div>
            </form>`
          : nothing
      }
    </aixin-dialog>`;
  }

  private async make(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const month = readForm(event.target as HTMLFormElement).text('month');
    const done = await this.command({
      name: 'make',
      wish: { month },
      send: async (idempotencyKey) =>
        (await this.client.send(MakeBatch, { input: { month, idempotencyKey } })).makeBatch,
    });
    if (!done) return;
    this.making = false;
    this.say(batchTexts.made(done.batch.number));
    this.address.go({ batch: done.batch.number });
  }
}

definePage('aixin-fund-batches', FundBatches);
