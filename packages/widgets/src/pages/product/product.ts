import { html } from 'lit';
import { definePage, ZonePage } from '../../kit/page.js';

class ProductPage extends ZonePage {
  protected override render() {
    this.shown('product');
    return html`<h1 tabindex="-1">product</h1>`;
  }
}

definePage('aixin-page-product', ProductPage);
