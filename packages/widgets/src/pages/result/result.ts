import { html } from 'lit';
import { definePage, ZonePage } from '../../kit/page.js';

class ResultPage extends ZonePage {
  protected override render() {
    this.shown('result');
    return html`<h1 tabindex="-1">result</h1>`;
  }
}

definePage('aixin-page-result', ResultPage);
