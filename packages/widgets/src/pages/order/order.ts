import { html } from 'lit';
import { definePage, ZonePage } from '../../kit/page.js';

class OrderPage extends ZonePage {
  protected override render() {
    this.shown('order');
    return html`<h1 tabindex="-1">order</h1>`;
  }
}

definePage('aixin-page-order', OrderPage);
