import { html, nothing, type TemplateResult } from 'lit';
import { factList, keyHint } from '../../../../console/figures.js';
import { money } from '../../../../kit/money.js';
import { fundBankTexts as texts } from '../../../../texts/fund-bank.js';
import type { BankLine } from './bank.documents.js';

export interface DeskPanel {
  readonly line: BankLine | undefined;
  readonly busy: boolean;
  /** What was refused of the last command at this line. */
  readonly refusal: TemplateResult | typeof nothing;
  readonly mayMatch: boolean;
  /** What the accounts' statements say together. */
  readonly chains: readonly string[];
  readonly accept: (line: BankLine) => void;
  readonly split: (line: BankLine) => void;
  readonly ignore: (line: BankLine) => void;
  readonly undo: (line: BankLine) => void;
}

/** The selected line: what is suggested, why, and what can be done, each with its key. */
export const deskPanel = (panel: DeskPanel): TemplateResult => {
  const { line, chains } = panel;
  return html`<aside class="card side" aria-label=${texts.panel}>
    ${line ? chosen(line, panel) : html`<p class="sub">${texts.panelNone}</p>`}
    ${chains.map((text) => html`<p class="sub small chain">${text}</p>`)}
  </aside>`;
};

const titleOf = ({ state, suggestion }: BankLine): string => {
  if (suggestion) return suggestion.title;
  if (state === 'MATCHED') return texts.matchedTitle;
  return state === 'IGNORED' ? texts.ignoredTitle : texts.openTitle;
};

const chosen = (line: BankLine, panel: DeskPanel): TemplateResult =>
  html`<div aria-live="polite">
      <h3 class="big">${titleOf(line)}</h3>
      <p class="sub small words">${line.suggestion ? line.suggestion.text : line.reason}</p>
    </div>
    ${panel.refusal} ${panel.mayMatch ? buttons(line, panel) : html`<p class="note">${texts.readOnly}</p>`}
    ${facts(line)}`;

const buttons = (line: BankLine, { busy, accept, split, ignore, undo }: DeskPanel): TemplateResult => {
  if (line.state === 'MATCHED' || line.state === 'IGNORED') {
    return html`<div class="keys">
      ${button({ text: line.isAllocated ? texts.undoMatch : texts.undoIgnore, key: 'U', busy, press: () => undo(line) })}
    </div>`;
  }
  const { suggestion } = line;
  return html`<div class="keys">
    ${
      suggestion
        ? button({ text: suggestion.acceptText, key: 'Enter', busy, main: true, press: () => accept(line) })
        : nothing
    }
    ${button({ text: texts.split, key: 'S', busy, main: !suggestion, press: () => split(line) })}
    ${button({ text: texts.ignore, key: 'X', busy, press: () => ignore(line) })}
    ${line.isAllocated ? button({ text: texts.undoMatch, key: 'U', busy, press: () => undo(line) }) : nothing}
  </div>`;
};

const button = (one: { text: string; key: string; busy: boolean; main?: boolean; press: () => void }): TemplateResult =>
  html`<button class=${one.main ? 'btn' : 'btn ghost'} ?disabled=${one.busy} @click=${one.press}>
    ${one.text} ${keyHint(one.key)}
  </button>`;

const facts = (line: BankLine): TemplateResult => {
  const isPart = line.restFen !== 0 && line.restFen !== line.amountFen;
  const given = line.allocations.map(
    ({ targetName, amountFen, reversedAt }) =>
      html`<span class=${reversedAt ? 'sub back' : ''}
        >${reversedAt ? texts.givenBack(targetName, amountFen) : texts.given(targetName, amountFen)}</span
      >`,
  );
  return factList([
    [texts.facts.amount, html`<span class="num">${money(line.amountFen)}</span>`],
    [texts.facts.rest, isPart ? html`<span class="num">${money(line.restFen)}</span>` : null],
    [texts.facts.given, given.length > 0 ? html`${given}` : null],
    [texts.facts.memo, line.memo ? html`<span class="mono">${line.memo}</span>` : null],
    [texts.facts.ownAccount, line.accountName || null],
    [texts.facts.account, line.counterpartyAccount || null],
    [texts.facts.balance, line.balanceFen === null ? null : html`<span class="num">${money(line.balanceFen)}</span>`],
  ]);
};
