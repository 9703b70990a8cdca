import { z } from 'zod';
import { resolvePayment } from './buyer.js';
import { type Desk, ProviderError } from './desk.js';
import { faultSchema, FORGERIES } from './faults.js';
import { forgePaid, pay, transactionOf } from './payments.js';

/** What the real provider has not: buttons for scripts. All bodies and answers are JSON. */
export async function answerDev(desk: Desk, method: string, pathname: string, text: string): Promise<object> {
  const body = text === '' ? {} : parse(z.record(z.string(), z.unknown()), JSON.parse(text));
  switch (`${method} ${pathname}`) {
    case 'POST /dev/pay': {
      const payment = resolvePayment(desk, body);
      if (!payment) throw new ProviderError(404, 'ORDER_NOT_EXIST', '订单不存在');
      return transactionOf(desk, pay(desk, payment.outTradeNo, { late: body['late'] === true }));
    }
    case 'POST /dev/faults': {
      const { out_trade_no: outTradeNo, ...faults } = body;
      desk.faults.set(parse(faultSchema, faults), typeof outTradeNo === 'string' ? outTradeNo : undefined);
      return desk.faults.list();
    }
    case 'GET /dev/faults':
      return desk.faults.list();
    case 'DELETE /dev/faults':
      desk.faults.clear();
      return {};
    case 'POST /dev/notices/flush':
      return desk.notices.flush();
    case 'POST /dev/forge': {
      const { out_trade_no: outTradeNo, kind } = parse(
        z.object({ out_trade_no: z.string(), kind: z.enum(FORGERIES) }),
        body,
      );
      return forgePaid(desk, outTradeNo, kind);
    }
    default:
      throw new ProviderError(404, 'RESOURCE_NOT_EXISTS', '没有这个接口');
  }
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new ProviderError(400, 'PARAM_ERROR', z.prettifyError(result.error));
}
