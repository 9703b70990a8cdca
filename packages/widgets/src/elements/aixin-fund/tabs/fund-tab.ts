/**
 * How a tab of the fund's console is written:
 * 1. a folder `tabs/<tab>/` with `fund-<tab>.ts`: `class FundX extends FundTab`, registered by `definePage('aixin-fund-<tab>', FundX)`;
 * 2. one line in `../tabs.ts` (`loaders`): from then on the shell offers it to the roles that are named there;
 * 3. draw in `content()`. Begin with `this.heading({ title, sub, controls })`; the shell has the only `<h1>`;
 * 4. read by `this.reading(…)`, draw what was read by `this.whole(task, complete)`: bones, failure, retry and sign-in are done;
 * 5. keep what is shown in the address by `this.addressOf(['batch', 'state'])` (a `PageQuery`): the shell forgets those names
 *    when another tab is opened;
 * 6. change by `this.command(…)`; ask before it by `this.confirm(…)`; a refusal stands beside its field
 *    (`fieldError`) or above the answers (`refusalNote`); success is told by `this.say('已提交复核')`;
 * 7. lead to another tab by `const { href, go } = this.tabLink('batches', { batch: id })`.
 * Fields: `console/forms.ts`. Dialogs: `<aixin-dialog>`. Files: `<aixin-file-drop .road=${this.road}>`. Figures, bars, steps:
 * `console/figures.ts`. Tables: `console/sortable-table.ts`. Texts: `texts/fund-<tab>.ts`.
 */
import type { Task } from '@lit/task';
import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { isAbort } from '../../../client/index.js';
import { CommandElement } from '../../../console/command-element.js';
import { figureStyles } from '../../../console/figures.styles.js';
import { formStyles } from '../../../console/forms.styles.js';
import { addressWith, isPlainClick, moveTo, PageQuery } from '../../../console/page-query.js';
import { taskOf } from '../../../kit/page.js';
import { type Content, skeleton } from '../../../kit/parts.js';
import { tokens } from '../../../kit/tokens.js';
import { fundTabStyles } from './fund-tab.styles.js';
import type { FundTabName } from './tab-names.js';

/** What the person may do here. The server decides again; this only keeps buttons away that would be refused. */
export interface FundRights {
  /** 经办: prepares. */
  readonly maker: boolean;
  /** 复核: approves what another person prepared. */
  readonly checker: boolean;
  /** 审计: reads all, changes nothing. */
  readonly auditor: boolean;
  /** 配捐方: reads the own agreements and what became of their yuan. */
  readonly sponsor: boolean;
}

export const NO_RIGHTS: FundRights = { maker: false, checker: false, auditor: false, sponsor: false };

/** A tab wants another tab to be shown, or the address changed under the shell. */
export class FundMoved extends Event {
  static readonly type = 'aixin-fund-moved';
  constructor() {
    super(FundMoved.type, { bubbles: true, composed: true });
  }
}

/** Something was changed: the shell asks anew what waits in each tab. */
export class FundChanged extends Event {
  static readonly type = 'aixin-fund-changed';
  constructor() {
    super(FundChanged.type, { bubbles: true, composed: true });
  }
}

export interface TabHeading {
  readonly title: string;
  /** Below the title: what is looked at, how fresh it is, what this place is for. */
  readonly sub?: Content;
  /** To the right: chips, the one main button. */
  readonly controls?: Content;
}

export abstract class FundTab extends CommandElement {
  /** Without the tokens: what the host set on `<aixin-fund>`, its theme and its large type are inherited. */
  static override styles = [
    ...CommandElement.styles.filter((sheet) => sheet !== tokens),
    formStyles,
    figureStyles,
    fundTabStyles,
  ];

  @property({ attribute: false }) rights: FundRights = NO_RIGHTS;
  /** Who looks: a maker does not check the own work. */
  @property({ attribute: false }) memberId = '';
  /** Names in the address that are this tab's; the shell takes them away when another tab is opened. */
  readonly addressNames = new Set<string>();

  private readonly readings: { run(): Promise<void> }[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    // The shell drew its links before it knew this tab's names; it is drawing now, so it hears of them after that.
    queueMicrotask(() => this.dispatchEvent(new FundMoved()));
  }

  /** What stands in the tab. */
  protected abstract content(): TemplateResult;

  /** May change something at all. */
  protected get mayChange(): boolean {
    return this.rights.maker || this.rights.checker;
  }

  protected addressOf<Name extends string>(names: readonly Name[]): PageQuery<Name> {
    for (const name of names) this.addressNames.add(name);
    return new PageQuery(this, names);
  }

  /** Another tab with these names in its address: `{ href, go }` for a link. */
  protected tabLink(
    tab: FundTabName,
    names: Readonly<Record<string, string>> = {},
  ): { href: string; go: (event: MouseEvent) => void } {
    const forgotten = Object.fromEntries([...this.addressNames].map((name) => [name, null]));
    const href = addressWith({ ...forgotten, tab, ...names });
    const go = (event: MouseEvent): void => {
      if (!isPlainClick(event)) return;
      event.preventDefault();
      moveTo(href);
      this.dispatchEvent(new FundMoved());
    };
    return { href, go };
  }

  /** A task that is read anew when its args change, the token does, or `reload()` is called. */
  protected reading<Value>(
    read: (signal: AbortSignal) => Promise<Value>,
    args: () => readonly unknown[] = () => [],
  ): Task<readonly unknown[], Value> {
    const task: Task<readonly unknown[], Value> = taskOf(
      this,
      async (_args, { signal }) => read(signal),
      () => [this.endpoint, this.tokenProvider, ...args()],
    );
    this.readings.push(task);
    return task;
  }

  /** Reads all of the tab anew; what stands there stays until the answer comes. */
  protected override async reload(): Promise<void> {
    this.dispatchEvent(new FundChanged());
    await Promise.all(this.readings.map((task) => task.run().catch(() => undefined)));
  }

  /** Draws what a task read: bones before the first answer, the last answer while a new one is on its way. */
  protected whole<Value>(
    task: Task<readonly unknown[], Value>,
    complete: (value: Value, busy: boolean) => TemplateResult,
    bones: readonly number[] = [64, 110, 280],
  ): TemplateResult {
    const pending = (): TemplateResult => (task.value === undefined ? skeleton(bones) : complete(task.value, true));
    const drawn = task.render({
      initial: pending,
      pending,
      complete: (value) => complete(value, false),
      error: (reason) => (isAbort(reason) ? pending() : this.problem(reason, () => void task.run())),
    });
    return drawn ?? pending();
  }

  /** Title of the tab, what is looked at, and what can be done. */
  protected heading({ title, sub, controls }: TabHeading): TemplateResult {
    return html`<div class="top">
      <h2 class="tab-title">${title}</h2>
      ${controls === undefined ? nothing : html`<div class="controls">${controls}</div>`}
      ${sub === undefined ? nothing : html`<div class="sub">${sub}</div>`} ${this.exportStatus()}
    </div>`;
  }

  protected override render(): TemplateResult {
    return html`${this.status()} ${this.content()}`;
  }
}
