import { html, nothing, type TemplateResult } from 'lit';
import { monthText } from '../../../../kit/dates.js';
import { definePage } from '../../../../kit/page.js';
import { tag } from '../../../../kit/parts.js';
import { fundMonthTexts as texts } from '../../../../texts/fund-month.js';
import { FundTab } from '../fund-tab.js';
import type { FundTabName } from '../tab-names.js';
import { type MonthEnd, MonthEndQuery, type MonthStep } from './month.documents.js';
import { fundMonthStyles } from './fund-month.styles.js';

const TONES = { DONE: 'leaf', NOW: 'gold', LATER: 'plain' } as const;

/** Where each step is done, and with what in the address. */
const PLACES: Readonly<
  Record<MonthStep['step'], { tab: FundTabName; names?: (month: string) => Record<string, string> }>
> = {
  STATEMENT: { tab: 'bank' },
  LINES: { tab: 'bank', names: (month) => ({ month }) },
  BATCH: { tab: 'batches' },
  APPROVAL: { tab: 'batches', names: (month) => ({ batch: `B${month.replace('-', '')}` }) },
  REMITTANCE: { tab: 'batches', names: (month) => ({ batch: `B${month.replace('-', '')}` }) },
  RECEIPT: { tab: 'receipts' },
  BILLS: { tab: 'bills' },
  CLOSE: { tab: 'overview', names: (month) => ({ month }) },
  DISCLOSURE: { tab: 'disclosure' },
};

/**
 * 月结: the end of a month as one list, from the bank's statement to the disclosure: what is next, whose turn it is, and the
 * way to the place where it is done. Nothing is done here.
 *
 * What is shown stands in the address: `?month=2026-10`.
 */
export class FundMonth extends FundTab {
  static override styles = [...FundTab.styles, fundMonthStyles];

  private readonly address = this.addressOf(['month']);

  private readonly end = this.reading(
    async (signal) =>
      (await this.client.send(MonthEndQuery, { month: this.address.get('month') }, { signal })).monthEnd,
    () => [this.address.get('month')],
  );

  protected override content(): TemplateResult {
    return this.whole(this.end, (end, busy) => this.drawn(end, busy), [64, 96, 520]);
  }

  private drawn({ month, months, steps }: MonthEnd, busy: boolean): TemplateResult {
    return html`<div class="stack" aria-busy=${busy ? 'true' : 'false'}>
      ${this.heading({
        title: texts.title,
        sub: texts.sub,
        controls: this.monthChooser(months, month, (chosen) => this.address.go({ month: chosen })),
      })}
      ${this.next(steps, month)}
      <ol class="card stages" aria-label=${texts.list(monthText(month))}>
        ${steps.map((step, index) => this.step(step, { index, month }))}
      </ol>
    </div>`;
  }

  /** What this very person can do goes first, then what anybody has to do. */
  private next(steps: readonly MonthStep[], month: string): TemplateResult {
    const open = steps.filter(({ state }) => state === 'NOW');
    const step = open.find((each) => this.isMine(each)) ?? open[0];
    if (!step) {
      const over = steps.every(({ state }) => state === 'DONE');
      return html`<p class="card pad next" role="status">${over ? texts.allDone : texts.nothingNow}</p>`;
    }
    const { href, go } = this.placeOf(step, month);
    return html`<section class="card pad next" aria-label=${texts.next}>
      <p class="sub small">${texts.next} · ${this.turnText(step)}</p>
      <h3>${texts.steps[step.step]}</h3>
      <p>${step.text}</p>
      <a class=${this.isMine(step) ? 'btn' : 'btn ghost'} href=${href} @click=${go}>${texts.open[step.step]}</a>
    </section>`;
  }

  private step(step: MonthStep, { index, month }: { index: number; month: string }): TemplateResult {
    const { href, go } = this.placeOf(step, month);
    return html`<li class=${step.state.toLowerCase()} aria-current=${step.state === 'NOW' ? 'step' : nothing}>
      <span class="dot num" aria-hidden="true">${step.state === 'DONE' ? '✓' : index + 1}</span>
      <div class="what">
        <h4>${texts.steps[step.step]}</h4>
        <p class="small">${step.text}</p>
      </div>
      <div class="who">
        ${tag(texts.states[step.state], TONES[step.state])}
        ${step.state === 'NOW' ? html`<span class="sub small">${this.turnText(step)}</span>` : nothing}
      </div>
      <a class="text-btn small" href=${href} @click=${go}
        >${texts.look}<span class="sr">${texts.steps[step.step]}</span></a
      >
    </li>`;
  }

  private placeOf({ step }: MonthStep, month: string): { href: string; go: (event: MouseEvent) => void } {
    const { tab, names } = PLACES[step];
    return this.tabLink(tab, names?.(month) ?? {});
  }

  private isMine({ turn, isOwn }: MonthStep): boolean {
    return (turn === 'MAKER' && this.rights.maker) || (turn === 'CHECKER' && this.rights.checker && !isOwn);
  }

  private turnText(step: MonthStep): string {
    if (this.isMine(step)) return texts.yours;
    return step.isOwn ? texts.otherChecker : texts.turns[step.turn];
  }
}

definePage('aixin-fund-month', FundMonth);
