import type { Payment } from './book.js';

/** The pay sheet of the sandbox: zh-CN, for a phone first, without script, and plainly marked as no real money. */

const STYLE = `
:root { color-scheme: light; font-family: system-ui, "PingFang SC", "Noto Sans SC", "WenQuanYi Micro Hei", sans-serif; }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; background: #ededed; color: #1a1a1a; display: grid; align-items: start; justify-items: center; }
main { width: 100%; max-width: 26rem; padding: 1.5rem 1.25rem 2rem; background: #fff; min-height: 100vh; }
@media (min-width: 480px) { main { margin-top: 3rem; min-height: 0; border-radius: .75rem; } }
.sandbox { margin: 0 0 1.5rem; padding: .5rem .75rem; border-radius: .5rem; background: #fff4d6; color: #6b4a00; font-size: .875rem; }
h1 { margin: 0; font-size: 1rem; font-weight: 500; text-align: center; color: #4a4a4a; }
.amount { margin: .5rem 0 1.5rem; text-align: center; font-size: 2.75rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.amount small { font-size: 1.5rem; margin-right: .25rem; }
dl { margin: 0 0 2rem; border-top: 1px solid #e5e5e5; }
dl div { display: flex; justify-content: space-between; gap: 1rem; padding: .75rem 0; border-bottom: 1px solid #e5e5e5; }
dt { color: #595959; flex: none; }
dd { margin: 0; text-align: right; overflow-wrap: anywhere; }
button, .button { display: block; width: 100%; min-height: 3rem; padding: .75rem; border: 0; border-radius: .5rem; font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; }
.confirm { background: #067a46; color: #fff; }
.cancel { margin-top: .75rem; background: #f2f2f2; color: #1a1a1a; }
:focus-visible { outline: 3px solid #1a5fb4; outline-offset: 2px; }
.result { text-align: center; font-size: 1.25rem; font-weight: 600; margin: 1rem 0 .5rem; }
.hint { text-align: center; color: #595959; margin: 0 0 2rem; }
`;

export function paySheet(payment: Payment, merchantName: string, redirectUrl: string | null): string {
  const until = new Date(payment.expiresAtMs + 8 * 3_600_000).toISOString().slice(11, 16);
  return page(
    '确认付款',
    `<h1>${escape(merchantName)}</h1>
<p class="amount"><small>¥</small>${yuan(payment.amountFen)}</p>
<dl>
<div><dt>商品</dt><dd>${escape(payment.description)}</dd></div>
<div><dt>商户单号</dt><dd>${escape(payment.outTradeNo)}</dd></div>
<div><dt>付款截止</dt><dd>${until}</dd></div>
</dl>
<form method="post">
${redirectUrl === null ? '' : `<input type="hidden" name="redirect_url" value="${escape(redirectUrl)}">`}
<button class="confirm" name="action" value="confirm">确认支付</button>
<button class="cancel" name="action" value="cancel">取消</button>
</form>`,
  );
}

/** What came of it: `title` in a word, `hint` what to do now. */
export function payResult(input: {
  title: string;
  hint: string;
  payment: Payment | null;
  redirectUrl: string | null;
}): string {
  const amount = input.payment === null ? '' : `<p class="amount"><small>¥</small>${yuan(input.payment.amountFen)}</p>`;
  const back =
    input.redirectUrl === null ? '' : `<a class="button confirm" href="${escape(input.redirectUrl)}">返回商家</a>`;
  return page(
    input.title,
    `<h1 class="result">${escape(input.title)}</h1>${amount}<p class="hint">${escape(input.hint)}</p>${back}`,
  );
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escape(title)} · 模拟支付</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<p class="sandbox"><strong>模拟支付</strong>：演示环境，不会发生真实扣款。</p>
${content}
</main>
</body>
</html>
`;
}

function yuan(amountFen: number): string {
  const text = String(amountFen).padStart(3, '0');
  return `${text.slice(0, -2)}.${text.slice(-2)}`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
