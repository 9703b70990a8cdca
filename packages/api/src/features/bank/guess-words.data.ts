/** Words of headers, as the country's banks and wallets write them; the more telling first. Read without blanks. */
export const HEADER_WORDS = {
  day: [
    /^(?:交易日期|交易时间|交易日|交易日期时间|transactiondate)$/i,
    /^(?:记账|入账|会计|发生|过账|业务|账务|动账)(?:日期|时间|日)/,
    /^(?:日期|时间|date|(?:posting|posted|booking|value)date|付款时间|支付时间|完成时间|创建时间|交易创建时间)$/i,
    /^(?!.*(?:打印|起息|到期|起始|截止|查询|开户)).*(?:日期|时间)/,
  ],
  credit: [/贷方|收入|转入|存入|来账|进账|收款金额|^贷$|^收$|credit|deposit|paidin|moneyin/i],
  debit: [/借方|支出|转出|支取|取出|付出|往账|出账|付款金额|^借$|^支$|^付$|debit|withdraw|paidout|moneyout/i],
  /** A column of money is none of these. */
  noMoney:
    /笔数|余额|标志|标识|方向|类型|户名|名称|账号|账户|卡号|日期|时间|行名|行号|银行|开户|币|货币|累计|摘要|currency|balance|account/i,
  amount: [
    /^(?:交易金额|交易额|发生额|发生金额|记账金额|收支金额|入账金额|账单金额|金额|billingamount|amount)/i,
    /^(?!.*(?:手续费|税|余额|可用|优惠|退款|折扣)).*(?:金额|发生额|amount)/i,
  ],
  flag: /借贷|收支|收付|借\/贷|收\/支|收\/付|支\/收|方向|来往账|往来账|d\/c|dr\/cr|debit\/credit|存取|资金流向|收入\/支出/i,
  balance: [
    /^(?:账户|本次|交易后|联机|当前|账面|结存|活期)?余额/,
    /^(?!.*(?:可用|冻结|日均)).*(?:余额|balance)/i,
    /可用余额/,
  ],
  counterparty: [
    /^(?:交易)?(?:对方|对手|往来)(?:方|单位|账户|客户)?(?:户名|名称|名)/,
    /^(?:对方单位|交易对方|交易对手|对手信息|对方信息|对方|对手|counterparty.*|merchantname|payee)$/i,
    /^(?:收付方|收付款人|收\/付方|收\(付\)方|收\/付款人|收\(付\)款人|收\/付款方)(?:名称|户名)/,
    /^户名$/,
  ],
  counterpartyAccount: [
    /^(?:交易)?(?:对方|对手|往来)(?:方|单位|客户)?(?:账号|账户|卡号|账户号)/,
    /^(?:收付方|收付款人|收\/付方|收\(付\)方|收\/付款人|收\(付\)款人|收\/付款方)(?:账号|账户|卡号)/,
  ],
  payer: /^(?:付款人|付款方|付款单位|付款账户|汇款人|payer)(?:名称|户名|名|账户名称|账户名|name)?$/i,
  payerAccount: /^(?:付款人|付款方|付款单位|付款|payer)(?:账号|账户|卡号|账户号)$/i,
  payee: /^(?:收款人|收款方|收款单位|收款账户|payee)(?:名称|户名|名|账户名称|账户名|name)?$/i,
  payeeAccount: /^(?:收款人|收款方|收款单位|收款|payee)(?:账号|账户|卡号|账户号)$/i,
  memo: [
    /^(?:交易|客户|业务)?(?:摘要|用途|附言|备注)(?:说明|信息|内容)?$/,
    /个性化信息|商品说明|商品名称|交易说明|交易描述|^商品$|^说明$|description|remark|narrative|reference1/i,
  ],
  bankSerial: [
    /^(?:交易|核心|主机|业务|账务|银行|柜员|支付宝|全局)?流水号?$/,
    /流水号|交易流水|交易订单号|交易单号|交易参考号|日志号|transactionreference|referencenumber|transactionid/i,
    /^(?:交易序号|凭证号码?|回单编号|传票号)$/,
  ],
} as const;

export const CREDIT_WORDS = [
  ...['贷', '贷方', '收', '收入', '进', '来账', '来', '转入', '存入', '存', '入账', '入'],
  ...['C', 'CR', 'CREDIT', 'CRDT', '+', '收款', '汇入', '进账'],
];
export const DEBIT_WORDS = [
  ...['借', '借方', '支', '支出', '付', '出', '往账', '往', '转出', '取出', '支取', '取'],
  ...['D', 'DR', 'DEBIT', 'DBIT', '-', '付款', '汇出', '出账'],
];
