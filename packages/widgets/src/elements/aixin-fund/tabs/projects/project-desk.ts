import { state } from 'lit/decorators.js';
import { projectTexts } from '../../../../texts/fund-projects.js';
import { FundTab } from '../fund-tab.js';
import type { ProjectActions } from './project-cards.js';
import type { ProjectWish, SpendWish } from './project-forms.js';
import {
  CloseProject,
  DecideProject,
  DecideSpend,
  ProposeProject,
  RecordSpend,
  ReverseSpend,
  WithdrawSpend,
  SpendsQuery,
  type Project,
  type Spend,
} from './projects.documents.js';
import { projectStyles } from './projects.styles.js';
import type { SpendActions } from './spend-table.js';

export interface Spends {
  readonly rows: readonly Spend[];
  readonly next: string | null;
}

interface SpendsWish {
  readonly projectId: string | null;
  readonly onlyWaiting: boolean;
  readonly after: string | null;
  readonly first: number;
}

type OpenForm = { readonly kind: 'project' } | { readonly kind: 'spend'; readonly project: Project };

/** What is done with projects and spends; how they are shown stands in the tab itself. */
export abstract class ProjectDesk extends FundTab {
  static override styles = [...FundTab.styles, projectStyles];

  @state() protected form: OpenForm | null = null;
  @state() protected groups = 1;
  protected fileIds: readonly string[] = [];

  protected readonly projectActions: ProjectActions = {
    approve: (project) => this.askToApproveProject(project),
    reject: (project) => this.askToRejectProject(project),
    close: (project) => this.askToClose(project),
    spend: (project) => this.openForm({ kind: 'spend', project }),
  };
  protected readonly spendActions: SpendActions = {
    download: ({ id, name }) => void this.download(`files/${id}?download=1`, name),
    approve: (spend) => this.askToApproveSpend(spend),
    reject: (spend) => this.askToRejectSpend(spend),
    reverse: (spend) => this.askToReverse(spend),
    withdraw: (spend) => this.askToWithdraw(spend),
  };

  protected async readSpends(wish: SpendsWish, signal?: AbortSignal): Promise<Spends> {
    const { projectId, onlyWaiting, after, first } = wish;
    const states: ['WAITING'] | null = onlyWaiting ? ['WAITING'] : null;
    const answer = await this.client.send(SpendsQuery, { projectId, states, after, first }, signal ? { signal } : {});
    return {
      rows: answer.spends?.edges.map(({ node }) => node) ?? [],
      next: answer.spends?.pageInfo.hasNextPage ? answer.spends.pageInfo.endCursor : null,
    };
  }

  protected openForm(form: OpenForm): void {
    this.forget('form');
    this.groups = 1;
    this.fileIds = [];
    this.form = form;
  }

  protected closeForm(): void {
    this.form = null;
  }

  protected async propose(wish: ProjectWish): Promise<void> {
    const done = await this.command({
      ...{ name: 'form', wish },
      send: async (idempotencyKey) =>
        (await this.client.send(ProposeProject, { input: { ...wish, idempotencyKey } })).proposeProject,
    });
    if (!done) return;
    this.closeForm();
    this.say(projectTexts.proposed(done.project.name));
  }

  protected async recordSpend(project: Project, wish: SpendWish): Promise<void> {
    if (this.fileIds.length === 0) return this.mark('form', 'fileIds', projectTexts.filesMissing);
    const input = {
      ...wish,
      beneficiaries: [...wish.beneficiaries],
      projectId: project.id,
      fileIds: [...this.fileIds],
    };
    const done = await this.command({
      ...{ name: 'form', wish: input },
      send: async (idempotencyKey) =>
        (await this.client.send(RecordSpend, { input: { ...input, idempotencyKey } })).recordSpend,
    });
    if (!done) return;
    this.closeForm();
    this.say(projectTexts.spendRecorded);
  }

  private async decideProject(project: Project, approve: boolean, reason: string | null): Promise<string | null> {
    const input = { projectId: project.id, contentHash: project.contentHash, approve, reason };
    const done = await this.command({
      ...{ name: 'decide', wish: input },
      send: async () => (await this.client.send(DecideProject, { input })).decideProject,
    });
    return this.outcome(
      'decide',
      done,
      approve ? projectTexts.approved(project.name) : projectTexts.rejected(project.name),
    );
  }

  private async decideSpend(spend: Spend, approve: boolean, reason: string | null): Promise<string | null> {
    const input = { spendId: spend.id, contentHash: spend.contentHash, approve, reason };
    const done = await this.command({
      ...{ name: 'decide', wish: input },
      send: async () => (await this.client.send(DecideSpend, { input })).decideSpend,
    });
    const approved = spend.corrects ? projectTexts.reversalApproved : projectTexts.spendApproved;
    return this.outcome('decide', done, approve ? approved : projectTexts.spendRejected);
  }

  /** What a confirmation shows: why not, or nothing and the status line says what was done. */
  private outcome(name: string, done: object | null, text: string): string | null {
    if (!done) return this.refusalText(name);
    this.say(text);
    return null;
  }

  private askToApproveProject(project: Project): void {
    this.confirm({
      title: projectTexts.approveTitle(project.name),
      text: projectTexts.approveText(project.purpose, project.budgetFen),
      yes: projectTexts.approve,
      act: () => this.decideProject(project, true, null),
    });
  }

  private askToRejectProject(project: Project): void {
    this.confirm({
      title: projectTexts.rejectTitle(project.name),
      text: projectTexts.rejectText,
      yes: projectTexts.reject,
      reason: projectTexts.rejectReason,
      act: (reason) => this.decideProject(project, false, reason),
    });
  }

  private askToClose({ id, name, budgetFen, spentFen }: Project): void {
    this.confirm({
      title: projectTexts.closeTitle(name),
      text: projectTexts.closeText(budgetFen - spentFen),
      yes: projectTexts.close,
      reason: projectTexts.closeReason,
      act: async (reason) => {
        const input = { projectId: id, reason };
        const done = await this.command({
          ...{ name: 'close', wish: input },
          send: async () => (await this.client.send(CloseProject, { input })).closeProject,
        });
        return this.outcome('close', done, projectTexts.closed(name));
      },
    });
  }

  private askToApproveSpend(spend: Spend): void {
    const { corrects, amountFen, what, payee, reason } = spend;
    this.confirm({
      title: corrects ? projectTexts.approveReversalTitle(-amountFen) : projectTexts.approveSpendTitle(amountFen),
      text: corrects ? projectTexts.approveReversalText(reason ?? '') : projectTexts.approveSpendText(what, payee),
      yes: projectTexts.approve,
      act: () => this.decideSpend(spend, true, null),
    });
  }

  private askToRejectSpend(spend: Spend): void {
    this.confirm({
      title: projectTexts.rejectSpendTitle,
      text: projectTexts.rejectSpendText,
      yes: projectTexts.reject,
      reason: projectTexts.rejectReason,
      act: (reason) => this.decideSpend(spend, false, reason),
    });
  }

  private askToWithdraw({ id, contentHash, amountFen }: Spend): void {
    this.confirm({
      title: projectTexts.withdrawTitle(amountFen),
      text: projectTexts.withdrawText,
      yes: projectTexts.withdraw,
      act: async () => {
        const input = { spendId: id, contentHash };
        const done = await this.command({
          ...{ name: 'withdraw', wish: input },
          send: async () => (await this.client.send(WithdrawSpend, { input })).withdrawSpend,
        });
        return this.outcome('withdraw', done, projectTexts.withdrawn);
      },
    });
  }

  private askToReverse({ id, amountFen }: Spend): void {
    this.confirm({
      title: projectTexts.reverseTitle(amountFen),
      text: projectTexts.reverseText,
      yes: projectTexts.reverse,
      reason: projectTexts.reverseReason,
      act: async (reason) => {
        const input = { spendId: id, reason };
        const done = await this.command({
          ...{ name: 'reverse', wish: input },
          send: async (idempotencyKey) =>
            (await this.client.send(ReverseSpend, { input: { ...input, idempotencyKey } })).reverseSpend,
        });
        return this.outcome('reverse', done, projectTexts.reversed);
      },
    });
  }
}
