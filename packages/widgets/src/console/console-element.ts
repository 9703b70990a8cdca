import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { isAbort } from '../client/index.js';
import { ZoneElement } from '../elements/element.js';
import { monthText } from '../kit/dates.js';
import { icon } from '../kit/icons.js';
import { problemView } from '../kit/problem-view.js';
import { consoleTexts } from '../texts/console.js';
import { readAllPages } from './all-pages.js';
import { consoleStyles } from './console.styles.js';
import { saveCsv, type CsvCell } from './csv.js';
import { historyChartStyles } from './history-chart.js';
import { sorted } from '../kit/lists.js';

type Reading<Row> = Parameters<typeof readAllPages<Row>>[0];

/** What the branch's and the fund's screens share: the month chooser, the export and its progress, problems, print. */
export abstract class ConsoleElement extends ZoneElement {
  static override styles = [...ZoneElement.styles, consoleStyles, historyChartStyles];

  /** What the export is doing or did; read out as it changes. */
  @state() private exportNote = '';
  @state() private exporting = false;

  /** Reads all rows and hands them over as a file. What was filtered on the screen is filtered in the file. */
  protected async exportRows<Row>(
    file: { name: string; head: readonly string[]; cells: (row: Row) => readonly CsvCell[] },
    read: Reading<Row>,
    sort: (rows: readonly Row[]) => readonly Row[] = (rows) => rows,
  ): Promise<void> {
    if (this.exporting) return;
    this.exporting = true;
    try {
      const { rows, cut } = await readAllPages<Row>(read, {
        progress: (done) => (this.exportNote = consoleTexts.exporting(done)),
      });
      saveCsv(file.name, [file.head, ...sort(rows).map(file.cells)]);
      this.exportNote = cut ? consoleTexts.exportCut(rows.length) : consoleTexts.exported(rows.length);
    } catch (reason) {
      this.exportNote = isAbort(reason) ? '' : consoleTexts.exportFailed;
    } finally {
      this.exporting = false;
    }
  }

  protected monthChooser(months: readonly string[], month: string, go: (month: string) => void): TemplateResult {
    // A month that an address names may have nothing in it, and then is not among those that have.
    const newestFirst = sorted([...new Set([...months, month])]).reverse();
    const at = newestFirst.indexOf(month);
    const step = (to: string | undefined, label: string, name: 'back' | 'next'): TemplateResult =>
      html`<button class="chip square" aria-label=${label} ?disabled=${!to} @click=${() => to && go(to)}>
        ${icon(name, 18)}
      </button>`;
    return html`<div class="months">
      ${step(newestFirst[at + 1], consoleTexts.previousMonth, 'back')}
      <select
        class="chip"
        aria-label=${consoleTexts.month}
        @change=${(event: Event) => go((event.target as HTMLSelectElement).value)}
      >
        ${newestFirst.map((each) => html`<option value=${each} ?selected=${each === month}>${monthText(each)}</option>`)}
      </select>
      ${step(at > 0 ? newestFirst[at - 1] : undefined, consoleTexts.nextMonth, 'next')}
    </div>`;
  }

  protected tools(exportAll: () => void): TemplateResult {
    return html`<button class="chip" ?disabled=${this.exporting} @click=${exportAll}>${consoleTexts.export}</button>
      <button class="chip print" aria-label=${consoleTexts.print} @click=${() => print()}>
        ${icon('print', 18)}<span>${consoleTexts.print}</span>
      </button>`;
  }

  protected exportStatus(): TemplateResult {
    return html`<p class="sub small export-note" role="status">${this.exportNote || nothing}</p>`;
  }

  protected problem(reason: unknown, retry: () => void): TemplateResult {
    return problemView(reason, { retry, signIn: () => this.signIn() });
  }
}
