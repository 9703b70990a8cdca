/**
 * The contract between the zone and its pages.
 *
 * A page is a custom element in a module of its own, `src/pages/<name>/<name>.ts`, imported when it is first opened.
 * `src/routes.ts` lists the pages: name, path below the host's base path, tag, loader.
 *
 * To write a page:
 * 1. extend `ZonePage`; `static override styles = [...baseStyles, css`…`]`; register with `definePage('aixin-page-x', XPage)`;
 * 2. read `this.route` (params, query) and load through `this.zone.client` in a `Task` whose `args` hold what it depends on;
 *    draw it with `this.whole(task, {pending, complete})`: failures, retry and sign-in are then drawn for you;
 * 3. give the page exactly one `<h1 tabindex="-1">`; call `this.shown('标题')` when the first content is there (from
 *    `updated()`, or from `complete` as `whole` does not know your title): the zone then restores the scroll position or
 *    moves the focus to the heading, and sets the title;
 * 4. link with plain `<a href=${this.zone.href('product', { id })}>`: the zone catches the click; go on by
 *    `this.zone.navigate(this.zone.href(…))` after an action;
 * 5. say what changed without a visible cause by `this.zone.announce('已放入购物车')`;
 * 6. keep what must survive the back button (loaded pages of a list) in `this.zone.memory`, keyed by `this.route.path`.
 * Texts come from `src/texts/<section>.ts`, never from the page.
 */
import { Task, TaskStatus } from '@lit/task';
import { LitElement, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Cart } from '../cart/cart.js';
import { isAbort, type Client } from '../client/index.js';
import type { PageName, Params } from '../page-names.js';
import { baseStyles } from './base.js';
import { problemView } from './problem-view.js';

export interface Route {
  readonly name: PageName;
  readonly params: Params;
  readonly query: URLSearchParams;
  /** Path and query below the base path, e.g. `products?county=500229`: names this view of the page. */
  readonly path: string;
}

export interface MemberSummary {
  readonly id: string;
  readonly displayName: string;
  readonly organisationName: string | null;
  readonly capabilities: readonly string[];
}

/** What the zone lends to its pages. */
export interface ZoneHandle {
  readonly client: Client;
  readonly cart: Cart;
  /** Survives from page to page, and dies with the zone. */
  readonly memory: Map<string, unknown>;
  /** Who is signed in; null when nobody is. Asked once and remembered. */
  me(): Promise<MemberSummary | null>;
  /** A full URL path for a link, base path included. */
  href(name: PageName, params?: Params, query?: Record<string, string | undefined>): string;
  /** A page or a file of the zone's server that lies beside the endpoint: `verify`, `files/…`. */
  beside(path: string): string;
  /** Goes to what `href` gave. `replace` leaves no step behind for the back button. */
  navigate(href: string, options?: { replace?: boolean }): void;
  /** Says something to those who hear the page; `urgent` interrupts. */
  announce(text: string, options?: { urgent?: boolean }): void;
  /** Asks the host to sign the person in (event `aixin-sign-in`). */
  signIn(): void;
}

export class PageShown extends Event {
  static readonly type = 'aixin-page-shown';
  readonly title: string;

  constructor(title: string) {
    super(PageShown.type, { bubbles: true, composed: true });
    this.title = title;
  }
}

export abstract class ZonePage extends LitElement {
  static override styles = baseStyles;

  @property({ attribute: false }) zone!: ZoneHandle;
  @property({ attribute: false }) route!: Route;

  private shownTitle: string | undefined;

  /** Tells the zone that the first content is on the screen. Repeating it with the same title does nothing. */
  protected shown(title: string): void {
    if (this.shownTitle === title) return;
    this.shownTitle = title;
    void this.updateComplete.then(() => this.dispatchEvent(new PageShown(title)));
  }

  /** Draws a task as the whole of something: bones, content, or why it did not come with a way on. */
  protected whole<Value>(
    task: Task<readonly unknown[], Value>,
    { pending, complete }: { pending: () => TemplateResult; complete: (value: Value) => TemplateResult },
  ): TemplateResult {
    const result = task.render({
      initial: pending,
      pending,
      complete,
      error: (reason) =>
        isAbort(reason)
          ? pending()
          : problemView(reason, {
              retry: () => void task.run(),
              signIn: () => {
                this.zone.signIn();
              },
            }),
    });
    return result ?? pending();
  }
}

/** A task that belongs to the page. The signal given to `run` ends when it is started anew, or the page goes. */
export const taskOf = <const Args extends readonly unknown[], Value>(
  host: ReactiveControllerHost,
  run: (args: Args, options: { signal: AbortSignal }) => Promise<Value>,
  args: () => Args,
): Task<Args, Value> => new Task<Args, Value>(host, { task: run, args });

export { TaskStatus };

/** Registers an element once, also where a host loads two bundles. */
export const definePage = (tagName: string, element: CustomElementConstructor): void => {
  if (!customElements.get(tagName)) customElements.define(tagName, element);
};
