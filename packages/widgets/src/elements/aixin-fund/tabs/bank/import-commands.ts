import { state } from 'lit/decorators.js';
import { isAbort } from '../../../../client/index.js';
import { CommandElement } from '../../../../console/command-element.js';
import type { StoredFile } from '../../../../console/file-transfer.js';
import { focusFirstWrong, readForm } from '../../../../console/read-form.js';
import { consoleTexts } from '../../../../texts/console.js';
import { bankImportTexts as texts } from '../../../../texts/fund-bank-import.js';
import { BooksChanged } from './books-changed.js';
import {
  GuessedProfileQuery,
  type ImportStart,
  ImportStartQuery,
  PostStatement,
  PreviewStatement,
  SaveAccount,
  SaveProfile,
  type Statement,
  StatementQuery,
} from './import.documents.js';
import { definitionOf, type Mapping, mappingOf } from './mapping.js';

/** How often a reading or posting is asked after. */
const ASK_MS = 500;
/** No profile is chosen: the file's header is looked at. */
export const GUESS = '';

/** What a person said about a file that was refused, and is looked at again with it. */
export interface PreviewReasons {
  /** Why statements in between are missing. */
  readonly gap?: string | null;
  /** Why lines that look like posted ones are others. */
  readonly alike?: string | null;
}

/** What the import dialog knows and does: file, preview, mapping, posting. */
export abstract class ImportCommands extends CommandElement {
  @state() protected shown = false;
  @state() protected start: ImportStart | null = null;
  @state() protected broken: unknown = null;
  @state() protected accountId = '';
  @state() protected profileId: string = GUESS;
  @state() protected file: StoredFile | null = null;
  @state() protected statement: Statement | null = null;
  /** The mapping that is being made; null while a known profile reads the file. */
  @state() protected mapping: Mapping | null = null;
  @state() protected definition: string | null = null;
  @state() protected addingAccount = false;
  private asking: ReturnType<typeof setTimeout> | undefined;

  open(): void {
    this.shown = true;
    this.anew();
    void this.reload();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.asking);
  }

  protected override async reload(): Promise<void> {
    try {
      const start = await this.client.send(ImportStartQuery, {});
      this.start = start;
      const account = start.bankAccounts.find(({ accountId }) => accountId === this.accountId) ?? start.bankAccounts[0];
      if (account && this.accountId === '') this.choose(account.accountId);
      this.broken = null;
    } catch (reason) {
      if (!isAbort(reason)) this.broken = reason;
    }
  }

  protected anew(): void {
    clearTimeout(this.asking);
    this.file = null;
    this.statement = null;
    this.mapping = null;
    this.definition = null;
    this.forget('preview');
    this.forget('post');
  }

  protected choose(accountId: string): void {
    this.accountId = accountId;
    this.profileId = this.start?.bankAccounts.find((each) => each.accountId === accountId)?.profileId ?? GUESS;
  }

  protected readonly close = (): void => {
    this.shown = false;
    clearTimeout(this.asking);
  };

  /** Looks at the file by a profile; where none is chosen, by a mapping out of its header, shown to be corrected. */
  protected async preview(reasons: PreviewReasons = {}): Promise<void> {
    const { file, accountId, profileId } = this;
    if (!file || accountId === '') return;
    if (!this.mapping && profileId === GUESS) {
      await this.guess(file.id);
      return;
    }
    this.definition = this.mapping ? definitionOf(this.mapping, this.definition) : null;
    const input = {
      ...{ accountId, fileId: file.id, gapReason: reasons.gap ?? null, alikeReason: reasons.alike ?? null },
      ...(this.definition === null ? { profileId } : { definition: this.definition }),
    };
    const done = await this.command({
      name: 'preview',
      wish: [input, this.statement?.importId ?? null],
      send: async (idempotencyKey) =>
        (await this.client.send(PreviewStatement, { input: { ...input, idempotencyKey } })).previewStatement,
    });
    if (done) this.follow(done.statement);
    else await this.updateComplete.then(() => focusFirstWrong(this.renderRoot));
  }

  private async guess(fileId: string): Promise<void> {
    try {
      const { guessedBankProfile } = await this.client.send(GuessedProfileQuery, { fileId });
      this.definition = guessedBankProfile;
      this.mapping = mappingOf(guessedBankProfile);
    } catch (reason) {
      if (!isAbort(reason)) this.broken = reason;
    }
  }

  /** Reading and posting go on by themselves; their state is asked after until it is an end. */
  private follow(statement: Statement): void {
    this.statement = statement;
    if (statement.state === 'POSTED') this.dispatchEvent(new BooksChanged());
    if (statement.state !== 'PREVIEWING' && statement.state !== 'POSTING') return;
    this.asking = setTimeout(() => void this.ask(statement.importId), ASK_MS);
  }

  private async ask(importId: string): Promise<void> {
    try {
      const { bankImport } = await this.client.send(StatementQuery, { importId });
      if (bankImport && this.shown && this.statement?.importId === importId) this.follow(bankImport);
    } catch (reason) {
      // The network hiccuped; the work goes on at the server, so it is asked again.
      if (!isAbort(reason)) this.asking = setTimeout(() => void this.ask(importId), ASK_MS * 4);
    }
  }

  protected async post({ importId }: Statement): Promise<void> {
    const done = await this.command({
      name: 'post',
      wish: importId,
      send: async (idempotencyKey) =>
        (await this.client.send(PostStatement, { input: { importId, idempotencyKey } })).postStatement,
    });
    if (done) this.follow(done.statement);
  }

  protected async saveAccount(event: Event): Promise<void> {
    event.preventDefault();
    const form = readForm(event.target as HTMLFormElement);
    if (form.wrong('openingFen')) {
      this.mark('account', 'openingFen', consoleTexts.notAnAmount);
      return;
    }
    const input = {
      ...{ name: form.text('name'), bankName: form.text('bankName'), number: form.text('number') },
      openingFen: form.fen('openingFen'),
    };
    const done = await this.command({
      name: 'account',
      wish: input,
      send: async (idempotencyKey) =>
        (await this.client.send(SaveAccount, { input: { ...input, idempotencyKey } })).saveBankAccount,
    });
    if (!done) return;
    this.accountId = done.account.accountId;
    this.addingAccount = false;
  }

  protected async saveProfile(event: Event, { importId }: Statement): Promise<void> {
    event.preventDefault();
    const name = readForm(event.target as HTMLFormElement).text('profileName');
    const done = await this.command({
      name: 'profile',
      wish: [name, importId],
      send: async (idempotencyKey) =>
        (await this.client.send(SaveProfile, { input: { name, importId, idempotencyKey } })).saveBankProfile,
    });
    if (!done) return;
    this.definition = null;
    this.profileId = done.profile.profileId;
    this.say(texts.profileSaved);
  }

  /** Back to the file, with the profile as a mapping that can be corrected. */
  protected adjust(): void {
    const known = this.start?.bankProfiles.find(({ profileId }) => profileId === this.profileId)?.definition ?? null;
    this.definition ??= known;
    this.mapping = mappingOf(this.definition);
    this.statement = null;
  }
}
