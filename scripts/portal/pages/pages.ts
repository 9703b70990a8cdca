import type { Person } from '../people.js';
import { type Html, html } from './html.js';
import { maskedName } from './layout.js';

interface Card {
  readonly path: string;
  readonly title: string;
  readonly text: string;
  readonly main?: boolean;
}

const MEMBER_CARDS: readonly Card[] = [
  { path: '/zone', title: '消费帮扶献爱心', text: '买一份山里的好东西，也为那里添一份力。', main: true },
  { path: '/zone/love', title: '我的爱心', text: '我的帮扶记录、爱心积分和每一元配捐的去向。' },
  { path: '/disclosure', title: '信息公示', text: '一元捐收到多少、用在哪里；不用登录就能看。' },
  { path: '/study', title: '学习', text: '本月学习安排与专题资料。' },
  { path: '/meetings', title: '组织生活', text: '三会一课与主题党日。' },
];
const ROLE_CARDS: Readonly<Record<string, Card>> = {
  secretary: { path: '/branch', title: '我的支部', text: '支部的帮扶记录与合计。', main: true },
  'fund-maker': { path: '/fund', title: '基金管理', text: '协议、批次、对账、票据、使用与公示。', main: true },
  'fund-checker': { path: '/fund', title: '基金管理', text: '协议、批次、对账、票据、使用与公示。', main: true },
  sponsor: { path: '/fund', title: '我的配捐', text: '只读：本单位的协议、汇款、票据与去向。', main: true },
  operator: { path: '/operator', title: '待办与异常', text: '办不成的付款和退款，等您看一眼。', main: true },
  auditor: { path: '/fund', title: '基金管理', text: '只读：协议、批次、对账、票据、使用与公示。', main: true },
};

export function homePage(person: Person | null): Html {
  const own = person?.roles.flatMap(({ name }) => ROLE_CARDS[name] ?? []) ?? [];
  return html`<div class="page">
    <section class="hero">
      <p class="sub">${person ? `${person.label} · ${person.place}` : '欢迎使用'}</p>
      <h1>${person ? `您好，${maskedName(person.displayName)}` : '一个平台，办好党员的日常事'}</h1>
      <p class="sub">学习、组织生活、党费，还有消费帮扶献爱心，都在这里。</p>
      ${person ? html`<a class="button" href="/zone">进入消费帮扶专区</a>` : html`<a class="button" href="/login?returnTo=/">登录</a>`}
    </section>
    <h2>常用</h2>
    <ul class="cards">
      ${[...own, ...MEMBER_CARDS].map(
        ({ path, title, text, main }) =>
          html`<li>
            <a class="card ${main ? 'main' : ''}" href="${path}"><b>${title}</b><span>${text}</span></a>
          </li>`,
      )}
    </ul>
    <h2>通知</h2>
    <ul class="list">
      <li><span>消费帮扶专区上线：自愿选购，不设指标，不作个人排名</span><span class="sub">机关工委</span></li>
      <li><span>本月主题党日安排已发布，请各支部按时开展</span><span class="sub">组织处</span></li>
      <li><span>党费收缴线上办理说明</span><span class="sub">综合处</span></li>
    </ul>
  </div>`;
}

export function choosePage(uid: string, personas: readonly Person[]): Html {
  return html`<div class="choose">
    <h1>选择身份</h1>
    <p class="sub">这是演示门户的登录页：选一个身份进入，随时可以切换。不需要密码。</p>
    <form method="post" action="/login/choose/${uid}">
      <ul class="cards">
        ${personas.map(
          (one) =>
            html`<li>
              <button class="card" name="persona" value="${one.key}" type="submit">
                <span class="avatar" aria-hidden="true">${[...one.displayName][0] ?? ''}</span><b>${one.label}</b
                ><span>${one.displayName} · ${one.place}</span>
              </button>
            </li>`,
        )}
      </ul>
    </form>
  </div>`;
}

const ELEMENTS = {
  zone: 'aixin-zone',
  branch: 'aixin-branch',
  fund: 'aixin-fund',
  operator: 'aixin-operator',
  disclosure: 'aixin-disclosure',
} as const;
export type Embedded = keyof typeof ELEMENTS;

interface Embedding {
  readonly url: string;
  readonly nonce: string;
  /** For who is not, there is no token to ask for. */
  readonly signedIn: boolean;
}

/**
 * How a portal embeds the zone: the element, where its server is, and a function that gives a bearer token. The script of
 * the page carries a nonce; nothing else inline is allowed.
 */
export function embeddingPage(which: Embedded, zone: Embedding): Html {
  const tag = ELEMENTS[which];
  const basePath = which === 'zone' ? html` base-path="/zone"` : null;
  const element = `<${tag} data-zone endpoint="${zone.url}/graphql"${basePath?.markup ?? ''}></${tag}>`;
  return html`${{ markup: element }}
    <noscript><p class="page">请打开浏览器的 JavaScript 后再进入专区。</p></noscript>
    <script nonce="${zone.nonce}">
      ${{ markup: `${zone.signedIn ? TOKEN_SCRIPT : ''}${SIGN_IN_SCRIPT}` }};
    </script>
    <script type="module" nonce="${zone.nonce}" src="${zone.url}/widgets/aixin.js"></script>`;
}

const TOKEN_SCRIPT = `{
  const zone = document.querySelector('[data-zone]');
  let kept = null;
  zone.tokenProvider = async (ask) => {
    const refresh = ask?.refresh === true;
    if (!refresh && kept && Date.now() < kept.untilMs) return kept.token;
    const answer = await fetch('/session/token' + (refresh ? '?refresh=1' : ''), { cache: 'no-store' });
    if (!answer.ok) return null;
    const { access_token: token, expires_in: seconds } = await answer.json();
    kept = { token, untilMs: Date.now() + (seconds - 30) * 1000 };
    return token;
  };
}
`;

const SIGN_IN_SCRIPT = `{
  document.querySelector('[data-zone]').addEventListener('aixin-sign-in', (event) => {
    location.assign('/login?returnTo=' + encodeURIComponent(event.detail?.returnTo ?? location.pathname));
  });
}`;

interface PlainPage {
  readonly title: string;
  readonly lead: string;
  readonly items: readonly (readonly [string, string])[];
}

/** The portal's other sections: short and plain, so that nothing in the header leads nowhere. */
export const PLAIN_PAGES: Readonly<Record<string, PlainPage>> = {
  '/study': {
    title: '学习',
    lead: '本月的学习安排，按支部进度自行安排时间。',
    items: [
      ['专题学习：乡村全面振兴', '4 学时'],
      ['读书分享：把调查研究做到田间地头', '2 学时'],
      ['案例：一个合作社的三年', '1 学时'],
    ],
  },
  '/meetings': {
    title: '组织生活',
    lead: '三会一课和主题党日的安排与记录。',
    items: [
      ['支部党员大会', '每季度一次'],
      ['主题党日：走进帮扶乡镇', '本月'],
      ['党课：从一瓶蜂蜜看产业帮扶', '下月'],
    ],
  },
  '/dues': {
    title: '党费',
    lead: '党费的核定、缴纳与公示。消费帮扶是自愿选购，与党费无关。',
    items: [
      ['本月党费', '已缴纳'],
      ['年度党费收缴公示', '可查看'],
    ],
  },
  '/models': {
    title: '先进典型',
    lead: '身边的人，身边的事。',
    items: [
      ['驻村三年，带出一个香菇合作社', '驻村工作队'],
      ['把实验室搬到茶山上', '农技推广站'],
      ['二十年的结对：一所村小和一个支部', '机关支部'],
    ],
  },
};

export function plainPage({ title, lead, items }: PlainPage): Html {
  return html`<div class="page">
    <h1>${title}</h1>
    <p class="sub">${lead}</p>
    <h2>最近</h2>
    <ul class="list">
      ${items.map(([name, note]) => html`<li><span>${name}</span><span class="sub">${note}</span></li>`)}
    </ul>
  </div>`;
}

export function messagePage(title: string, text: string): Html {
  return html`<div class="page">
    <h1>${title}</h1>
    <p class="sub">${text}</p>
    <a class="button" href="/">回到门户首页</a>
  </div>`;
}
