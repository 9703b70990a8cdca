// `npm run year [-- --sales N]`: a generated year of the charity fund, reconciled three ways: sales, books, bank. Prints the
// places in which every fen lies, and fails where one lies nowhere or twice. The suite plays a shorter one.
import { parseArgs } from 'node:util';
import { runTests } from './run-tests.js';

const USUAL_SALES = 20_000;

const { values } = parseArgs({ options: { sales: { type: 'string' } } });
const sales = Number(values.sales ?? USUAL_SALES);
if (!Number.isSafeInteger(sales) || sales < 120 || sales > 1_000_000) {
  process.stderr.write('用法：npm run year -- --sales <120 到 1000000 之间的整数>\n');
  process.exitCode = 2;
} else {
  process.env['AIXIN_YEAR_SALES'] = String(sales);
  const { passed, failed, ok } = await runTests(['packages/api/test/year']);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = ok ? 0 : 1;
}
