import { html } from 'lit';
import { definePage } from '../../kit/page.js';
import { ZoneElement } from '../element.js';

export class AixinBranch extends ZoneElement {
  protected override render() {
    return html`<h1>branch</h1>`;
  }
}

definePage('aixin-branch', AixinBranch);
