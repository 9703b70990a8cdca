import type { PropertyValues } from 'lit';
import { state } from 'lit/decorators.js';
import { dayText } from '../../../../kit/dates.js';
import { fundBankTexts as texts } from '../../../../texts/fund-bank.js';
import { FundTab } from '../fund-tab.js';
import {
  AcceptSuggestion,
  type BankDesk,
  type BankLine,
  IgnoreLine,
  MatchLines,
  ReopenLine,
  UnmatchLine,
} from './bank.documents.js';
import { shortDay } from './desk-table.js';
import { IgnoreDialog } from './ignore-dialog.js';
import { type Given, SplitDialog, type Target } from './split-dialog.js';
import { sorted } from '../../../../kit/lists.js';

type Answer = { readonly __typename: 'BankLinesDone'; readonly lines: readonly BankLine[] } | RefusalAnswer;
type RefusalAnswer = { readonly __typename: 'Refusal' };

interface Decision {
  readonly line: BankLine;
  readonly wish: unknown;
  readonly said: string;
  readonly send: (idempotencyKey: string) => Promise<Answer>;
}

/** What is done at the desk, by button and by key: the selection, and the decisions about the selected line. */
export abstract class DeskTab extends FundTab {
  @state() protected selectedId: string | null = null;
  /** Lines whose command is on its way. */
  @state() protected pending: ReadonlySet<string> = new Set();
  /** The line that was decided last: what U takes back where nobody chose another. */
  private lastDecided: BankLine | null = null;
  private isChosenByHand = false;
  /** The first line had the focus once: from then on it is where the person put it. */
  private isFocused = false;
  /** Lines as a command gave them back, until the list is read anew. */
  @state() protected changed: ReadonlyMap<string, BankLine> = new Map();

  /** The lines on the screen, as the last command left them. */
  protected abstract shownLines(): readonly BankLine[];
  /** What lines can be given to. */
  protected abstract targets(): Pick<BankDesk, 'openRemittances' | 'openSpends'> | undefined;
  protected abstract showHelp(): void;

  /** The selected line; the first that waits before anything was selected. */
  protected selected(): BankLine | undefined {
    const lines = this.shownLines();
    return lines.find(({ id }) => id === this.selectedId) ?? lines.find((line) => this.waits(line)) ?? lines[0];
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.focusFirst();
  }

  /** The keys work as soon as the lines stand there; nobody who is at another place of the page is called away. */
  private focusFirst(): void {
    const row = this.isFocused ? null : this.renderRoot.querySelector<HTMLElement>('tr.line[aria-selected=true]');
    if (!row) return;
    this.isFocused = true;
    const active = focusedElement();
    if (active === null || active === document.body || active.matches('[role=tab]')) row.focus({ preventScroll: true });
  }

  protected select(line: BankLine | undefined): void {
    if (!line) return;
    this.selectedId = line.id;
    void this.updateComplete.then(() => {
      const row = this.renderRoot.querySelector<HTMLElement>('tr.line[aria-selected=true]');
      row?.focus({ preventScroll: true });
      row?.scrollIntoView({ block: 'nearest' });
    });
  }

  /** By a person, not by the work going on. */
  protected choose(line: BankLine | undefined): void {
    this.isChosenByHand = true;
    this.select(line);
  }

  private waits({ id, state: stands }: BankLine): boolean {
    return (stands === 'SUGGESTED' || stands === 'OPEN') && !this.pending.has(id);
  }

  private move(step: number): void {
    const lines = this.shownLines();
    const at = lines.findIndex(({ id }) => id === this.selected()?.id);
    this.choose(lines[Math.min(lines.length - 1, Math.max(0, at + step))]);
  }

  /** The next line that waits, below the decided ones or else from the top; then the work goes on by itself. */
  private selectNext(from: BankLine): void {
    const lines = this.shownLines();
    const at = lines.findIndex(({ id }) => id === from.id);
    const order = [...lines.slice(at + 1), ...lines.slice(0, Math.max(0, at))];
    this.isChosenByHand = false;
    this.select(order.find((line) => this.waits(line)) ?? from);
  }

  /** Sends what was decided and goes on; a line that was refused is selected again, with the reason beside it. */
  private async decide({ line, wish, said, send }: Decision): Promise<string | null> {
    const ids = new Set([line.id, ...(line.suggestion?.parts.map(({ lineId }) => lineId) ?? [])]);
    const name = `desk:${line.id}`;
    this.pending = new Set([...this.pending, ...ids]);
    const done = await this.command({ name, wish, send });
    this.pending = new Set([...this.pending].filter((id) => !ids.has(id)));
    if (!done) {
      this.select(line);
      return this.refusalText(name);
    }
    this.changed = new Map([...this.changed, ...done.lines.map((each) => [each.id, each] as const)]);
    const decided = done.lines.find(({ id }) => id === line.id);
    this.lastDecided = decided && canBeUndone(decided) ? decided : null;
    this.say(said);
    return null;
  }

  protected async accept(line: BankLine): Promise<void> {
    const { suggestion } = line;
    if (!suggestion || this.pending.has(line.id)) return;
    const input = { lineId: line.id, suggestionKey: suggestion.key };
    const sent = this.decide({
      line,
      wish: input,
      said: texts.accepted,
      send: async (idempotencyKey) =>
        (await this.client.send(AcceptSuggestion, { input: { ...input, idempotencyKey } })).acceptBankSuggestion,
    });
    this.selectNext(line);
    await sent;
  }

  protected split(line: BankLine): void {
    const isOut = line.amountFen < 0;
    this.dialog('aixin-bank-split', SplitDialog).ask({
      line,
      targets: this.targetsOf(line),
      act: async (given) => {
        const parts = given.map(({ name, amountFen }: Given) => ({
          lineId: line.id,
          amountFen,
          ...(isOut ? { spendNumber: name } : { reference: name }),
        }));
        return this.decideInDialog({
          line: { ...line, suggestion: null },
          wish: parts,
          said: texts.splitDone,
          send: async (idempotencyKey) =>
            (await this.client.send(MatchLines, { input: { parts, idempotencyKey } })).matchBankLines,
        });
      },
    });
  }

  protected ignore(line: BankLine): void {
    this.dialog('aixin-bank-ignore', IgnoreDialog).ask({
      line,
      act: async (ignored) => {
        const input = { lineId: line.id, ...ignored };
        return this.decideInDialog({
          line: { ...line, suggestion: null },
          wish: input,
          said: texts.ignored,
          send: async (idempotencyKey) =>
            (await this.client.send(IgnoreLine, { input: { ...input, idempotencyKey } })).ignoreBankLine,
        });
      },
    });
  }

  /** Takes back what a line was given to, or that it was put aside. */
  protected undo(line: BankLine): void {
    const isReopening = !line.isAllocated;
    if (isReopening && line.state !== 'IGNORED') return;
    // It may be another line than the one that is selected: the question says which.
    const which = texts.undoWhich(shortDay(line.day), line.counterparty, line.amountFen);
    this.confirm({
      title: isReopening ? texts.reopenTitle : texts.undoTitle,
      text: `${which}${isReopening ? texts.reopenText : texts.undoText}`,
      yes: isReopening ? texts.reopenYes : texts.undoYes,
      act: () =>
        this.decide({
          line: { ...line, suggestion: null },
          wish: [isReopening, line.id],
          said: texts.undone,
          send: async (idempotencyKey) => {
            const variables = { input: { lineId: line.id, idempotencyKey } };
            if (isReopening) return (await this.client.send(ReopenLine, variables)).reopenBankLine;
            return (await this.client.send(UnmatchLine, variables)).unmatchBankLine;
          },
        }),
    });
  }

  private async decideInDialog(decision: Decision): Promise<string | null> {
    const refused = await this.decide(decision);
    if (refused === null) this.selectNext(decision.line);
    return refused;
  }

  /** Of the payer first: most lines go to whoever sent them. */
  private targetsOf({ amountFen, counterparty }: BankLine): readonly Target[] {
    const targets = this.targets();
    if (amountFen < 0) {
      return (targets?.openSpends ?? []).map(({ number, title, day, leftFen }) => ({
        ...{ name: number, who: `${dayText(day)} ${title}`, leftFen },
      }));
    }
    const remittances = (targets?.openRemittances ?? []).map(
      ({ reference, sponsorName, amountFen: askedFen, receivedFen }) => ({
        name: reference,
        who: sponsorName,
        leftFen: askedFen - receivedFen,
      }),
    );
    return sorted(remittances, (one, other) => Number(other.who === counterparty) - Number(one.who === counterparty));
  }

  private dialog<Element extends HTMLElement>(tag: string, constructor: new () => Element): Element {
    const known = this.renderRoot.querySelector<Element>(tag);
    if (known) return known;
    const made = new constructor();
    this.renderRoot.append(made);
    return made;
  }

  /** Keys of the desk: only while the focus is in it, never in a field, and never with a modifier (WCAG 2.1.4). */
  protected readonly onKey = (event: KeyboardEvent): void => {
    const target = event.composedPath()[0];
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!(target instanceof HTMLElement) || target.closest('input, textarea, select, aixin-dialog')) return;
    // A button that has the focus is pressed by Enter itself.
    if (event.key === 'Enter' && target.closest('button, a')) return;
    const act = this.keys()[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  private keys(): Partial<Record<string, () => void>> {
    const line = this.selected();
    const moving = {
      ArrowDown: () => this.move(1),
      j: () => this.move(1),
      ArrowUp: () => this.move(-1),
      k: () => this.move(-1),
      Home: () => this.move(-Infinity),
      End: () => this.move(Infinity),
      '/': () => this.renderRoot.querySelector<HTMLInputElement>('#search')?.focus(),
      '?': () => this.showHelp(),
      '？': () => this.showHelp(),
    };
    if (!this.rights.maker) return moving;
    // Where the work went on by itself, to undo is to take back what was done last; a line that was chosen goes first.
    const chosen = line && canBeUndone(line) ? line : null;
    const toUndo = this.isChosenByHand ? (chosen ?? this.lastDecided) : (this.lastDecided ?? chosen);
    const undoing = toUndo && !this.pending.has(toUndo.id) ? { u: () => this.undo(toUndo) } : {};
    if (!line || this.pending.has(line.id)) return { ...moving, ...undoing };
    const isWaiting = line.state === 'SUGGESTED' || line.state === 'OPEN';
    return {
      ...moving,
      ...undoing,
      ...(isWaiting ? { s: () => this.split(line), x: () => this.ignore(line) } : {}),
      ...(line.suggestion ? { Enter: () => void this.accept(line) } : {}),
    };
  }
}

/** What has the focus, through all shadow roots. */
const focusedElement = (): Element | null => {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
};

const canBeUndone = ({ isAllocated, state: stands }: BankLine): boolean => isAllocated || stands === 'IGNORED';
