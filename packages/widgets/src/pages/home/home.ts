import { html, nothing, type TemplateResult } from 'lit';
import { baseStyles, bigCount, bigYuan, definePage, skeleton, stats, taskOf, when, ZonePage } from '../../kit/index.js';
import { cardBones, cardStyles, productCard } from '../../shop/product-card.js';
import { busiestCounties, countyMap, countyMapStyles } from '../../shop/county-map.js';
import '../../shop/filter-bar.js';
import { common } from '../../texts/common.js';
import { shop } from '../../texts/shop.js';
import { HomePage, type Home, type Story } from './home.documents.js';
import { homeStyles } from './home.styles.js';

/** The front of the zone: what it is, what it achieved, what is on the shelf, where it comes from, who stands behind it. */
class HomeElement extends ZonePage {
  static override styles = [...baseStyles, cardStyles, countyMapStyles, homeStyles];

  private readonly home = taskOf(
    this,
    ([], { signal }) => this.zone.client.send(HomePage, {}, { signal }),
    () => [] as const,
  );

  private renderAchieved({ zone }: Home): TemplateResult {
    const sales = bigYuan(zone.salesFen);
    const matched = bigYuan(zone.matchedFen);
    const purchases = bigCount(zone.purchaseCount);
    return html`<section class="achieved" aria-label=${shop.achieved}>
      <div class="card">
        ${stats([
          { label: shop.purchases, figure: purchases.figure, unit: purchases.unit },
          { label: shop.sales, figure: sales.figure, unit: sales.unit },
          { label: shop.matched, figure: matched.figure, unit: matched.unit, tone: 'leaf' },
          { label: shop.counties, figure: zone.countyCount },
        ])}
      </div>
      <p class="sub small as-of">${common.asOf(when(zone.asOf))}</p>
    </section>`;
  }

  private renderStory(story: Story): TemplateResult {
    return html`<article class="card story">
      <div class="face" style="background:${story.picture.background}">
        <img src=${story.picture.url} alt=${story.picture.alt} loading="lazy" width="480" height="320" />
      </div>
      <div class="words">
        <p class="sub small">${story.place}</p>
        <h3 class="big">“${story.quote}”</h3>
        <p class="begin sub">${story.body}</p>
        <details>
          <summary class="btn ghost small">
            <span class="open">${shop.readStory}</span><span class="close">${shop.closeStory}</span>
          </summary>
          <div class="body">
            <p class="title">${story.title}</p>
            ${story.body.split(/\n+/).map((paragraph) => html`<p>${paragraph}</p>`)}
            ${
              story.product
                ? html`<p>
                    <a class="link" href=${this.zone.href('product', { id: story.product.id })}
                      >${shop.storyProduct(story.product.title)}</a
                    >
                  </p>`
                : nothing
            }
          </div>
        </details>
      </div>
    </article>`;
  }

  private renderHome(home: Home): TemplateResult {
    this.shown(shop.slogan.join(''));
    return html`<h2 class="sr">${shop.recommended}</h2>
      <aixin-filter-bar .zone=${this.zone} .counties=${home.counties} .categories=${home.categories}></aixin-filter-bar>
      <ul class="grid">
        ${home.products.edges.map(({ node }, at) => productCard(this.zone, node, at))}
      </ul>
      <p class="all">
        <a class="btn ghost" href=${this.zone.href('list')}>${shop.seeAll(home.products.totalCount)}</a>
      </p>
      <section class="where">
        <div>
          <h2>${shop.map}</h2>
          <p class="sub">${shop.mapText}</p>
          ${busiestCounties(this.zone, home.counties)}
        </div>
        <div class="card pad">${countyMap(this.zone, home.counties)}</div>
      </section>
      ${
        home.stories.length > 0
          ? html`<section>
              <h2>${shop.stories}</h2>
              <div class="stories">${home.stories.map((story) => this.renderStory(story))}</div>
            </section>`
          : nothing
      }`;
  }

  protected override render(): TemplateResult {
    const arrived = this.home.value;
    return html`<div class="hero">
        <div>
          <p class="sub">${common.zoneName}</p>
          <h1 tabindex="-1">${shop.slogan[0]}<br />${shop.slogan[1]}</h1>
        </div>
        ${arrived ? this.renderAchieved(arrived) : html`<span class="bone" style="height:96px"></span>`}
      </div>
      ${this.whole(this.home, {
        pending: () => html`${skeleton([40, 44])}<br />${cardBones(8)}`,
        complete: (home) => this.renderHome(home),
      })}`;
  }
}

definePage('aixin-page-home', HomeElement);
