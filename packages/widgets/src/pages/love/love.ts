import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { TaskStatus } from '@lit/task';
import { baseStyles } from '../../kit/base.js';
import { day, monthText, when } from '../../kit/dates.js';
import { count, money } from '../../kit/money.js';
import { definePage, ZonePage } from '../../kit/page.js';
import { emptyState, loadMore, skeleton } from '../../kit/parts.js';
import { common } from '../../texts/common.js';
import { loveTexts } from '../../texts/love.js';
import { PagedRows } from '../orders/paged-rows.js';
import type { LoveParts } from './love.documents.js';
import { matchRow, pointsRow, recordRow } from './love.rows.js';
import { loveStyles } from './love.styles.js';
import { readLove, type LoveRow, type LoveTab } from './read-love.js';
import { lastOf } from '../../kit/lists.js';

const TABS: readonly LoveTab[] = ['records', 'points', 'matches'];

/** 我的爱心: own record, points with reasons and running balance, and the way of each yuan. */
class LovePage extends ZonePage {
  static override styles = [...baseStyles, loveStyles];

  private readonly list = new PagedRows<LoveRow, LoveParts>(this, (wish) =>
    readLove(this.zone.client, this.tab(), wish),
  );

  private tab(): LoveTab {
    const wanted = this.route.query.get('tab');
    return TABS.find((tab) => tab === wanted) ?? 'records';
  }

  protected override render(): TemplateResult {
    const { head } = this.list;
    // Changing the part keeps the figures above it: only the list below is fetched anew.
    if (head && this.list.task.status !== TaskStatus.ERROR) return this.page(head);
    return this.whole(this.list.task, {
      pending: () => html`<div class="narrow">${skeleton([72, 150, 88, 88, 88])}</div>`,
      complete: ({ head: loaded }) => this.page(loaded),
    });
  }

  private page(head: LoveParts): TemplateResult {
    this.shown(loveTexts.title);
    return html`<div class="narrow">
      <p class="sub">${[head.displayName, head.organisation?.name].filter(Boolean).join(' · ')}</p>
      <h1 tabindex="-1">${loveTexts.title}</h1>
      ${this.sections(head)} ${this.debt(head)}
      <section aria-labelledby="part">
        <h2 id="part">${this.figure(this.tab(), head).label}</h2>
        ${this.list.pending ? skeleton([84, 84, 84]) : this.rows(head)}
      </section>
      <p class="sub small as-of">${common.asOf(when(head.love.asOf))}</p>
    </div>`;
  }

  private figure(tab: LoveTab, { love }: LoveParts) {
    const { recordCount, purchaseCount, pointsBalance, pointsLeftToday, matchedFen } = love;
    if (tab === 'points') {
      const note = loveTexts.pointsNote(pointsLeftToday);
      return {
        label: loveTexts.points,
        figure: count(pointsBalance),
        unit: '',
        note,
        tone: pointsBalance < 0 ? 'red' : 'gold',
      };
    }
    if (tab === 'matches') {
      return { label: loveTexts.yuan, figure: money(matchedFen), unit: '', note: loveTexts.yuanNote, tone: 'leaf' };
    }
    const note = loveTexts.recordNote(purchaseCount);
    return { label: loveTexts.records, figure: count(recordCount), unit: loveTexts.recordUnit, note, tone: '' };
  }

  /** The three figures are the way to what stands behind them. */
  private sections(head: LoveParts): TemplateResult {
    const current = this.tab();
    return html`<nav class="three" aria-label=${loveTexts.sections}>
      ${TABS.map((tab) => {
        const { label, figure, unit, note, tone } = this.figure(tab, head);
        return html`<a
          class="card part"
          href=${this.zone.href('love', {}, { tab })}
          aria-current=${tab === current ? 'true' : nothing}
        >
          <span class="k">${label}</span>
          <span class="big num ${tone}">${figure}${unit ? html`<small>${unit}</small>` : nothing}</span>
          <span class="sub small">${note}</span>
        </a>`;
      })}
    </nav>`;
  }

  /** A debt is neither hidden nor a reproach: it says where it comes from and how it goes away. */
  private debt({ love }: LoveParts): TemplateResult | typeof nothing {
    if (love.pointsBalance >= 0) return nothing;
    return html`<p class="note red debt">
      <b>${loveTexts.debtTitle(love.pointsBalance)}</b><br />${loveTexts.debtText}
    </p>`;
  }

  private rows(head: LoveParts): TemplateResult {
    const { rows, total, hasNext, loadingMore, moreFailed } = this.list;
    if (rows.length === 0) return this.empty();
    return html`${
      this.tab() === 'matches'
        ? html`<p class="note leaf total">
            <b>${loveTexts.yuanTotal(head.love.matchedFen)}</b><br /><span class="small"
              >${loveTexts.yuanTotalText}</span
            >
          </p>`
        : nothing
    }
    ${byMonth(rows).map(
      ([month, ofMonth]) =>
        html`<h3 class="month">${monthText(month)}</h3>
          <ul class="card list lines">
            ${repeat(
              ofMonth,
              ({ row }) => row.id,
              (each) => this.row(each, each === rows[0]),
            )}
          </ul>`,
    )}
    ${moreFailed ? html`<p class="note red" role="alert">${common.problems.offline.text}</p>` : nothing}
    ${loadMore({ shown: rows.length, total, hasNext, loading: loadingMore, load: () => void this.list.more() })}`;
  }

  private row(each: LoveRow, first: boolean): TemplateResult {
    if (each.tab === 'points') return pointsRow(each.row);
    if (each.tab === 'matches') return matchRow(each.row, first, this.zone);
    return recordRow(each.row, this.zone);
  }

  private empty(): TemplateResult {
    const tab = this.tab();
    const actions = html`<a class="btn" href=${this.zone.href('home')}>${common.home}</a>`;
    if (tab === 'points')
      return emptyState({ icon: 'coin', title: loveTexts.pointsEmpty, text: loveTexts.pointsEmptyText, actions });
    if (tab === 'matches')
      return emptyState({ icon: 'leaf', title: loveTexts.yuanEmpty, text: loveTexts.yuanEmptyText, actions });
    return emptyState({ icon: 'record', title: loveTexts.recordsEmpty, text: loveTexts.recordsEmptyText, actions });
  }
}

/** Rows come newest first; a month's heading stands where the month changes. */
const byMonth = (rows: readonly LoveRow[]): [string, LoveRow[]][] => {
  const months: [string, LoveRow[]][] = [];
  for (const each of rows) {
    const month = day(each.row.at).slice(0, 7);
    const last = lastOf(months);
    if (last?.[0] === month) last[1].push(each);
    else months.push([month, [each]]);
  }
  return months;
};

definePage('aixin-page-love', LovePage);
