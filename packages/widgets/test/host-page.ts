/** A portal as small as can be: its own header, one element of the zone, a token. Tests set `window.hostAttributes` before. */
export const hostPage = (pathname: string): string => {
  const element = pathname.startsWith('/branch')
    ? 'aixin-branch'
    : pathname.startsWith('/fund')
      ? 'aixin-fund'
      : pathname.startsWith('/operator')
        ? 'aixin-operator'
        : pathname.startsWith('/disclosure')
          ? 'aixin-disclosure'
          : 'aixin-zone';
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>机关智慧党建平台</title>
<style>
  body { margin: 0; background: #faf7f2 }
  header { background: #fff; border-bottom: 1px solid #e7e0d5; color: #6b645a; font: 14px/1.6 "Noto Sans SC", sans-serif }
  header > div { max-width: 1160px; margin: auto; padding: 12px 24px; display: flex; justify-content: space-between }
  body:has([theme='dark']) { background: #191714 }
  body:has([theme='dark']) header { background: #23201c; color: #f1ece4; border-color: #3b362f }
</style>
</head>
<body>
<header><div><b>机关智慧党建平台</b><span>张*三</span></div></header>
<script type="module">
  import '/widgets/aixin.js';
  const element = document.createElement('${element}');
  const { attributes = {}, token = 'good' } = window.host ?? {};
  for (const [name, value] of Object.entries({ endpoint: '/graphql', 'base-path': '/zone', ...attributes })) element.setAttribute(name, value);
  let current = token;
  if (token) element.tokenProvider = ({ refresh }) => (current = refresh ? 'fresh' : current);
  window.hostEvents = [];
  for (const type of ['aixin-sign-in', 'aixin-navigate', 'aixin-title'])
    element.addEventListener(type, (event) => window.hostEvents.push({ type, detail: event.detail }));
  document.body.append(element);
</script>
</body>
</html>`;
};

const SHAPES: Record<string, string> = {
  honey:
    '<rect x="30" y="34" width="40" height="46" rx="10" fill="#d98b2b"/><rect x="26" y="26" width="48" height="12" rx="5" fill="#8a4d16"/>',
  orange:
    '<circle cx="50" cy="54" r="27" fill="#f29a2e"/><path d="M50 27c6-12 18-12 22-9-4 8-12 12-22 9z" fill="#6ba539"/>',
  meat: '<path d="M26 66 54 28l20 14-28 38z" fill="#c8344d"/><path d="m34 68 26-34 6 5-26 34z" fill="#f7d9c4"/>',
  tea: '<rect x="28" y="42" width="40" height="32" rx="10" fill="#f0ece8"/><path d="M68 48h8v14h-8" fill="none" stroke="#f0ece8" stroke-width="5"/><ellipse cx="48" cy="44" rx="18" ry="4" fill="#7fae63"/>',
};

/** A drawn picture for a fixture: `/pictures/honey.svg`. */
export const picture = (pathname: string): string => {
  const name = pathname.replace('/pictures/', '').replace('.svg', '');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 150 100"><path fill="#38664c" fill-opacity=".12" d="M0 80 40 50l30 24 36-34 44 36v24H0z"/><g transform="translate(25 4)">${SHAPES[name] ?? SHAPES['honey'] ?? ''}</g></svg>`;
};
