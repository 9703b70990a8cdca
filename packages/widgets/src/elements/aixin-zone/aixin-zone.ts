import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { html as staticHtml, unsafeStatic } from 'lit/static-html.js';
import { cartServer } from '../../cart/cart-server.js';
import { CART_PREFIX } from '../../cart/kept-cart.js';
import { createCart } from '../../cart/member-cart.js';
import { besideEndpoint } from '../../kit/files.js';
import { icon, type IconName } from '../../kit/icons.js';
import { PageShown, type MemberSummary, type Route, type ZoneHandle } from '../../kit/page.js';
import { emptyState, skeleton } from '../../kit/parts.js';
import { problemView } from '../../kit/problem-view.js';
import { createRouter, hrefOf, type Arrival } from '../../router.js';
import type { PageName } from '../../page-names.js';
import { routes, type RouteDefinition } from '../../routes.js';
import { common } from '../../texts/common.js';
import { ZoneElement } from '../element.js';
import { zoneStyles } from './aixin-zone.styles.js';
import { WhoAmI } from './operations.js';

const TABS: readonly { tab: RouteDefinition['tab']; route: PageName; text: string; icon: IconName }[] = [
  { tab: 'shop', route: 'home', text: common.navShop, icon: 'shelf' },
  { tab: 'cart', route: 'cart', text: common.navCart, icon: 'cart' },
  { tab: 'love', route: 'love', text: common.navLove, icon: 'heart' },
  { tab: 'orders', route: 'orders', text: common.navOrders, icon: 'orders' },
];

/** Where storage is forbidden even the question throws. */
const localStore = (): Storage | undefined => {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
};

const samePath = (one: Route | undefined, other: Route | undefined): boolean =>
  one?.path.split('?')[0] === other?.path.split('?')[0];

/**
 * The member's whole way through the zone: home, list, product, cart, checkout, pay, result, my love, orders.
 *
 * @attr base-path - the part of the URL path that belongs to the host, e.g. `/zone`; default: the path it was loaded at
 * @fires aixin-navigate - the zone shows another page; `detail.path`
 * @fires aixin-title - the page's title; cancel it to keep the document's own
 */
export class AixinZone extends ZoneElement {
  static override styles = [...ZoneElement.styles, zoneStyles];

  @property({ attribute: 'base-path' }) basePath: string | undefined;

  @state() private route: Route | undefined;
  /** The page whose module has arrived; until then the last one stays, so nothing flickers. */
  @state() private ready: Route | undefined;
  @state() private missing = false;
  @state() private failure: unknown;
  @state() private polite = '';
  @state() private urgent = '';

  private arrival: Arrival = { returning: true, scrollY: 0 };
  private first = true;
  /** Only the query changed (a filter, a tab): the person stays where they are, and so does the focus. */
  private samePage = false;
  private member: Promise<MemberSummary | null> | undefined;
  private readonly landed = location.pathname;
  private readonly cart = createCart(
    localStore,
    cartServer(this.client, (message) => {
      this.say(message, true);
    }),
  );
  private readonly router = createRouter({
    base: () => this.basePath ?? this.landed,
    onArrive: (route, arrival) => void this.arrive(route, arrival),
  });
  private stopListening: (() => void) | undefined;

  private readonly handle: ZoneHandle = {
    client: this.client,
    cart: this.cart,
    memory: new Map(),
    me: () => (this.member ??= this.askWho()),
    href: (name, params, query) => hrefOf(this.basePath ?? this.landed, name, params, query),
    beside: (path) => besideEndpoint(this.endpoint, path),
    navigate: (href, { replace = false } = {}) => {
      this.router.go(href, replace);
    },
    announce: (text, { urgent = false } = {}) => {
      this.say(text, urgent);
    },
    signIn: () => {
      this.signIn();
    },
  };

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopListening = this.cart.subscribe(() => {
      this.requestUpdate();
    });
    addEventListener('storage', this.onStorage);
    addEventListener('pageshow', this.onReturn);
    addEventListener('online', this.onReturn);
    document.addEventListener('visibilitychange', this.onReturn);
    this.router.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('storage', this.onStorage);
    removeEventListener('pageshow', this.onReturn);
    removeEventListener('online', this.onReturn);
    document.removeEventListener('visibilitychange', this.onReturn);
    this.router.stop();
    this.stopListening?.();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('tokenProvider')) return;
    this.member = undefined;
    // The cart belongs to the member. Without an answer it stays the guest's, which is no loss.
    if (this.tokenProvider) void this.handle.me().catch(() => undefined);
    else this.cart.useOwner(null);
  }

  /** Another tab changed a cart; a key of null is storage that was emptied. */
  private readonly onStorage = ({ key }: StorageEvent): void => {
    if (key === null || key.startsWith(CART_PREFIX)) this.cart.refresh();
  };

  /** A page that slept, was hidden or had no network has heard of nothing meanwhile. */
  private readonly onReturn = (): void => {
    if (document.visibilityState === 'hidden') return;
    this.cart.refresh();
    void this.cart.sync();
  };

  private async askWho(): Promise<MemberSummary | null> {
    if (!this.tokenProvider) return null;
    try {
      const { me } = await this.client.send(WhoAmI, {});
      this.cart.useOwner(me?.id ?? null);
      if (!me) return null;
      return { ...me, organisationName: me.organisation?.name ?? null };
    } catch (reason) {
      this.member = undefined;
      throw reason;
    }
  }

  private async arrive(route: Route | undefined, arrival: Arrival): Promise<void> {
    this.arrival = arrival;
    this.samePage = !arrival.returning && route?.name === this.ready?.name && samePath(route, this.ready);
    this.route = route;
    this.missing = route === undefined;
    this.failure = undefined;
    if (!route) return;
    this.dispatchEvent(
      new CustomEvent('aixin-navigate', { bubbles: true, composed: true, detail: { path: route.path } }),
    );
    try {
      await routes[route.name].load();
      // A slow module of a page that was left meanwhile must not take the place of the newer one.
      if (this.route === route) this.ready = route;
    } catch (reason) {
      if (this.route === route) this.failure = reason;
    }
  }

  private readonly onShown = (event: Event): void => {
    if (!(event instanceof PageShown)) return;
    const title = new CustomEvent('aixin-title', {
      bubbles: true,
      composed: true,
      cancelable: true,
      detail: event.title,
    });
    if (this.dispatchEvent(title)) document.title = `${event.title} · ${common.zoneName}`;
    if (this.samePage) return;
    const page = event.composedPath().find((node): node is HTMLElement => node instanceof HTMLElement);
    if (!this.first) page?.shadowRoot?.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
    this.first = false;
    if (this.arrival.returning) scrollTo({ top: this.arrival.scrollY, behavior: 'instant' });
    else if (this.getBoundingClientRect().top < 0) this.scrollIntoView({ block: 'start', behavior: 'instant' });
  };

  private readonly onClick = (event: MouseEvent): void => {
    const href = this.router.linkOf(event);
    if (href === undefined) return;
    event.preventDefault();
    this.router.go(href);
  };

  /** The same sentence twice is a change only if the region is emptied between. */
  private say(text: string, urgent: boolean): void {
    this.polite = '';
    this.urgent = '';
    void this.updateComplete.then(() => {
      if (urgent) this.urgent = text;
      else this.polite = text;
    });
  }

  private readonly toMain = (event: Event): void => {
    event.preventDefault();
    this.renderRoot.querySelector<HTMLElement>('#main')?.focus();
  };

  private renderTab({ tab, route, text, icon: name }: (typeof TABS)[number]): TemplateResult {
    const current = this.route ? routes[this.route.name].tab === tab : false;
    const count = tab === 'cart' ? this.cart.count() : 0;
    return html`<a href=${this.handle.href(route)} aria-current=${current ? 'page' : nothing}>
      ${icon(name, 24)}<span>${text}</span>
      ${
        count > 0
          ? html`<span class="badge num">${count > 99 ? '99+' : count}<span class="sr">${common.cartUnit}</span></span>`
          : nothing
      }
    </a>`;
  }

  private renderPage(): TemplateResult {
    if (this.missing) {
      const actions = html`<a class="btn" href=${this.handle.href('home')}>${common.home}</a>`;
      return html`<h1 class="sr" tabindex="-1">${common.notFound.title}</h1>
        ${emptyState({ icon: 'cloud', ...common.notFound, actions })}`;
    }
    if (this.failure !== undefined) {
      const retry = () => void this.arrive(this.route, this.arrival);
      return problemView(this.failure, { retry, signIn: this.handle.signIn });
    }
    if (!this.ready) return skeleton([96, 48, 320, 320]);
    const tagName = unsafeStatic(routes[this.ready.name].tag);
    return staticHtml`<${tagName} .zone=${this.handle} .route=${this.ready} @aixin-page-shown=${this.onShown}></${tagName}>`;
  }

  protected override render(): TemplateResult {
    return html`<div @click=${this.onClick}>
      <a class="skip" href="#main" @click=${this.toMain}>${common.skip}</a>
      <nav class="no-print" aria-label=${common.nav}><div>${TABS.map((tab) => this.renderTab(tab))}</div></nav>
      <div id="main" role="main" tabindex="-1">${this.renderPage()}</div>
      <div class="sr" role="status">${this.polite}</div>
      <div class="sr" role="alert">${this.urgent}</div>
    </div>`;
  }
}
