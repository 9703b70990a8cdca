import { TaskStatus, type Task } from '@lit/task';
import { isAbort, stopIfAborted } from '../../client/index.js';
import { taskOf, type ZonePage } from '../../kit/page.js';

/** A page of a connection, and what stands above the list. */
export interface RowsPage<Row, Head> {
  readonly head: Head;
  readonly rows: readonly Row[];
  /** Where the next page begins; null after the last. */
  readonly next: string | null;
  /** Null where the server does not count. */
  readonly total: number | null;
}

export interface PageWish {
  readonly first: number;
  readonly after: string | null;
  readonly signal?: AbortSignal;
}

const ROWS_AT_ONCE = 20;
/** What the server gives at once at most: a list that was read further comes back this long. */
const ROWS_AT_MOST = 100;

/**
 * A list that grows by a button. How far it was read is kept with the zone under the page's path, so that the back
 * button finds the list as long as it was left, with fresh content.
 */
export class PagedRows<Row, Head> {
  head: Head | undefined;
  rows: readonly Row[] = [];
  total: number | null = null;
  loadingMore = false;
  /** The last "more" did not come; the rows stay. */
  moreFailed = false;
  readonly task: Task<readonly [string], RowsPage<Row, Head>>;

  private next: string | null = null;
  private readonly host: ZonePage;
  private readonly read: (wish: PageWish) => Promise<RowsPage<Row, Head>>;

  constructor(host: ZonePage, read: (wish: PageWish) => Promise<RowsPage<Row, Head>>) {
    this.host = host;
    this.read = read;
    this.task = taskOf(
      host,
      async (_path, { signal }) => {
        const kept = host.zone.memory.get(this.memoryKey());
        const first = typeof kept === 'number' ? kept : ROWS_AT_ONCE;
        const page = await read({ first, after: null, signal });
        // An answer for a view that was left meanwhile must not fill the newer one.
        stopIfAborted(signal);
        this.rows = [];
        this.append(page);
        return page;
      },
      () => [host.route.path] as const,
    );
  }

  get hasNext(): boolean {
    return this.next !== null;
  }

  get pending(): boolean {
    return this.task.status === TaskStatus.PENDING || this.task.status === TaskStatus.INITIAL;
  }

  async more(): Promise<void> {
    if (this.next === null || this.loadingMore) return;
    const path = this.host.route.path;
    this.loadingMore = true;
    this.moreFailed = false;
    this.host.requestUpdate();
    try {
      const page = await this.read({ first: ROWS_AT_ONCE, after: this.next });
      if (this.host.route.path === path) this.append(page);
    } catch (reason) {
      if (!isAbort(reason)) this.moreFailed = true;
    } finally {
      this.loadingMore = false;
      this.host.requestUpdate();
    }
  }

  private append({ head, rows, next, total }: RowsPage<Row, Head>): void {
    this.head = head;
    this.rows = [...this.rows, ...rows];
    this.next = next;
    this.total = total;
    this.host.zone.memory.set(this.memoryKey(), Math.min(ROWS_AT_MOST, Math.max(ROWS_AT_ONCE, this.rows.length)));
  }

  private memoryKey(): string {
    return `rows:${this.host.route.path}`;
  }
}
