import { html, nothing, type TemplateResult } from 'lit';
import { checkField, selectField, textField } from '../../../../console/forms.js';
import { bankImportTexts as texts } from '../../../../texts/fund-bank-import.js';
import type { Mapping, MappingField } from './mapping.js';

export interface MappingForm {
  readonly mapping: Mapping;
  /** Format and way of amounts decide which fields there are. */
  readonly change: (change: Partial<Mapping>) => void;
  readonly errorOf: (field: MappingField) => string | null;
}

const choices = (all: Readonly<Record<string, string>>) =>
  Object.entries(all).map(([value, text]) => ({ value, text }));

/** Which column is what: the names in the header, or numbers of columns. */
export const mappingForm = ({ mapping, change, errorOf }: MappingForm): TemplateResult => {
  const select = (name: 'format' | 'encoding' | 'delimiter' | 'kind', all: Readonly<Record<string, string>>) =>
    selectField({
      name,
      label: texts.fields[name],
      value: mapping[name],
      choices: choices(all),
      error: errorOf(name),
      onInput: (value) => change({ [name]: value }),
    });
  const column = (name: Exclude<MappingField, 'requiresSummary'>, required = false): TemplateResult =>
    textField({
      name,
      label: texts.fields[name],
      value: mapping[name],
      required,
      error: errorOf(name),
      maxLength: 80,
      onInput: (value) => change({ [name]: value }),
    });
  const isTable = mapping.format !== 'camt053';
  return html`<p class="sub small wide">${texts.mappingText}</p>
    ${select('format', texts.formats)}
    ${mapping.format === 'csv' ? [select('encoding', texts.encodings), select('delimiter', texts.delimiters)] : nothing}
    ${isTable ? [column('day', true), select('kind', texts.kinds), amounts(mapping, column)] : nothing}
    ${
      isTable
        ? [
            column('balance'),
            column('counterparty'),
            column('counterpartyAccount'),
            column('memo'),
            column('bankSerial'),
            column('skipRows'),
            column('summaryRows'),
            checkField({
              name: 'requiresSummary',
              label: texts.fields.requiresSummary,
              checked: mapping.requiresSummary === 'on',
              onChange: (checked) => change({ requiresSummary: checked ? 'on' : '' }),
            }),
          ]
        : nothing
    }`;
};

const amounts = (
  { kind }: Mapping,
  column: (name: Exclude<MappingField, 'requiresSummary'>, required?: boolean) => TemplateResult,
): TemplateResult[] => {
  if (kind === 'pair') return [column('credit', true), column('debit', true)];
  if (kind === 'signed') return [column('amount', true)];
  return [column('amount', true), column('flag', true), column('creditWords', true), column('debitWords', true)];
};
