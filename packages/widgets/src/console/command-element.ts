import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { createKeyKeeper, tabStore } from '../buy/idempotency.js';
import { ClientProblem, type Refusal } from '../client/index.js';
import { consoleTexts } from '../texts/console.js';
import { ConsoleElement } from './console-element.js';
import { downloadFile, type Road, TransferProblem } from './file-transfer.js';
import { type Confirmation, ReasonDialog } from './reason-dialog.js';
import { lastOf } from '../kit/lists.js';

type Done<Result> = Exclude<Result, { __typename: 'Refusal' }>;

interface Command<Result> {
  /** One name for one kind of command in this tab: busy state, refusal and key go by it. */
  readonly name: string;
  /** What is wanted: the same wish keeps its key until the answer is known. */
  readonly wish: unknown;
  readonly send: (idempotencyKey: string) => Promise<Result>;
}

const NOWHERE = { path: null, productId: null, leftCount: null, retryAfterMs: null };

/** A console that changes something: sends commands under keys, and shows what was refused where it belongs. */
export abstract class CommandElement extends ConsoleElement {
  @state() private refusals: ReadonlyMap<string, Refusal> = new Map();
  @state() private running: ReadonlySet<string> = new Set();
  @state() private told: { text: string; tone: 'leaf' | 'red' } | null = null;

  /** Reads what is shown anew, after something was changed. */
  protected abstract reload(): Promise<void>;

  /** Endpoint and token, for `<aixin-file-drop>` and downloads. */
  protected get road(): Road {
    return { endpoint: this.endpoint, tokenProvider: this.tokenProvider };
  }

  /**
   * Sends a mutation under a key of its own. Gives what was done, or null where it was refused or the wire broke: then
   * `refusalOf(name)` tells why. After success the tab is read anew.
   *
   * ```ts
   * const done = await this.command({
   *   name: 'approve', wish: input,
   *   send: async (idempotencyKey) =>
   *     (await this.client.send(ApproveBatch, { input: { ...input, idempotencyKey } })).approveBatch,
   * });
   * if (done) this.say(texts.approved);
   * ```
   */
  protected async command<Result extends { readonly __typename: string }>({
    name,
    wish,
    send,
  }: Command<Result>): Promise<Done<Result> | null> {
    if (this.running.has(name)) return null;
    const keys = createKeyKeeper(`aixin.fund.${this.localName}.${name}`, tabStore);
    this.running = new Set([...this.running, name]);
    this.told = null;
    this.forget(name);
    try {
      const result = await send(keys.keyFor(JSON.stringify(wish)));
      keys.settle();
      if (isRefusal(result)) {
        this.refuse(name, result);
        return null;
      }
      void this.reload();
      return result as Done<Result>;
    } catch (reason) {
      this.refuse(name, brokenWire(reason));
      return null;
    } finally {
      this.running = new Set([...this.running].filter((each) => each !== name));
    }
  }

  private refuse(name: string, refusal: Refusal): void {
    this.refusals = new Map([...this.refusals, [name, refusal]]);
  }

  /** Forgets what was refused: a form is opened anew, a field is corrected. */
  protected forget(name: string): void {
    this.refusals = new Map([...this.refusals].filter(([each]) => each !== name));
  }

  protected isBusy(name: string): boolean {
    return this.running.has(name);
  }

  protected refusalOf(name: string): Refusal | undefined {
    return this.refusals.get(name);
  }

  /** The sentence, for `Confirmation.act`; null when nothing was refused. */
  protected refusalText(name: string): string | null {
    return this.refusals.get(name)?.message ?? null;
  }

  /** Marks a field before anything is sent: `this.mark('save', 'capFen', consoleTexts.notAnAmount)`. */
  protected mark(name: string, path: string, message: string): void {
    this.refuse(name, { code: 'FIELD', message, ...NOWHERE, path });
  }

  /** What is wrong with one field: the refusal that names it by its last part (`input.capFen` → `capFen`). */
  protected fieldError(name: string, field: string): string | null {
    const refusal = this.refusals.get(name);
    return refusal && lastOf(refusal.path?.split('.') ?? []) === field ? refusal.message : null;
  }

  /** What was refused and stands at no field of `fields`. */
  protected refusalNote(name: string, fields: readonly string[] = []): TemplateResult | typeof nothing {
    const refusal = this.refusals.get(name);
    if (!refusal || fields.some((field) => this.fieldError(name, field) !== null)) return nothing;
    return html`<p class="note red" role="alert">${refusal.message}</p>`;
  }

  /** Says in the status line what was done. */
  protected say(text: string, tone: 'leaf' | 'red' = 'leaf'): void {
    this.told = { text, tone };
  }

  /** Asks before something that others will see; with a reason where one is due. */
  protected confirm(confirmation: Confirmation): void {
    let dialog = this.renderRoot.querySelector<ReasonDialog>('aixin-reason-dialog');
    if (!dialog) {
      dialog = new ReasonDialog();
      this.renderRoot.append(dialog);
    }
    dialog.ask(confirmation);
  }

  /** Fetches what lies beside the endpoint, `files/<id>?download=1` or an export, and saves it. */
  protected async download(path: string, fileName: string): Promise<void> {
    const name = `download:${path}`;
    if (this.running.has(name)) return;
    this.running = new Set([...this.running, name]);
    try {
      await downloadFile(this.road, path, fileName);
    } catch (reason) {
      this.say(reason instanceof TransferProblem ? reason.message : consoleTexts.file.notDownloaded, 'red');
    } finally {
      this.running = new Set([...this.running].filter((each) => each !== name));
    }
  }

  /** The status line; it is always there, so that what comes into it is read out. */
  protected status(): TemplateResult {
    return html`<div class="told" role="status">
      ${this.told ? html`<p class="note ${this.told.tone}">${this.told.text}</p>` : nothing}
    </div>`;
  }
}

const isRefusal = (result: { readonly __typename: string }): result is Refusal & { __typename: 'Refusal' } =>
  result.__typename === 'Refusal';

const brokenWire = (reason: unknown): Refusal => {
  const { kind, requestId } = reason instanceof ClientProblem ? reason : { kind: 'server', requestId: undefined };
  const message =
    kind === 'offline'
      ? consoleTexts.offline
      : kind === 'signed-out'
        ? consoleTexts.signedOut
        : consoleTexts.failed(requestId);
  return { code: 'NO_ANSWER', message, ...NOWHERE };
};
