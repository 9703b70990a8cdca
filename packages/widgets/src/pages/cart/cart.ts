import { html } from 'lit';
import { definePage, ZonePage } from '../../kit/page.js';

class CartPage extends ZonePage {
  protected override render() {
    this.shown('cart');
    return html`<h1 tabindex="-1">cart</h1>`;
  }
}

definePage('aixin-page-cart', CartPage);
