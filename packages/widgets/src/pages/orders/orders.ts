import { html } from 'lit';
import { definePage, ZonePage } from '../../kit/page.js';

class OrdersPage extends ZonePage {
  protected override render() {
    this.shown('orders');
    return html`<h1 tabindex="-1">orders</h1>`;
  }
}

definePage('aixin-page-orders', OrdersPage);
