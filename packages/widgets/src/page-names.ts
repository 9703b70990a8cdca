/** The pages that a link may name; `routes.ts` says what each is. Here, below the pages, as each of them links to others. */
export type PageName =
  'home' | 'list' | 'product' | 'cart' | 'checkout' | 'pay' | 'result' | 'love' | 'yuan' | 'orders' | 'order';

/** What a page's path says by name: `{ id: '…' }`. */
export type Params = Readonly<Record<string, string>>;
