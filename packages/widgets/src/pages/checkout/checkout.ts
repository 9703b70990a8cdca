import { html } from 'lit';
import { definePage, ZonePage } from '../../kit/page.js';

class CheckoutPage extends ZonePage {
  protected override render() {
    this.shown('checkout');
    return html`<h1 tabindex="-1">checkout</h1>`;
  }
}

definePage('aixin-page-checkout', CheckoutPage);
