import { html } from 'lit';
import { definePage, ZonePage } from '../../kit/page.js';

class PayPage extends ZonePage {
  protected override render() {
    this.shown('pay');
    return html`<h1 tabindex="-1">pay</h1>`;
  }
}

definePage('aixin-page-pay', PayPage);
