// The house's own lint rules, used by eslint.config.mjs as the plugin "house".
import { commandPermissionFirst } from './command-permission-first.mjs';
import { noDroppedRefusal } from './no-dropped-refusal.mjs';
import { noRoundedMoney } from './no-rounded-money.mjs';

export default {
  rules: {
    'command-permission-first': commandPermissionFirst,
    'no-dropped-refusal': noDroppedRefusal,
    'no-rounded-money': noRoundedMoney,
  },
};
