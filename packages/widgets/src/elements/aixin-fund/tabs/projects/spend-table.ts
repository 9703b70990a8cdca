import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../../../kit/icons.js';
import { yuan } from '../../../../kit/money.js';
import { table, tag, type Column } from '../../../../kit/parts.js';
import { projectTexts } from '../../../../texts/fund-projects.js';
import type { FundRights } from '../fund-tab.js';
import type { Spend } from './projects.documents.js';

const { heads } = projectTexts;
const TONES = { WAITING: 'gold', WITHDRAWN: 'plain', APPROVED: 'leaf', REJECTED: 'red', REVERSED: 'plain' } as const;
/** More are told by their number; the file has all. */
const SOURCES_SHOWN = 2;

export interface SpendActions {
  readonly download: (file: { id: string; name: string }) => void;
  readonly approve: (spend: Spend) => void;
  readonly reject: (spend: Spend) => void;
  readonly reverse: (spend: Spend) => void;
  readonly withdraw: (spend: Spend) => void;
}

interface SpendTable {
  readonly rows: readonly Spend[];
  readonly rights: FundRights;
  readonly withProject: boolean;
  readonly actions: SpendActions;
}

export const spendTable = ({ rows, rights, withProject, actions }: SpendTable): TemplateResult => {
  const buttons: Column<Spend> = { head: heads.actions, cell: (spend) => buttonsOf(spend, rights, actions) };
  return table<Spend>({
    caption: projectTexts.spends,
    rows,
    columns: [
      { head: heads.day, cell: ({ day }) => html`<span class="num nobreak">${day}</span>` },
      { head: heads.what, cell: (spend) => whatCell(spend, withProject) },
      { head: heads.payee, cell: ({ payee }) => html`<span class="long">${payee}</span>` },
      { head: heads.amount, cell: ({ amountFen }) => html`<b class="nobreak">${yuan(amountFen)}</b>`, numeric: true },
      { head: heads.people, cell: peopleCell },
      { head: heads.evidence, cell: (spend) => evidenceCell(spend, actions.download) },
      { head: heads.sources, cell: sourcesCell },
      { head: heads.state, cell: stateCell },
      ...(rights.maker || rights.checker ? [buttons] : []),
    ],
  });
};

const whatCell = ({ what, corrects, reason, project }: Spend, withProject: boolean): TemplateResult => {
  const notes = [...(withProject && project ? [project.name] : []), ...(reason ? [projectTexts.because(reason)] : [])];
  return html`<span class="long">${corrects ? projectTexts.corrects(corrects.what) : what}</span>${notes.map(
      (note) => html`<br /><span class="sub small">${note}</span>`,
    )}`;
};

export const peopleText = ({ beneficiaries }: Spend): string =>
  beneficiaries.map(({ group, count }) => projectTexts.group(group, count)).join('、');

const peopleCell = (spend: Spend): TemplateResult => html`<span class="small long">${peopleText(spend) || '–'}</span>`;

const evidenceCell = ({ evidence }: Spend, download: SpendActions['download']): TemplateResult =>
  html`<span class="papers"
    >${evidence.map(
      (file, index) =>
        html`<button class="text-btn small" title=${file.name} @click=${() => download(file)}>
          ${icon('file', 16)}<span class="sr">${projectTexts.download(file.name)}</span
          ><span aria-hidden="true">${projectTexts.evidence(index + 1)}</span>
        </button>`,
    )}</span
  >`;

const sourcesCell = ({ sources }: Spend): TemplateResult =>
  html`<span class="small num"
    >${sources.length === 0 ? '–' : nothing}${sources
      .slice(0, SOURCES_SHOWN)
      .map(
        ({ reference, amountFen }) => html`<span class="source">${projectTexts.source(reference, amountFen)}</span>`,
      )}${
      sources.length > SOURCES_SHOWN
        ? html`<span class="source sub">${projectTexts.moreSources(sources.length)}</span>`
        : nothing
    }</span
  >`;

const stateCell = ({ state, stateText, amountFen, paidFen }: Spend): TemplateResult =>
  html`${tag(stateText, TONES[state])}${
    state === 'APPROVED' && amountFen > 0
      ? html`<br /><span class="sub small">${paidFen >= amountFen ? projectTexts.paid : projectTexts.notPaid}</span>`
      : nothing
  }`;

const buttonsOf = (spend: Spend, rights: FundRights, actions: SpendActions): TemplateResult | typeof nothing => {
  const chip = (text: string, act: (spend: Spend) => void): TemplateResult =>
    html`<button class="chip" @click=${() => act(spend)}>${text}<span class="sr">${spend.what}</span></button>`;
  if (spend.state === 'WAITING') {
    if (rights.checker && !spend.recordedByMe) {
      return html`<span class="row-actions"
        >${chip(projectTexts.approve, actions.approve)} ${chip(projectTexts.reject, actions.reject)}</span
      >`;
    }
    return spend.recordedByMe
      ? html`<span class="row-actions">${chip(projectTexts.withdraw, actions.withdraw)}</span>
          <span class="sub small">${projectTexts.yourOwn}</span>`
      : nothing;
  }
  const mayReverse = rights.maker && spend.state === 'APPROVED' && spend.corrects === null && spend.paidFen === 0;
  return mayReverse ? html`<span class="row-actions">${chip(projectTexts.reverse, actions.reverse)}</span>` : nothing;
};
