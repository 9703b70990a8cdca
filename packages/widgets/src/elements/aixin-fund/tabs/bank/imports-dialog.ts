import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { isAbort } from '../../../../client/index.js';
import { CommandElement } from '../../../../console/command-element.js';
import '../../../../console/console-dialog.js';
import { lastOf } from '../../../../kit/lists.js';
import { definePage } from '../../../../kit/page.js';
import { skeleton } from '../../../../kit/parts.js';
import { tokens } from '../../../../kit/tokens.js';
import { bankImportsTexts as texts } from '../../../../texts/fund-bank-imports.js';
import { BooksChanged } from './books-changed.js';
import {
  AskStatementBack,
  DeclineStatementBack,
  type ImportsPage,
  ImportsQuery,
  type KeptImport,
  TakeStatementBack,
} from './imports.documents.js';
import { importsDialogStyles } from './imports-dialog.styles.js';

/** How often a statement that is on its way is asked after. */
const ASK_MS = 1_000;
/** What goes on by itself. */
const MOVING: readonly KeptImport['state'][] = ['PREVIEWING', 'POSTING', 'TAKING_BACK'];

/**
 * Every file that was brought, with where it stands. One that was posted by mistake is asked back here by one person, with a
 * reason, and taken out of the books by another.
 */
export class ImportsDialog extends CommandElement {
  static override styles = [...CommandElement.styles.filter((sheet) => sheet !== tokens), importsDialogStyles];

  @property({ type: Boolean }) maker = false;
  @property({ type: Boolean }) checker = false;
  @state() private shown = false;
  @state() private pages: readonly ImportsPage[] = [];
  @state() private broken: unknown = null;
  private asking: ReturnType<typeof setTimeout> | undefined;

  open(): void {
    this.shown = true;
    void this.reload();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.asking);
  }

  /** The first page anew; what a person had opened below it is closed. */
  protected override async reload(): Promise<void> {
    clearTimeout(this.asking);
    try {
      const { bankImports } = await this.client.send(ImportsQuery, { after: null });
      const was = new Map(this.imports().map(({ importId, state: stands }) => [importId, stands]));
      this.pages = [bankImports];
      this.broken = null;
      const left = this.imports().some((one) => one.state === 'TAKEN_BACK' && was.get(one.importId) === 'TAKING_BACK');
      if (left) this.dispatchEvent(new BooksChanged());
      const isMoving = this.imports().some((one) => MOVING.includes(one.state));
      if (isMoving && this.shown) this.asking = setTimeout(() => void this.reload(), ASK_MS);
    } catch (reason) {
      if (!isAbort(reason)) this.broken = reason;
    }
  }

  private imports(): readonly KeptImport[] {
    return this.pages.flatMap(({ edges }) => edges.map(({ node }) => node));
  }

  private async more(after: string | null): Promise<void> {
    try {
      const { bankImports } = await this.client.send(ImportsQuery, { after });
      this.pages = [...this.pages, bankImports];
    } catch (reason) {
      if (!isAbort(reason)) this.broken = reason;
    }
  }

  private readonly close = (): void => {
    this.shown = false;
    clearTimeout(this.asking);
  };

  protected override render(): TemplateResult {
    return html`<aixin-dialog heading=${texts.title} width="860" ?open=${this.shown} @aixin-dialog-close=${this.close}>
      ${this.shown ? this.body() : nothing}
    </aixin-dialog>`;
  }

  private body(): TemplateResult {
    if (this.broken) return this.problem(this.broken, () => void this.reload());
    const last = lastOf(this.pages);
    if (!last) return skeleton([40, 120]);
    const imports = this.imports();
    if (imports.length === 0) return html`<p class="sub">${texts.none}</p>`;
    return html`${this.status()}
      <ul class="imports">
        ${imports.map((one) => this.entry(one))}
      </ul>
      ${
        last.pageInfo.hasNextPage
          ? html`<button class="btn ghost small" @click=${() => void this.more(last.pageInfo.endCursor)}>
              ${texts.more}
            </button>`
          : nothing
      }`;
  }

  private entry(one: KeptImport): TemplateResult {
    const { fileName, preview, refusal, back, progress } = one;
    return html`<li>
      <div class="told">
        <b>${fileName}</b>
        <span class="tag">${one.stateText}</span>
        <span class="sub small num">${texts.brought(one.at)}</span>
        ${
          preview?.fromDay && preview.toDay
            ? html`<span class="sub small num">${texts.lines(preview, progress.linesPosted)}</span>`
            : nothing
        }
        ${refusal ? html`<span class="sub small">${refusal.message}</span>` : nothing}
        ${back ? this.backNote(one, back) : nothing}
      </div>
      <div class="acts">${this.acts(one)}</div>
    </li>`;
  }

  private backNote({ state: stands }: KeptImport, back: NonNullable<KeptImport['back']>): TemplateResult {
    const told = stands === 'POSTED' ? texts.declined(back.reason) : texts.asked(back.reason);
    return html`<span class="sub small">${told}</span>
      ${back.waitsFor ? html`<span class="note gold">${texts.waits(back.waitsFor)}</span>` : nothing}`;
  }

  private acts(one: KeptImport): TemplateResult | typeof nothing {
    const button = (text: string, act: (statement: KeptImport) => void): TemplateResult =>
      html`<button class="text-btn" aria-label=${texts.actOf(text, one.fileName)} @click=${() => act(one)}>
        ${text}
      </button>`;
    if (one.state === 'POSTED') return this.maker ? button(texts.ask, this.ask) : nothing;
    if (one.state !== 'BACK_ASKED') return nothing;
    if (one.back?.isMine) return this.maker ? button(texts.withdraw, this.decline) : nothing;
    return this.checker ? html`${button(texts.take, this.take)} ${button(texts.decline, this.decline)}` : nothing;
  }

  private readonly ask = ({ importId, fileName }: KeptImport): void => {
    this.confirm({
      ...{ title: texts.askTitle, text: texts.askText(fileName), yes: texts.ask },
      ...{ reason: texts.reason, reasonHint: texts.reasonHint },
      act: async (reason) => {
        const input = { importId, reason };
        const done = await this.command({
          name: 'ask',
          wish: input,
          send: async (idempotencyKey) =>
            (await this.client.send(AskStatementBack, { input: { ...input, idempotencyKey } })).askStatementBack,
        });
        return this.answered('ask', done && texts.askedNow);
      },
    });
  };

  private readonly take = ({ importId, fileName, back }: KeptImport): void => {
    this.confirm({
      ...{ title: texts.takeTitle, text: texts.takeText(fileName, back?.reason ?? ''), yes: texts.take },
      act: async () => {
        const done = await this.command({
          name: 'take',
          wish: importId,
          send: async () => (await this.client.send(TakeStatementBack, { input: { importId } })).takeStatementBack,
        });
        return this.answered('take', done && texts.takenNow);
      },
    });
  };

  private readonly decline = ({ importId, fileName, back }: KeptImport): void => {
    const yes = back?.isMine ? texts.withdraw : texts.decline;
    this.confirm({
      ...{ title: texts.declineTitle, text: texts.declineText(fileName), yes },
      act: async () => {
        const done = await this.command({
          name: 'decline',
          wish: importId,
          send: async () =>
            (await this.client.send(DeclineStatementBack, { input: { importId } })).declineStatementBack,
        });
        return this.answered('decline', done && texts.declinedNow);
      },
    });
  };

  /** Says what was done; gives the sentence where it was refused. */
  private answered(name: string, done: string | null): string | null {
    if (done === null) return this.refusalText(name);
    this.say(done);
    return null;
  }
}

definePage('aixin-bank-imports', ImportsDialog);
