import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import '../../../../console/console-dialog.js';
import { figureStyles } from '../../../../console/figures.styles.js';
import { formStyles } from '../../../../console/forms.styles.js';
import { parseYuan, yuanInput } from '../../../../console/yuan-input.js';
import { baseStyles } from '../../../../kit/base.js';
import { money } from '../../../../kit/money.js';
import { definePage } from '../../../../kit/page.js';
import { consoleTexts } from '../../../../texts/console.js';
import { fundBankTexts as texts } from '../../../../texts/fund-bank.js';
import type { BankLine } from './bank.documents.js';
import { shortDay } from './desk-table.js';
import { splitDialogStyles } from './split-dialog.styles.js';

/** A remittance or a spend that still waits for money. */
export interface Target {
  /** Reference or number, as the command takes it. */
  readonly name: string;
  readonly who: string;
  readonly leftFen: number;
}

export interface Given {
  readonly name: string;
  readonly amountFen: number;
}

export interface Splitting {
  readonly line: BankLine;
  readonly targets: readonly Target[];
  /** Does it; gives a sentence where it was refused, null when it is done. */
  readonly act: (given: readonly Given[]) => Promise<string | null>;
}

/** One line over several remittances or spends, by amounts; what is left of it is told with each key pressed. */
export class SplitDialog extends LitElement {
  static override styles = [...baseStyles, formStyles, figureStyles, splitDialogStyles];

  @state() private asked: Splitting | null = null;
  @state() private amounts: ReadonlyMap<string, string> = new Map();
  @state() private busy = false;
  @state() private wrong: string | null = null;

  ask(splitting: Splitting): void {
    const { line } = splitting;
    const own = line.suggestion?.parts.filter(({ lineId }) => lineId === line.id) ?? [];
    this.amounts = new Map(own.map(({ targetName, amountFen }) => [targetName, yuanInput(amountFen)]));
    this.wrong = null;
    this.asked = splitting;
  }

  private readonly close = (): void => {
    if (!this.busy) this.asked = null;
  };

  private given(): Given[] {
    return [...this.amounts].flatMap(([name, text]) => {
      const amountFen = parseYuan(text);
      return amountFen !== null && amountFen > 0 ? [{ name, amountFen }] : [];
    });
  }

  /** What of the line is not given yet; negative when more is given than it brings. */
  private leftFen(line: BankLine): number {
    return this.given().reduce((left, { amountFen }) => left - amountFen, Math.abs(line.restFen));
  }

  private write(name: string, text: string): void {
    this.amounts = new Map([...this.amounts, [name, text]]);
    this.wrong = null;
  }

  /** As much as the target waits for and the line still brings. */
  private fill(line: BankLine, { name, leftFen }: Target): void {
    this.write(name, '');
    const amountFen = Math.min(leftFen, Math.max(0, this.leftFen(line)));
    this.write(name, amountFen > 0 ? yuanInput(amountFen) : '');
  }

  private problemOf({ line, targets }: Splitting): string | null {
    for (const [name, text] of this.amounts) {
      const amountFen = parseYuan(text);
      if (text.trim() !== '' && (amountFen === null || amountFen <= 0)) return texts.wrongAmount(name);
      const target = targets.find((each) => each.name === name);
      if (amountFen !== null && target && amountFen > target.leftFen) return texts.splitTooMuchFor(name);
    }
    if (this.given().length === 0) return texts.splitNothing;
    return this.leftFen(line) < 0 ? texts.splitTooMuch : null;
  }

  private async send(event: Event): Promise<void> {
    event.preventDefault();
    const { asked } = this;
    if (!asked || this.busy) return;
    this.wrong = this.problemOf(asked);
    if (this.wrong !== null) return;
    this.busy = true;
    try {
      this.wrong = await asked.act(this.given());
      if (this.wrong === null) this.asked = null;
    } finally {
      this.busy = false;
    }
  }

  protected override render(): TemplateResult {
    const { asked } = this;
    return html`<aixin-dialog
      heading=${texts.splitTitle}
      width="680"
      ?open=${asked !== null}
      @aixin-dialog-close=${this.close}
    >
      ${asked ? this.form(asked) : nothing}
    </aixin-dialog>`;
  }

  private form(asked: Splitting): TemplateResult {
    const { line, targets } = asked;
    const leftFen = this.leftFen(line);
    const isOut = line.amountFen < 0;
    return html`<form class="form one" novalidate @submit=${(event: Event) => void this.send(event)}>
      <div class="rest">
        <span>${texts.splitText(line.counterparty, shortDay(line.day))} <b class="num">${money(line.restFen)}</b></span>
        <span class="num" role="status"
          >${texts.splitRest}
          <b class=${leftFen < 0 ? 'red' : leftFen === 0 ? 'leaf' : 'gold'}>${money(leftFen)}</b></span
        >
      </div>
      ${
        targets.length === 0
          ? html`<p class="note">${isOut ? texts.splitNoneOut : texts.splitNone}</p>`
          : html`<ul class="targets">
              ${targets.map((target, index) => this.target(line, target, index))}
            </ul>`
      }
      ${this.wrong ? html`<p class="note red" role="alert">${this.wrong}</p>` : nothing}
      ${leftFen > 0 && this.given().length > 0 ? html`<p class="sub small">${texts.splitKeeps(leftFen)}</p>` : nothing}
      <div class="answers">
        <button type="button" class="btn ghost" ?disabled=${this.busy} @click=${this.close}>${consoleTexts.no}</button>
        <button class="btn" ?disabled=${this.busy || targets.length === 0}>
          ${this.busy ? consoleTexts.busy : texts.splitYes}
        </button>
      </div>
    </form>`;
  }

  private target(line: BankLine, target: Target, index: number): TemplateResult {
    const { name, who, leftFen } = target;
    return html`<li>
      <label for="amount-${index}"
        ><span class="mono">${name}</span> <span class="sub">${who}</span>
        <span class="sub small num">${texts.splitLeft(leftFen)}</span></label
      >
      <input
        class="input num"
        id="amount-${index}"
        inputmode="decimal"
        autocomplete="off"
        placeholder="0.00"
        aria-label=${texts.splitAmount(name)}
        .value=${this.amounts.get(name) ?? ''}
        @input=${(event: Event) => this.write(name, (event.target as HTMLInputElement).value)}
      />
      <button type="button" class="chip" aria-label=${texts.splitFill(name)} @click=${() => this.fill(line, target)}>
        ${texts.fill}
      </button>
    </li>`;
  }
}

definePage('aixin-bank-split', SplitDialog);
