import { html } from 'lit';
import { definePage, ZonePage } from '../../kit/page.js';

class ListPage extends ZonePage {
  protected override render() {
    this.shown('list');
    return html`<h1 tabindex="-1">list</h1>`;
  }
}

definePage('aixin-page-list', ListPage);
