import { html, nothing, type TemplateResult } from 'lit';
import '../../../../console/console-dialog.js';
import '../../../../console/file-drop.js';
import type { FilesChanged } from '../../../../console/file-drop.js';
import { stepsBar } from '../../../../console/figures.js';
import { figureStyles } from '../../../../console/figures.styles.js';
import { selectField, textArea, textField, yuanField } from '../../../../console/forms.js';
import { formStyles } from '../../../../console/forms.styles.js';
import { readForm } from '../../../../console/read-form.js';
import { definePage } from '../../../../kit/page.js';
import { skeleton } from '../../../../kit/parts.js';
import { tokens } from '../../../../kit/tokens.js';
import { consoleTexts } from '../../../../texts/console.js';
import { bankImportTexts as texts } from '../../../../texts/fund-bank-import.js';
import { GUESS, ImportCommands } from './import-commands.js';
import type { ImportStart, Statement } from './import.documents.js';
import { importDialogStyles } from './import-dialog.styles.js';
import { accountNote, importPreview, importProgress, strangeRows } from './import-preview.js';
import { fieldOfPath, type Mapping } from './mapping.js';
import { mappingForm } from './mapping-form.js';

/** Refusals after which a reason lets the file in, and how it is asked for. */
const ASKED: Readonly<
  Record<string, { readonly name: 'gapReason' | 'alikeReason'; readonly label: string; readonly hint: string }>
> = {
  STATEMENT_GAP: { name: 'gapReason', label: texts.gapReason, hint: texts.gap },
  LOOK_ALIKE: { name: 'alikeReason', label: texts.alikeReason, hint: texts.alike },
};

/**
 * Brings a bank's statement in three steps: file, preview of the whole file, books. Unknown layouts are mapped on the way, and
 * a mapping that has worked can be kept.
 */
export class ImportDialog extends ImportCommands {
  static override styles = [
    ...ImportCommands.styles.filter((sheet) => sheet !== tokens),
    formStyles,
    figureStyles,
    importDialogStyles,
  ];

  protected override render(): TemplateResult {
    return html`<aixin-dialog heading=${texts.title} width="860" ?open=${this.shown} @aixin-dialog-close=${this.close}>
      ${this.shown ? this.body() : nothing}
    </aixin-dialog>`;
  }

  private body(): TemplateResult {
    if (this.broken) return this.problem(this.broken, () => void this.reload());
    if (!this.start) return skeleton([40, 120]);
    const { statement } = this;
    const step = !statement || statement.state === 'REFUSED' ? 0 : statement.state === 'PREVIEWING' ? 1 : 2;
    const shownStep = statement?.state === 'PREVIEWED' ? 1 : step;
    return html`${stepsBar(texts.stepsLabel, texts.steps, shownStep)} ${this.status()}
    ${statement ? this.looked(statement) : this.chooser(this.start)}`;
  }

  private chooser(start: ImportStart): TemplateResult {
    if (start.bankAccounts.length === 0 || this.addingAccount) return this.accountForm(start.bankAccounts.length > 0);
    const account = start.bankAccounts.find(({ accountId }) => accountId === this.accountId);
    const send = (event: Event): void => {
      event.preventDefault();
      void this.preview();
    };
    return html`<form class="form two" novalidate @submit=${send}>
      ${selectField({
        name: 'account',
        label: texts.account,
        value: this.accountId,
        choices: start.bankAccounts.map(({ accountId, name, bankName, number }) => ({
          value: accountId,
          text: texts.accountChoice(name, bankName, number.slice(-4)),
        })),
        ...(account ? { hint: accountNote(account) } : {}),
        onInput: (accountId) => this.choose(accountId),
      })}
      ${selectField({
        name: 'profile',
        label: texts.profile,
        value: this.profileId,
        hint: texts.profileHint,
        choices: [
          { value: GUESS, text: texts.profileGuess },
          ...start.bankProfiles.map(({ profileId, name }) => ({ value: profileId, text: name })),
        ],
        error: this.fieldError('preview', 'profileId'),
        onInput: (profileId) => {
          this.profileId = profileId;
          this.mapping = null;
        },
      })}
      <aixin-file-drop
        label=${texts.file}
        hint=${texts.fileHint}
        purpose="statement"
        accept=${texts.accept}
        .road=${this.road}
        .files=${this.file ? [this.file] : []}
        .error=${this.fieldError('preview', 'fileId')}
        @aixin-files-changed=${({ files }: FilesChanged) => {
          this.file = files[0] ?? null;
          if (this.profileId === GUESS) this.mapping = null;
        }}
      ></aixin-file-drop>
      ${this.mapping ? this.mappingFields(this.mapping) : nothing}
      ${this.refusalNote('preview', ['profileId', 'fileId'])}
      <div class="answers">
        <button type="button" class="text-btn" @click=${() => (this.addingAccount = true)}>${texts.newAccount}</button>
        <button class="btn" ?disabled=${!this.file || this.isBusy('preview')}>
          ${this.isBusy('preview') ? consoleTexts.busy : texts.preview}
        </button>
      </div>
    </form>`;
  }

  private mappingFields(mapping: Mapping): TemplateResult {
    const refusal = this.refusalOf('preview');
    const wrong = fieldOfPath(refusal?.path);
    return html`<fieldset class="form wide mapping">
      <legend>${texts.mapping}</legend>
      ${mappingForm({
        mapping,
        change: (change) => {
          if (this.mapping) this.mapping = { ...this.mapping, ...change };
        },
        errorOf: (field) => (field === wrong ? (refusal?.message ?? null) : null),
      })}
    </fieldset>`;
  }

  private accountForm(mayGoBack: boolean): TemplateResult {
    const error = (field: string): string | null => this.fieldError('account', field);
    return html`<form class="form" novalidate @submit=${(event: Event) => void this.saveAccount(event)}>
      ${textField({ name: 'name', label: texts.accountName, hint: texts.accountNameHint, maxLength: 40, error: error('name') })}
      ${textField({ name: 'bankName', label: texts.bankName, maxLength: 40, error: error('bankName') })}
      ${textField({ name: 'number', label: texts.number, hint: texts.numberHint, inputMode: 'numeric', error: error('number') })}
      ${yuanField({ name: 'openingFen', label: texts.opening, hint: texts.openingHint, required: false, error: error('openingFen') })}
      ${this.refusalNote('account', ['name', 'bankName', 'number', 'openingFen'])}
      <div class="answers">
        ${
          mayGoBack
            ? html`<button type="button" class="btn ghost" @click=${() => (this.addingAccount = false)}>
                ${consoleTexts.no}
              </button>`
            : nothing
        }
        <button class="btn" ?disabled=${this.isBusy('account')}>${texts.saveAccount}</button>
      </div>
    </form>`;
  }

  private looked(statement: Statement): TemplateResult {
    const { state: stands, preview } = statement;
    if (stands === 'PREVIEWING' || stands === 'POSTING') return importProgress(statement);
    if (stands === 'REFUSED' || !preview) return this.refused(statement);
    if (stands === 'POSTED') {
      return html`<div class="done">
        <p class="note leaf">${texts.posted(preview.newCount)}</p>
        <div class="answers"><button class="btn" @click=${this.close}>${texts.toDesk}</button></div>
      </div>`;
    }
    return html`${importPreview(statement, preview)} ${this.definition === null ? nothing : this.keepProfile(statement)}
      ${this.refusalNote('post')} ${preview.newCount === 0 ? html`<p class="note">${texts.nothingNew}</p>` : nothing}
      <div class="answers">
        <button class="btn ghost" @click=${() => this.anew()}>${texts.otherFile}</button>
        <button class="btn ghost" @click=${() => this.adjust()}>${texts.otherProfile}</button>
        ${
          preview.newCount === 0
            ? html`<button class="btn" @click=${this.close}>${texts.close}</button>`
            : html`<button class="btn" ?disabled=${this.isBusy('post')} @click=${() => void this.post(statement)}>
                ${this.isBusy('post') ? consoleTexts.busy : texts.post(preview.newCount)}
              </button>`
        }
      </div>`;
  }

  private keepProfile(statement: Statement): TemplateResult {
    return html`<form class="keep" novalidate @submit=${(event: Event) => void this.saveProfile(event, statement)}>
      ${textField({
        name: 'profileName',
        label: texts.profileName,
        maxLength: 40,
        required: false,
        error: this.fieldError('profile', 'name') ?? this.refusalText('profile'),
      })}
      <button class="btn ghost" ?disabled=${this.isBusy('profile')}>${texts.saveProfile}</button>
    </form>`;
  }

  private refused(statement: Statement): TemplateResult {
    const asked = ASKED[statement.refusal?.code ?? ''];
    const again = (event: Event): void => {
      event.preventDefault();
      const reason = asked ? readForm(event.target as HTMLFormElement).text(asked.name) || null : null;
      void this.preview(asked?.name === 'gapReason' ? { gap: reason } : { alike: reason });
    };
    return html`<div class="note red" role="alert">
        <b>${texts.refused}</b>
        <p>${statement.refusal?.message ?? statement.stateText}</p>
        <p class="sub small">${texts.refusedNote}</p>
      </div>
      ${statement.refusal ? strangeRows(statement.refusal) : nothing}
      ${
        asked
          ? html`<form class="form one gap" novalidate @submit=${again}>
              ${textArea({ ...asked, maxLength: 200, rows: 2, error: this.fieldError('preview', asked.name) })}
              <div class="answers"><button class="btn ghost">${texts.reasonContinue}</button></div>
            </form>`
          : nothing
      }
      ${this.refusalNote('preview', ['gapReason', 'alikeReason'])}
      <div class="answers">
        <button class="btn ghost" @click=${() => this.adjust()}>${texts.otherProfile}</button>
        <button class="btn" @click=${() => this.anew()}>${texts.otherFile}</button>
      </div>`;
  }
}

definePage('aixin-bank-import', ImportDialog);
