/**
 * The zone's custom elements, ready to use once this module is imported:
 * `<aixin-zone>` for members, `<aixin-branch>` for branch secretaries, `<aixin-fund>` for the fund's administrators,
 * `<aixin-operator>` for the platform's operator, `<aixin-disclosure>` for everybody.
 * They know the server only by its GraphQL schema.
 */
import { autoload } from './autoload.js';
import { AixinZone } from './elements/aixin-zone/aixin-zone.js';
import { definePage } from './kit/page.js';

definePage('aixin-zone', AixinZone);
autoload('aixin-branch', () => import('./elements/aixin-branch/aixin-branch.js'));
autoload('aixin-fund', () => import('./elements/aixin-fund/aixin-fund.js'));
autoload('aixin-operator', () => import('./elements/aixin-operator/aixin-operator.js'));
autoload('aixin-disclosure', () => import('./elements/aixin-disclosure/aixin-disclosure.js'));
autoload('aixin-verify', () => import('./elements/aixin-verify/aixin-verify.js'));

export { AixinZone };
export type { TokenProvider } from './client/index.js';
