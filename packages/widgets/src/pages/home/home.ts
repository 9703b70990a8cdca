import { html } from 'lit';
import { definePage, ZonePage } from '../../kit/page.js';

class HomePage extends ZonePage {
  protected override render() {
    this.shown('home');
    return html`<h1 tabindex="-1">home</h1>`;
  }
}

definePage('aixin-page-home', HomePage);
