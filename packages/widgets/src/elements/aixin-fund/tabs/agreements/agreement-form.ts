import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { isAbort } from '../../../../client/index.js';
import { checkField, dateField, selectField, textField, yuanField } from '../../../../console/forms.js';
import '../../../../console/file-drop.js';
import type { FilesChanged } from '../../../../console/file-drop.js';
import { focusFirstWrong, type FormValues, readForm } from '../../../../console/read-form.js';
import { definePage } from '../../../../kit/page.js';
import { consoleTexts } from '../../../../texts/console.js';
import { agreementTexts as texts } from '../../../../texts/fund-agreements.js';
import { FundTab } from '../fund-tab.js';
import { agreementFormStyles } from './agreement-form.styles.js';
import {
  DraftAgreement,
  FindProductsQuery,
  type FoundProduct,
  type Places,
  ReviseAgreement,
  type Terms,
  type UsccCheck,
  UsccCheckQuery,
} from './agreements.documents.js';
import { blankSeed, type FormSeed, type Named } from './form-seed.js';
import { scopeFields } from './scope-fields.js';

/** While somebody types nothing is asked. */
const TYPING_MS = 250;

const FIELDS = [
  ...['number', 'sponsorUscc', 'sponsorName', 'fundName', 'amountFen', 'capFen', 'monthlyCapFen'],
  ...['firstDay', 'lastDay', 'listedProductIds'],
];
const AMOUNTS = ['amountFen', 'capFen', 'monthlyCapFen'];

/**
 * The form of an agreement's terms, in a dialog.
 *
 * @fires aixin-agreement-saved - `detail` is the agreement's id
 * @fires aixin-agreement-cancel
 */
export class AgreementForm extends FundTab {
  static override styles = [...FundTab.styles, agreementFormStyles];

  @property({ attribute: false }) seed: FormSeed = blankSeed('');
  @property({ attribute: false }) places: Places = { counties: [], categories: [] };

  @state() private chosen: Pick<FormSeed, 'products' | 'suppliers' | 'countyCodes' | 'categoryKeys' | 'files'> =
    this.seed;
  @state() private uscc: UsccCheck | 'asking' | null = null;
  @state() private found: readonly FoundProduct[] | null = null;
  /** Filled in by what the code is known as, unless somebody wrote a name. */
  @state() private knownName: string | null = null;
  private typing: AbortController | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('seed')) this.chosen = this.seed;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.typing?.abort();
  }

  /** Asks once the typing has stopped; what was asked before is forgotten. */
  private async afterTyping(ask: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.typing?.abort();
    const typing = new AbortController();
    this.typing = typing;
    await new Promise((resolve) => setTimeout(resolve, TYPING_MS));
    if (typing.signal.aborted) return;
    try {
      await ask(typing.signal);
    } catch (reason) {
      // The field is checked again when the form is sent: a hint that does not come is no reason to disturb.
      if (!isAbort(reason)) this.uscc = null;
    }
  }

  private checkUscc(typed: string): void {
    if (this.fieldError('save', 'sponsorUscc')) this.forget('save');
    if (typed.trim().length < 18) {
      this.uscc = null;
      this.typing?.abort();
      return;
    }
    this.uscc = 'asking';
    void this.afterTyping(async (signal) => {
      const { usccCheck } = await this.client.send(UsccCheckQuery, { code: typed }, { signal });
      this.uscc = usccCheck;
      const name = this.renderRoot.querySelector<HTMLInputElement>('#sponsorName');
      if (name?.value.trim() === '') this.knownName = usccCheck.knownName;
    });
  }

  private find(text: string): void {
    if (text.trim() === '') {
      this.found = null;
      this.typing?.abort();
      return;
    }
    void this.afterTyping(async (signal) => {
      const { products } = await this.client.send(FindProductsQuery, { text }, { signal });
      this.found = products.edges.map(({ node }) => node);
    });
  }

  protected override content(): TemplateResult {
    return html`<form class="form" novalidate @submit=${(event: Event) => void this.save(event)}>
      ${this.parties()} ${this.money()}
      ${scopeFields({
        places: this.places,
        chosen: this.chosen,
        found: this.found,
        error: this.fieldError('save', 'listedProductIds'),
        find: (text) => this.find(text),
        choose: (change) => (this.chosen = { ...this.chosen, ...change }),
      })}
      <aixin-file-drop
        label=${texts.filesLabel}
        hint=${texts.filesHint}
        purpose="agreement"
        accept=".pdf,.png,.jpg,.jpeg"
        multiple
        .files=${this.chosen.files}
        .road=${this.road}
        @aixin-files-changed=${({ files }: FilesChanged) => (this.chosen = { ...this.chosen, files: [...files] })}
      ></aixin-file-drop>
      ${this.refusalNote('save', FIELDS)}
      <div class="answers">
        <button
          type="button"
          class="btn ghost"
          @click=${() => this.dispatchEvent(new CustomEvent('aixin-agreement-cancel'))}
        >
          ${texts.cancel}
        </button>
        <button class="btn" ?disabled=${this.isBusy('save')}>
          ${this.isBusy('save') ? consoleTexts.busy : texts.save}
        </button>
      </div>
    </form>`;
  }

  private wrong(name: string): { error: string | null } {
    return { error: this.fieldError('save', name) };
  }

  private parties(): TemplateResult {
    const { values } = this.seed;
    const { facts } = texts;
    return html`<fieldset>
      <legend>${texts.sectionParties}</legend>
      ${textField({
        ...{ name: 'number', label: facts.number, value: values.number, hint: texts.numberHint, maxLength: 40 },
        ...this.wrong('number'),
      })}
      ${textField({
        ...{ name: 'sponsorUscc', label: facts.uscc, value: values.sponsorUscc, mono: true, maxLength: 40 },
        ...{ hint: this.usccHint(), error: this.fieldError('save', 'sponsorUscc') ?? this.usccWrong() },
        onInput: (typed) => this.checkUscc(typed),
      })}
      ${textField({
        ...{ name: 'sponsorName', label: facts.sponsor, value: this.knownName ?? values.sponsorName, maxLength: 60 },
        ...this.wrong('sponsorName'),
      })}
      ${textField({
        ...{ name: 'fundName', label: facts.fund, value: values.fundName, maxLength: 60, ...this.wrong('fundName') },
      })}
      <div class="wide">${checkField({ name: 'hidesName', label: texts.hideName, checked: values.hidesName })}</div>
    </fieldset>`;
  }

  private usccHint(): TemplateResult | string {
    if (this.uscc === 'asking') return texts.usccChecking;
    if (!this.uscc?.isValid) return texts.usccHint;
    const { knownName } = this.uscc;
    return html`<span class="right">✓ ${knownName ? texts.usccKnown(knownName) : texts.usccRight}</span>`;
  }

  private usccWrong(): string | null {
    return this.uscc !== null && this.uscc !== 'asking' ? this.uscc.message : null;
  }

  private money(): TemplateResult {
    const { values } = this.seed;
    const units = (['LINE', 'ORDER', 'PIECE'] as const).map((value) => ({ value, text: texts.unitChoices[value] }));
    return html`<fieldset>
      <legend>${texts.sectionMoney}</legend>
      ${yuanField({
        ...{ name: 'amountFen', label: texts.amount, fen: values.amountFen },
        ...this.wrong('amountFen'),
      })}
      ${selectField({ name: 'unit', label: texts.unitLabel, value: values.unit, choices: units })}
      ${yuanField({ name: 'capFen', label: texts.cap, fen: values.capFen, ...this.wrong('capFen') })}
      ${yuanField({
        ...{ name: 'monthlyCapFen', label: texts.monthlyCap, fen: values.monthlyCapFen, required: false },
        ...{ hint: texts.monthlyCapHint, ...this.wrong('monthlyCapFen') },
      })}
      ${dateField({ name: 'firstDay', label: texts.firstDay, value: values.firstDay, ...this.wrong('firstDay') })}
      ${dateField({ name: 'lastDay', label: texts.lastDay, value: values.lastDay, ...this.wrong('lastDay') })}
    </fieldset>`;
  }

  private termsOf(form: FormValues): Terms {
    const { products, suppliers, countyCodes, categoryKeys, files } = this.chosen;
    const ids = (all: readonly Named[]): string[] => all.map(({ id }) => id);
    return {
      number: form.text('number'),
      sponsorUscc: form.text('sponsorUscc'),
      sponsorName: form.text('sponsorName'),
      publishesName: !form.ticked('hidesName'),
      fundName: form.text('fundName'),
      amountFen: form.fen('amountFen') ?? 0,
      unit: form.text('unit') as NonNullable<Terms['unit']>,
      capFen: form.fen('capFen') ?? 0,
      monthlyCapFen: form.fen('monthlyCapFen'),
      firstDay: form.text('firstDay'),
      lastDay: form.text('lastDay'),
      listedProductIds: ids(products),
      countyCodes: [...countyCodes],
      categoryKeys: [...categoryKeys],
      supplierIds: ids(suppliers),
      fileIds: files.map(({ id }) => id),
      replacesId: this.seed.replaces?.id ?? null,
    };
  }

  private async save(event: Event): Promise<void> {
    event.preventDefault();
    const form = readForm(event.target as HTMLFormElement);
    const [missing] = form.missing;
    const noAmount = AMOUNTS.find((name) => form.wrong(name));
    if (missing !== undefined) this.mark('save', missing, consoleTexts.required);
    else if (noAmount !== undefined) this.mark('save', noAmount, consoleTexts.notAnAmount);
    else await this.send(this.termsOf(form));
    await this.updateComplete;
    focusFirstWrong(this.renderRoot);
  }

  private async send(terms: Terms): Promise<void> {
    const { agreementId } = this.seed;
    const done = await this.command({
      name: 'save',
      wish: { agreementId, terms },
      send: async (idempotencyKey) =>
        agreementId === null
          ? (await this.client.send(DraftAgreement, { input: { idempotencyKey, terms } })).draftAgreement
          : (await this.client.send(ReviseAgreement, { input: { idempotencyKey, agreementId, terms } }))
              .reviseAgreement,
    });
    if (!done) return;
    this.dispatchEvent(new CustomEvent('aixin-agreement-saved', { detail: done.agreement.id }));
  }

  /** The status line is the tab's. */
  protected override status(): TemplateResult {
    return html`${nothing}`;
  }
}

definePage('aixin-agreement-form', AgreementForm);
