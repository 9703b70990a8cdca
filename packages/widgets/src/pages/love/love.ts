import { html } from 'lit';
import { definePage, ZonePage } from '../../kit/page.js';

class LovePage extends ZonePage {
  protected override render() {
    this.shown('love');
    return html`<h1 tabindex="-1">love</h1>`;
  }
}

definePage('aixin-page-love', LovePage);
