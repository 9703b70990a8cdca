import { html, nothing, svg, type TemplateResult } from 'lit';
import { dotted, tag } from '../../../../kit/parts.js';
import { projectTexts } from '../../../../texts/fund-projects.js';
import type { FundRights } from '../fund-tab.js';
import type { Project } from './projects.documents.js';

const TONES = { PROPOSED: 'gold', APPROVED: 'leaf', REJECTED: 'red', CLOSED: 'plain' } as const;

export interface ProjectActions {
  readonly approve: (project: Project) => void;
  readonly reject: (project: Project) => void;
  readonly close: (project: Project) => void;
  readonly spend: (project: Project) => void;
}

interface Cards {
  readonly projects: readonly Project[];
  readonly chosen: string | null;
  readonly rights: FundRights;
  readonly actions: ProjectActions;
  readonly linkOf: (project: Project) => { href: string; go: (event: MouseEvent) => void };
}

/** Each project with its budget as a bar: what is used of it, what is left. */
export const projectCards = ({ projects, chosen, rights, actions, linkOf }: Cards): TemplateResult =>
  html`<ul class="projects" aria-label=${projectTexts.projects}>
    ${projects.map((project) => {
      const { href, go } = linkOf(project);
      return html`<li class=${project.id === chosen ? 'card pad chosen' : 'card pad'}>
        <div class="project-head">
          <h3 class="in-card">
            <a class="link" href=${href} aria-current=${project.id === chosen ? 'true' : nothing} @click=${go}
              >${project.name}</a
            >
          </h3>
          ${tag(project.stateText, TONES[project.state])}
        </div>
        <p class="sub small">${project.purpose}</p>
        ${budgetBar(project)}
        <p class="small">
          ${dotted([
            projectTexts.budget(project.spentFen, project.budgetFen),
            projectTexts.left(project.budgetFen - project.spentFen),
          ])}
        </p>
        <p class="sub small">
          ${dotted([
            ...(project.county ? [project.county.name] : []),
            ...(project.beneficiaryCount > 0 ? [projectTexts.people(project.beneficiaryCount)] : []),
            ...(project.reason ? [projectTexts.because(project.reason)] : []),
          ])}
        </p>
        ${buttons(project, rights, actions)}
      </li>`;
    })}
  </ul>`;

const budgetBar = ({ spentFen, budgetFen }: Project): TemplateResult => {
  const share = budgetFen === 0 ? 0 : (spentFen / budgetFen) * 100;
  return html`<svg class="budget" role="img" aria-label=${projectTexts.budget(spentFen, budgetFen)}>
    ${svg`<rect class="fill" width="${Math.min(100, share)}%" height="100%" />`}
  </svg>`;
};

const buttons = (project: Project, rights: FundRights, actions: ProjectActions): TemplateResult | typeof nothing => {
  const chip = (text: string, act: (project: Project) => void): TemplateResult =>
    html`<button class="chip" @click=${() => act(project)}>${text}<span class="sr">${project.name}</span></button>`;
  if (project.state === 'PROPOSED') {
    if (rights.checker && !project.proposedByMe) {
      return html`<div class="row-actions">
        ${chip(projectTexts.approve, actions.approve)} ${chip(projectTexts.reject, actions.reject)}
      </div>`;
    }
    return project.proposedByMe ? html`<p class="sub small">${projectTexts.yourOwn}</p>` : nothing;
  }
  if (project.state !== 'APPROVED' || (!rights.maker && !rights.checker)) return nothing;
  return html`<div class="row-actions">
    ${rights.maker ? chip(projectTexts.recordSpend, actions.spend) : nothing} ${chip(projectTexts.close, actions.close)}
  </div>`;
};

/** For the figure row: how many projects have used something. */
export const usedOf = (projects: readonly Project[]): { fen: number; label: string } => {
  const used = projects.filter(({ spentFen }) => spentFen > 0);
  return { fen: used.reduce((sum, each) => sum + each.spentFen, 0), label: projectTexts.spent(used.length) };
};
