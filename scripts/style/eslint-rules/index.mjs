// The house's own lint rules, used by eslint.config.mjs as the plugin "house".
import { commandPermissionFirst } from './command-permission-first.mjs';
import { noRoundedMoney } from './no-rounded-money.mjs';

export default {
  rules: { 'command-permission-first': commandPermissionFirst, 'no-rounded-money': noRoundedMoney },
};
