import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { isAbort } from '../client/index.js';
import { loadMore } from '../kit/parts.js';
import { common } from '../texts/common.js';
import type { RowsPage } from './all-pages.js';

interface Grown<Page> {
  readonly first: Page;
  page: Page;
  loading: boolean;
  failed: boolean;
}

/**
 * A list that grows by a button. Its first page is the tab's own reading; what was read on from it is kept here and belongs
 * to that very page: when the first is read anew (another filter, a change), the list begins with it again, and what was
 * still on its way for the one before is not shown.
 */
export class GrowingRows<Row, Page extends RowsPage<Row>> {
  readonly #host: ReactiveControllerHost;
  readonly #read: (after: string) => Promise<Page>;
  #grown: Grown<Page> | null = null;

  constructor(host: ReactiveControllerHost, read: (after: string) => Promise<Page>) {
    this.#host = host;
    this.#read = read;
  }

  /** The first page and all that was read on from it, as one. */
  all(first: Page): Page {
    return this.#of(first).page;
  }

  /** The end of the list: how much of it is shown, and the button for more. `total` where the server counts. */
  foot(first: Page, total: number | null = null): TemplateResult {
    const { page, loading, failed } = this.#of(first);
    return html`${failed ? html`<p class="note red foot" role="alert">${common.moreFailed}</p>` : nothing}
    ${loadMore({
      ...{ shown: page.rows.length, total, hasNext: page.next !== null, loading },
      load: () => void this.more(first),
    })}`;
  }

  /** Reads the next page. Where it does not come, what is there stays, and the foot says so. */
  async more(first: Page): Promise<void> {
    const grown = this.#of(first);
    const { next } = grown.page;
    if (next === null || grown.loading) return;
    grown.loading = true;
    grown.failed = false;
    this.#host.requestUpdate();
    try {
      const page = await this.#read(next);
      grown.page = { ...page, rows: [...grown.page.rows, ...page.rows] };
    } catch (reason) {
      if (!isAbort(reason)) grown.failed = true;
    } finally {
      grown.loading = false;
      this.#host.requestUpdate();
    }
  }

  #of(first: Page): Grown<Page> {
    if (this.#grown?.first !== first) this.#grown = { first, page: first, loading: false, failed: false };
    return this.#grown;
  }
}
