import { html } from 'lit';
import { definePage } from '../../kit/page.js';
import { ZoneElement } from '../element.js';

export class AixinFund extends ZoneElement {
  protected override render() {
    return html`<h1>fund</h1>`;
  }
}

definePage('aixin-fund', AixinFund);
