import { html, nothing, type TemplateResult } from 'lit';
import '../../../../console/console-dialog.js';
import { GrowingRows } from '../../../../console/growing-rows.js';
import '../../../../console/file-drop.js';
import { PAGE_ROWS } from '../../../../console/all-pages.js';
import { figureRow } from '../../../../console/figures.js';
import { money } from '../../../../kit/money.js';
import { definePage } from '../../../../kit/page.js';
import { emptyState } from '../../../../kit/parts.js';
import { projectTexts } from '../../../../texts/fund-projects.js';
import { projectCards, usedOf } from './project-cards.js';
import { ProjectDesk, type Spends } from './project-desk.js';
import { projectForm, spendForm } from './project-forms.js';
import { ProjectsQuery, type Project, type ProjectsAnswer, type Spend } from './projects.documents.js';
import { peopleText, spendTable } from './spend-table.js';

/** A fund has dozens of projects; older ones than these are found in the disclosed packs. */
const MOST_PROJECTS = 100;
const ROWS_AT_ONCE = 50;

/** What the money is used for: projects with their budgets, and every spend with its papers. */
export class FundProjects extends ProjectDesk {
  /** A project's id; `wait` when only what waits is shown. */
  private readonly address = this.addressOf(['project', 'wait']);

  private readonly overview = this.reading((signal) =>
    this.client.send(ProjectsQuery, { first: MOST_PROJECTS }, { signal }),
  );

  private readonly spends = this.reading(
    (signal) => this.readSpends({ ...this.filter, after: null, first: ROWS_AT_ONCE }, signal),
    () => [this.address.get('project'), this.address.get('wait')],
  );

  private readonly growing = new GrowingRows<Spend, Spends>(this, (after) =>
    this.readSpends({ ...this.filter, after, first: ROWS_AT_ONCE }),
  );

  private get filter(): { projectId: string | null; onlyWaiting: boolean } {
    return { projectId: this.address.get('project'), onlyWaiting: this.address.get('wait') !== null };
  }

  protected override content(): TemplateResult {
    return html`<div class="stack">
        ${this.whole(this.overview, (answer, busy) => this.overviewPart(answer, busy))}
        ${this.whole(this.spends, (first, busy) => this.spendPart(first, busy), [40, 220])}
      </div>
      ${this.dialog()}`;
  }

  private overviewPart(answer: ProjectsAnswer, busy: boolean): TemplateResult {
    const projects = answer.projects?.edges.map(({ node }) => node) ?? [];
    const used = usedOf(projects);
    const use = answer.fundUse;
    const waits = { wait: '1', project: null };
    return html`<div class="stack" aria-busy=${busy ? 'true' : 'false'}>
      ${this.heading({
        title: projectTexts.title,
        sub: projectTexts.sub,
        controls: html`${this.tools(() => void this.exportAll())}${
          this.rights.maker
            ? html`<button class="btn" @click=${() => this.openForm({ kind: 'project' })}>
                ${projectTexts.propose}
              </button>`
            : nothing
        }`,
      })}
      ${figureRow(projectTexts.figures, [
        { figure: money(use?.availableFen ?? 0), label: projectTexts.available, tone: 'leaf' },
        { figure: money(used.fen), label: used.label },
        { figure: money(use?.payableFen ?? 0), label: projectTexts.payable },
        {
          ...{ figure: money(use?.waitingFen ?? 0), label: projectTexts.waiting(use?.waitingCount ?? 0) },
          tone: (use?.waitingCount ?? 0) > 0 ? 'gold' : undefined,
          ...{ href: this.address.href(waits), go: this.address.follow(waits) },
          current: this.address.get('wait') !== null,
        },
      ])}
      ${
        projects.length === 0
          ? emptyState({ icon: 'leaf', title: projectTexts.projectsEmpty, text: projectTexts.projectsEmptyText })
          : projectCards({
              projects,
              chosen: this.address.get('project'),
              rights: this.rights,
              actions: this.projectActions,
              linkOf: (project) => this.linkOf(project),
            })
      }
    </div>`;
  }

  /** A second press on the chosen one shows all again. */
  private linkOf({ id }: Project): { href: string; go: (event: MouseEvent) => void } {
    const change = { project: this.address.get('project') === id ? null : id, wait: null };
    return { href: this.address.href(change), go: this.address.follow(change) };
  }

  private spendPart(first: Spends, busy: boolean): TemplateResult {
    const shown = this.growing.all(first);
    const { projectId, onlyWaiting } = this.filter;
    const projects = this.overview.value?.projects?.edges.map(({ node }) => node) ?? [];
    const chosen = projects.find(({ id }) => id === projectId);
    const wait = { wait: onlyWaiting ? null : '1' };
    return html`<section class="card table-card" aria-busy=${busy ? 'true' : 'false'}>
      <div class="card-head">
        <h3 class="in-card">${chosen ? projectTexts.spendsOf(chosen.name) : projectTexts.spends}</h3>
        <div class="controls">
          <button class="chip" aria-pressed=${onlyWaiting ? 'true' : 'false'} @click=${() => this.address.go(wait)}>
            ${projectTexts.onlyWaiting}
          </button>
          ${
            projectId === null
              ? nothing
              : html`<button class="chip" @click=${() => this.address.go({ project: null })}>
                  ${projectTexts.allProjects}
                </button>`
          }
        </div>
      </div>
      ${
        shown.rows.length === 0
          ? html`<p class="none sub">${projectTexts.spendsEmpty}</p>`
          : html`${spendTable({
              rows: shown.rows,
              rights: this.rights,
              withProject: projectId === null,
              actions: this.spendActions,
            })}
            ${this.growing.foot(first)}`
      }
    </section>`;
  }

  private dialog(): TemplateResult {
    const { form } = this;
    const counties = this.overview.value?.counties ?? [];
    const heading = form?.kind === 'spend' ? projectTexts.spendTitle(form.project.name) : projectTexts.proposeTitle;
    const parts = {
      busy: this.isBusy('form'),
      error: (field: string) => this.fieldError('form', field),
      note: (fields: readonly string[]) => this.refusalNote('form', fields),
      cancel: () => this.closeForm(),
    };
    const spend = (project: Project): TemplateResult =>
      spendForm({
        ...parts,
        ...{ project, road: this.road, groups: this.groups, addGroup: () => (this.groups += 1) },
        filesChanged: (fileIds) => (this.fileIds = fileIds),
        send: (wish) => void this.recordSpend(project, wish),
      });
    return html`<aixin-dialog heading=${heading} ?open=${form !== null} @aixin-dialog-close=${() => this.closeForm()}>
      ${form?.kind === 'project' ? projectForm({ ...parts, counties, send: (wish) => void this.propose(wish) }) : nothing}
      ${form?.kind === 'spend' ? spend(form.project) : nothing}
    </aixin-dialog>`;
  }

  private async exportAll(): Promise<void> {
    const { heads } = projectTexts;
    await this.exportRows<Spend>(
      {
        name: projectTexts.exportFile,
        head: [
          ...[heads.day, heads.project, heads.what, heads.payee, heads.amount, heads.people],
          ...[heads.sources, heads.state, heads.recorded],
        ],
        cells: (one) => [
          ...[one.day, one.project?.name, one.what, one.payee, { amountFen: one.amountFen }, peopleText(one)],
          one.sources.map(({ reference, amountFen }) => projectTexts.source(reference, amountFen)).join('；'),
          ...[one.stateText, one.recordedAt],
        ],
      },
      (after) => this.readSpends({ ...this.filter, after, first: PAGE_ROWS }),
    );
  }
}

definePage('aixin-fund-projects', FundProjects);
