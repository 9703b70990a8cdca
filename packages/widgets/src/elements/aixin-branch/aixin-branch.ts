import type { Task } from '@lit/task';
import { html, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { ClientProblem, isAbort, stopIfAborted } from '../../client/index.js';
import { ConsoleElement } from '../../console/console-element.js';
import { PAGE_ROWS } from '../../console/all-pages.js';
import { PageQuery } from '../../console/page-query.js';
import { day, when } from '../../kit/dates.js';
import { definePage, taskOf } from '../../kit/page.js';
import { dotted, emptyState, skeleton } from '../../kit/parts.js';
import { branchTexts } from '../../texts/branch.js';
import { common } from '../../texts/common.js';
import { BranchQuery, MoreBranchRecords, type Branch, type BranchRecord } from './branch.documents.js';
import { branchHistory, type Measure } from './branch-history.js';
import { branchRecords, recordCells, recordHeads } from './branch-records.js';
import { branchTotals } from './branch-totals.js';
import { branchUnits } from './branch-units.js';
import { branchStyles } from './aixin-branch.styles.js';
import { parseSort, sortText } from '../../console/sortable-table.js';

/** Six rows of two on a desk; the export has all. */
const ROWS_AT_ONCE = 12;

/**
 * 我的支部: the record and the totals of a branch, for its secretary. Count, points, the fact; never a basket.
 *
 * What is shown stands in the page's address: `?month=2026-11`, `?organisation=…` (a unit below), `?sort=-sales` (units).
 *
 * @attr organisation-id - which organisation to begin with; default: the first one that the secretary's role names
 * @attr endpoint, theme, large-type, @prop tokenProvider, @fires aixin-sign-in - as on every element of the zone
 */
export class AixinBranch extends ConsoleElement {
  static override styles = [...ConsoleElement.styles, branchStyles];

  @property({ attribute: 'organisation-id' }) organisationId: string | undefined;

  @state() private branch: Branch | undefined;
  @state() private records: readonly BranchRecord[] = [];
  @state() private loadingMore = false;
  @state() private moreFailed = false;
  @state() private measure: Measure = 'purchaseCount';
  @state() private tableShown = false;
  private next: string | null = null;

  private readonly address = new PageQuery<'month' | 'organisation' | 'sort'>(this, ['month', 'organisation', 'sort']);

  private readonly task: Task<readonly unknown[], Branch | null> = taskOf(
    this,
    async (_args, { signal }) => {
      const { me, branch } = await this.client.send(BranchQuery, this.variables(ROWS_AT_ONCE, null), { signal });
      if (!me) throw new ClientProblem('signed-out', 'a branch is shown to its secretary');
      stopIfAborted(signal);
      this.branch = branch ?? undefined;
      this.records = branch?.records.edges.map(({ node }) => node) ?? [];
      this.next = branch?.records.pageInfo.hasNextPage ? branch.records.pageInfo.endCursor : null;
      return branch;
    },
    () => [this.endpoint, this.tokenProvider, this.organisation(), this.address.get('month')] as const,
  );

  private organisation(): string | null {
    return this.address.get('organisation') ?? this.organisationId ?? null;
  }

  private variables(first: number, after: string | null) {
    return { organisationId: this.organisation(), month: this.address.get('month'), first, after };
  }

  private readonly page = async (first: number, after: string | null) => {
    const { branch } = await this.client.send(MoreBranchRecords, this.variables(first, after));
    const records = branch?.records;
    return {
      rows: records?.edges.map(({ node }) => node) ?? [],
      next: records?.pageInfo.hasNextPage ? records.pageInfo.endCursor : null,
    };
  };

  private async more(): Promise<void> {
    const { branch } = this;
    if (this.next === null || this.loadingMore) return;
    this.loadingMore = true;
    this.moreFailed = false;
    try {
      const { rows, next } = await this.page(ROWS_AT_ONCE, this.next);
      // Another month may have been chosen while these were on their way.
      if (this.branch !== branch) return;
      this.records = [...this.records, ...rows];
      this.next = next;
    } catch (reason) {
      if (!isAbort(reason)) this.moreFailed = true;
    } finally {
      this.loadingMore = false;
    }
  }

  protected override render(): TemplateResult {
    const result = this.task.render({
      initial: () => this.pending(),
      pending: () => (this.branch ? this.content(this.branch, true) : this.pending()),
      complete: (branch) => (branch ? this.content(branch, false) : this.denied()),
      error: (reason) =>
        isAbort(reason)
          ? this.pending()
          : html`<div class="page">${this.problem(reason, () => void this.task.run())}</div>`,
    });
    return html`<div role="main">${result}</div>`;
  }

  private pending(): TemplateResult {
    return html`<div class="page">${skeleton([64, 130, 300, 240])}</div>`;
  }

  private denied(): TemplateResult {
    return html`<div class="page">
      ${emptyState({ icon: 'person', title: branchTexts.deniedTitle, text: branchTexts.deniedText })}
    </div>`;
  }

  private content(branch: Branch, busy: boolean): TemplateResult {
    const thisMonth = day(branch.asOf).startsWith(branch.month);
    return html`<div class="page" aria-busy=${busy ? 'true' : 'false'}>
      <div class="top">
        <p class="sub">${this.place(branch)}</p>
        <h1>${branchTexts.title(thisMonth)}</h1>
        <div class="controls">
          ${this.monthChooser(branch.months, branch.month, (month) => this.address.go({ month }))}
          ${this.tools(() => void this.exportRecords(branch))}
        </div>
        ${this.exportStatus()}
      </div>
      <div class="glance">
        ${branchTotals(branch)}
        ${branchHistory({
          branch,
          measure: this.measure,
          measureBy: (measure) => (this.measure = measure),
          tableShown: this.tableShown,
          toggleTable: () => (this.tableShown = !this.tableShown),
          hrefOf: (month) => this.address.href({ month }),
          follow: (month) => this.address.follow({ month }),
        })}
      </div>
      ${branchUnits({
        branch,
        sort: parseSort(this.address.get('sort')),
        sortBy: (sort) => this.address.go({ sort: sortText(sort) }),
        hrefOf: (organisation) => this.address.href({ organisation }),
        follow: (organisation) => this.address.follow({ organisation }),
      })}
      ${branchRecords({
        records: this.records,
        total: branch.records.totalCount,
        hasNext: this.next !== null,
        loading: this.loadingMore,
        failed: this.moreFailed,
        load: () => void this.more(),
      })}
      <p class="sub small as-of">${dotted([branchTexts.asOfYesterday, common.asOf(when(branch.asOf))])}</p>
    </div>`;
  }

  /** Where in the tree: ancestors, the name, how many members; below a unit, the way back to one's own. */
  private place({ organisation, memberCount }: Branch): TemplateResult {
    const names = [...organisation.ancestors.map(({ name }) => name), organisation.name].join(' › ');
    const back = html`<a
      class="link"
      href=${this.address.href({ organisation: null })}
      @click=${this.address.follow({ organisation: null })}
      >${branchTexts.backToOwn}</a
    >`;
    return dotted([names, branchTexts.members(memberCount), ...(this.address.get('organisation') ? [back] : [])]);
  }

  private exportRecords(branch: Branch): Promise<void> {
    const name = branchTexts.file(branch.organisation.name, branch.month, branchTexts.records);
    return this.exportRows<BranchRecord>({ name, head: recordHeads, cells: recordCells }, (after) =>
      this.page(PAGE_ROWS, after),
    );
  }
}

definePage('aixin-branch', AixinBranch);
