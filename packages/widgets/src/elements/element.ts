import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { createClient, type Client, type TokenProvider } from '../client/index.js';
import { baseStyles } from '../kit/base.js';
import { tokens } from '../kit/tokens.js';

/**
 * What the three elements of the zone share: where the server is, who gives the token, theme and large type.
 *
 * @attr endpoint - the GraphQL endpoint, e.g. `/zone/graphql`
 * @attr theme - `light` (default), `dark`, or `auto` to follow the system
 * @attr large-type - 关怀版: everything a quarter larger
 * @prop tokenProvider - `({refresh}) => token | null`, asked before each request
 * @fires aixin-sign-in - a person wants to sign in; `detail.returnTo` is where to come back to
 */
export class ZoneElement extends LitElement {
  static override styles = [tokens, ...baseStyles];

  @property() endpoint = '/graphql';
  @property({ reflect: true }) theme: 'light' | 'dark' | 'auto' = 'light';
  @property({ type: Boolean, reflect: true, attribute: 'large-type' }) largeType = false;
  @property({ attribute: false }) tokenProvider: TokenProvider | undefined;

  protected readonly client: Client = createClient({ endpoint: () => this.endpoint, token: () => this.tokenProvider });

  protected signIn(): void {
    const detail = { returnTo: location.pathname + location.search };
    this.dispatchEvent(new CustomEvent('aixin-sign-in', { bubbles: true, composed: true, detail }));
  }
}
