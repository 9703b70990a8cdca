/** A page of a connection, as far as reading on needs it. */
export interface RowsPage<Row> {
  readonly rows: readonly Row[];
  /** Null after the last page. */
  readonly next: string | null;
}

/** Rows asked for at once when all of them are wanted. */
export const PAGE_ROWS = 100;
/** A table that is longer is no longer read by a person; and a browser should not be filled by a mistake. */
export const MAX_ROWS = 10_000;

/**
 * Reads a connection to its end, at most `maxRows` rows, page after page. `cut` says that there would have been more.
 */
export async function readAllPages<Row>(
  read: (after: string | null) => Promise<RowsPage<Row>>,
  { maxRows = MAX_ROWS, progress }: { maxRows?: number; progress?: (rows: number) => void } = {},
): Promise<{ rows: Row[]; cut: boolean }> {
  const rows: Row[] = [];
  let after: string | null = null;
  while (rows.length < maxRows) {
    const page: RowsPage<Row> = await read(after);
    rows.push(...page.rows);
    progress?.(rows.length);
    // A page without rows that promises more would be asked for again for ever.
    if (page.next === null || page.rows.length === 0) return { rows, cut: false };
    after = page.next;
  }
  return { rows: rows.slice(0, maxRows), cut: true };
}
