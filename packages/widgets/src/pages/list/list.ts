import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { baseStyles, definePage, emptyState, loadMore, taskOf, TaskStatus, ZonePage } from '../../kit/index.js';
import { countyShort } from '../../shop/county-name.js';
import { filtersOf, isFiltered, type Filters } from '../../shop/filters.js';
import '../../shop/filter-bar.js';
import { cardBones, cardStyles, productCard } from '../../shop/product-card.js';
import type { ProductCardFacts } from '../../shop/product-card.documents.js';
import { common } from '../../texts/common.js';
import { shop } from '../../texts/shop.js';
import { ListFrame, ListProducts, type Frame, type Products } from './list.documents.js';

const PAGE_SIZE = 24;

/** What has been loaded of one shelf; kept while the zone lives, so that the back button finds it as it was left. */
interface Shelf {
  readonly products: readonly ProductCardFacts[];
  readonly totalCount: number;
  readonly pageInfo: Products['pageInfo'];
}

/** Products by county, category, badge, word and order: all of it in the URL. */
class ListElement extends ZonePage {
  static override styles = [
    ...baseStyles,
    cardStyles,
    css`
      .head {
        display: flex;
        align-items: baseline;
        flex-wrap: wrap;
        gap: 4px 16px;
        margin-bottom: 16px;
      }
      .stale {
        opacity: 0.6;
        transition: opacity 0.2s 0.15s;
      }
    `,
  ];

  @state() private shelf: Shelf | undefined;
  @state() private loadingMore = false;
  private filters: Filters | undefined;

  private readonly frame = taskOf(
    this,
    async ([], { signal }): Promise<Frame> => {
      const kept = this.zone.memory.get('frame') as Frame | undefined;
      if (kept) return kept;
      const frame = await this.zone.client.send(ListFrame, {}, { signal });
      this.zone.memory.set('frame', frame);
      return frame;
    },
    () => [] as const,
  );

  private readonly first = taskOf(
    this,
    async ([path], { signal }) => {
      const kept = this.zone.memory.get(`list:${path}`) as Shelf | undefined;
      this.shelf = kept ?? this.keep(path, [], await this.fetchPage(null, signal));
    },
    () => [this.route.path] as const,
  );

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('route')) this.filters = filtersOf(this.route);
  }

  private async fetchPage(after: string | null, signal?: AbortSignal): Promise<Products> {
    const { county, category, charityItem, text, sort } = filtersOf(this.route);
    const { products } = await this.zone.client.send(
      ListProducts,
      {
        first: PAGE_SIZE,
        after,
        county: county ?? null,
        category: category ?? null,
        charityItem: charityItem ? true : null,
        text: text || null,
        sort,
      },
      signal ? { signal } : {},
    );
    return products;
  }

  private keep(path: string, before: readonly ProductCardFacts[], page: Products): Shelf {
    const { totalCount, pageInfo, edges } = page;
    const shelf = { products: [...before, ...edges.map(({ node }) => node)], totalCount, pageInfo };
    this.zone.memory.set(`list:${path}`, shelf);
    return shelf;
  }

  private async more(): Promise<void> {
    const { shelf } = this;
    const { path } = this.route;
    if (!shelf || this.loadingMore) return;
    this.loadingMore = true;
    try {
      const page = await this.fetchPage(shelf.pageInfo.endCursor);
      if (this.route.path === path) this.shelf = this.keep(path, shelf.products, page);
    } catch {
      this.zone.announce(common.moreFailed, { urgent: true });
    } finally {
      this.loadingMore = false;
    }
  }

  private heading(frame: Frame | undefined): string {
    const county = frame?.counties.find(({ code }) => code === this.filters?.county);
    const category = frame?.categories.find(({ key }) => key === this.filters?.category);
    if (county) {
      const name = countyShort(county.name);
      return category ? `${name} · ${category.name}` : shop.ofCounty(name);
    }
    return category?.name ?? (this.filters?.charityItem ? shop.charityItem : shop.all);
  }

  private renderShelf(shelf: Shelf): TemplateResult {
    this.shown(this.heading(this.frame.value));
    const { products, totalCount, pageInfo } = shelf;
    if (totalCount === 0) {
      const actions = html`<a class="btn ghost" href=${this.zone.href('list')}>${shop.clear}</a>`;
      return emptyState({ icon: 'search', title: shop.nothing, text: shop.nothingText, actions });
    }
    return html`<h2 class="sr">${shop.results}</h2>
      <ul class="grid ${this.first.status === TaskStatus.PENDING ? 'stale' : ''}">
        ${products.map((product, at) => productCard(this.zone, product, at))}
      </ul>
      ${loadMore({
        shown: products.length,
        total: totalCount,
        hasNext: pageInfo.hasNextPage,
        loading: this.loadingMore,
        load: () => void this.more(),
      })}`;
  }

  protected override render(): TemplateResult {
    const frame = this.frame.value;
    const { filters, shelf } = this;
    const text = filters?.text ?? '';
    const found = shelf ? (text ? shop.foundFor(text, shelf.totalCount) : shop.found(shelf.totalCount)) : '';
    return html`<div class="head">
        <h1 tabindex="-1">${this.heading(frame)}</h1>
        <p class="sub" role="status">${found}</p>
        ${
          filters && isFiltered(filters)
            ? html`<a class="text-btn" href=${this.zone.href('list')}>${shop.clear}</a>`
            : ''
        }
      </div>
      <aixin-filter-bar
        live
        .zone=${this.zone}
        .filters=${filters}
        .counties=${frame?.counties ?? []}
        .categories=${frame?.categories ?? []}
      ></aixin-filter-bar>
      ${this.whole(this.first, {
        pending: () => (shelf ? this.renderShelf(shelf) : cardBones(8)),
        complete: () => (shelf ? this.renderShelf(shelf) : cardBones(8)),
      })}`;
  }
}

definePage('aixin-page-list', ListElement);
