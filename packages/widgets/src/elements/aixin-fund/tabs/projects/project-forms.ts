import { html, nothing, type TemplateResult } from 'lit';
import type { FilesChanged } from '../../../../console/file-drop.js';
import type { Road } from '../../../../console/file-transfer.js';
import { dateField, selectField, textArea, textField, yuanField } from '../../../../console/forms.js';
import { readForm } from '../../../../console/read-form.js';
import { day } from '../../../../kit/dates.js';
import { consoleTexts } from '../../../../texts/console.js';
import { projectTexts } from '../../../../texts/fund-projects.js';
import type { Project, ProjectsAnswer } from './projects.documents.js';

interface FormParts {
  readonly busy: boolean;
  readonly error: (field: string) => string | null;
  readonly note: (fields: readonly string[]) => TemplateResult | typeof nothing;
  readonly cancel: () => void;
}

export interface ProjectWish {
  readonly name: string;
  readonly purpose: string;
  readonly countyCode: string;
  readonly budgetFen: number;
}

export interface SpendWish {
  readonly amountFen: number;
  readonly day: string;
  readonly payee: string;
  readonly what: string;
  readonly beneficiaries: readonly { readonly group: string; readonly count: number }[];
}

const answers = ({ busy, cancel }: FormParts, yes: string): TemplateResult =>
  html`<div class="answers">
    <button type="button" class="btn ghost" @click=${cancel}>${consoleTexts.no}</button>
    <button class="btn" ?disabled=${busy}>${busy ? consoleTexts.busy : yes}</button>
  </div>`;

export const projectForm = (
  parts: FormParts & { readonly counties: ProjectsAnswer['counties']; readonly send: (wish: ProjectWish) => void },
): TemplateResult => {
  const { error, counties } = parts;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = readForm(event.target as HTMLFormElement);
    parts.send({
      name: form.text('name'),
      purpose: form.text('purpose'),
      countyCode: form.text('countyCode'),
      budgetFen: form.fen('budgetFen') ?? 0,
    });
  };
  return html`<form class="form" novalidate @submit=${submit}>
    <p class="sub">${projectTexts.proposeText}</p>
    <div class="wide">
      ${textField({ name: 'name', label: projectTexts.name, hint: projectTexts.nameHint, error: error('name') })}
    </div>
    <div class="wide">
      ${textArea({
        ...{ name: 'purpose', label: projectTexts.purpose, hint: projectTexts.purposeHint },
        error: error('purpose'),
      })}
    </div>
    ${selectField({
      ...{ name: 'countyCode', label: projectTexts.county, placeholder: projectTexts.chooseCounty },
      choices: counties.map(({ code, name }) => ({ value: code, text: name })),
      error: error('countyCode'),
    })}
    ${yuanField({
      ...{ name: 'budgetFen', label: projectTexts.budgetField, hint: projectTexts.budgetHint },
      error: error('budgetFen'),
    })}
    ${parts.note(['name', 'purpose', 'countyCode', 'budgetFen'])} ${answers(parts, projectTexts.proposeYes)}
  </form>`;
};

const SPEND_FIELDS = ['amountFen', 'day', 'payee', 'what', 'fileIds'];
export const MOST_GROUPS = 10;

export const spendForm = (
  parts: FormParts & {
    readonly project: Project;
    readonly road: Road;
    readonly groups: number;
    readonly addGroup: () => void;
    readonly filesChanged: (fileIds: readonly string[]) => void;
    readonly send: (wish: SpendWish) => void;
  },
): TemplateResult => {
  const { project, error, groups } = parts;
  const today = day(new Date().toISOString());
  return html`<form class="form" novalidate @submit=${(event: SubmitEvent) => submitSpend(event, parts)}>
    <p class="sub">${projectTexts.spendText(project.budgetFen - project.spentFen)}</p>
    ${yuanField({ name: 'amountFen', label: projectTexts.amount, error: error('amountFen') })}
    ${dateField({ name: 'day', label: projectTexts.dayField, value: today, max: today, error: error('day') })}
    ${textField({ name: 'what', label: projectTexts.what, hint: projectTexts.whatHint, error: error('what') })}
    ${textField({ name: 'payee', label: projectTexts.payee, hint: projectTexts.payeeHint, error: error('payee') })}
    <fieldset>
      <legend>${projectTexts.groups}</legend>
      <p class="sub small">${projectTexts.groupsHint}</p>
      ${Array.from({ length: groups }, (_, index) => groupFields(index))}
      ${
        groups < MOST_GROUPS
          ? html`<button type="button" class="chip" @click=${parts.addGroup}>${projectTexts.addGroup}</button>`
          : nothing
      }
    </fieldset>
    <aixin-file-drop
      label=${projectTexts.files}
      hint=${projectTexts.filesHint}
      purpose="evidence"
      accept=".pdf,.png,.jpg,.jpeg"
      multiple
      .road=${parts.road}
      .error=${error('fileIds')}
      @aixin-files-changed=${({ files }: FilesChanged) => parts.filesChanged(files.map(({ id }) => id))}
    ></aixin-file-drop>
    ${parts.note(SPEND_FIELDS)} ${answers(parts, projectTexts.spendYes)}
  </form>`;
};

const groupFields = (index: number): TemplateResult =>
  html`<div class="group">
    ${textField({ name: `group-${index}`, label: projectTexts.groupName(index + 1), required: false, maxLength: 30 })}
    ${textField({
      ...{ name: `count-${index}`, label: projectTexts.groupCount(index + 1), required: false },
      ...{ inputMode: 'numeric', maxLength: 9 },
    })}
  </div>`;

const submitSpend = (
  event: SubmitEvent,
  parts: { readonly groups: number; readonly send: (wish: SpendWish) => void },
): void => {
  event.preventDefault();
  const form = readForm(event.target as HTMLFormElement);
  const rows = Array.from({ length: parts.groups }, (_, index) => ({
    group: form.text(`group-${index}`),
    // A count that is none goes to the server as nobody, which it refuses with a sentence.
    count: form.count(`count-${index}`) ?? 0,
  }));
  parts.send({
    amountFen: form.fen('amountFen') ?? 0,
    day: form.text('day'),
    payee: form.text('payee'),
    what: form.text('what'),
    beneficiaries: rows.filter(({ group, count }) => group !== '' || count > 0),
  });
};
