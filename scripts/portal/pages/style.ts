/** The portal's own look. The zone brings its own inside its elements. */
export const STYLE = `
:root { --paper:#f4f5f7; --card:#fff; --ink:#1f2328; --ink-2:#5a626c; --line:#dfe3e8; --edge:#868e99; --red:#a8271f; --red-soft:#fbeeec; --blue:#24537a; --size:16px;
  --sans:"PingFang SC","Noto Sans SC","Noto Sans CJK SC","Microsoft YaHei","WenQuanYi Micro Hei",sans-serif; --ax-host-header:56px }
html[data-large] { --size:20px }
* { box-sizing:border-box; margin:0 }
html { background:var(--paper) }
body { color:var(--ink); font:400 var(--size)/1.6 var(--sans); min-height:100vh; display:flex; flex-direction:column }
a { color:inherit }
.visually-hidden { position:absolute; width:1px; height:1px; overflow:hidden; clip-path:inset(50%) }
.skip { position:absolute; left:16px; top:-80px; padding:10px 16px; background:var(--ink); color:#fff; border-radius:8px; z-index:9 }
.skip:focus { top:8px }
:focus-visible { outline:3px solid var(--blue); outline-offset:2px; border-radius:4px }
.bar { background:var(--card); border-bottom:1px solid var(--line); font-size:.875em }
.bar > div { max-width:1160px; margin:auto; padding:0 24px; display:flex; flex-wrap:wrap; align-items:center; column-gap:24px; min-height:56px }
.brand { font-weight:700; text-decoration:none; padding:8px 0 }
.bar nav { display:flex; gap:4px }
.bar nav a { text-decoration:none; color:var(--ink-2); padding:10px; white-space:nowrap }
.bar nav a:hover { color:var(--ink) }
.bar nav a[aria-current] { color:var(--red); font-weight:700 }
.me { margin-left:auto; display:flex; align-items:center; gap:8px; color:var(--ink-2); flex-wrap:wrap }
.me form { display:inline }
.quiet { font:inherit; color:var(--ink-2); background:none; border:1px solid transparent; border-radius:8px; padding:8px 10px; cursor:pointer; text-decoration:none; min-height:40px; display:inline-flex; align-items:center }
.quiet:hover { color:var(--ink); border-color:var(--line) }
.quiet[aria-pressed="true"] { color:var(--red); border-color:var(--red); font-weight:700 }
main, #content { flex:1; width:100%; outline:none }
.page { max-width:1160px; margin:auto; padding:32px 24px 64px }
h1 { font-size:1.75em; line-height:1.3 }
h2 { font-size:1.25em; margin:32px 0 12px }
.sub { color:var(--ink-2) }
.hero { background:linear-gradient(120deg,#fff 0%,#fff 55%,var(--red-soft) 100%); border:1px solid var(--line); border-radius:16px; padding:32px; display:grid; gap:8px; justify-items:start }
.button { display:inline-flex; align-items:center; justify-content:center; min-height:44px; padding:10px 24px; border:0; border-radius:10px; background:var(--red); color:#fff; font:600 1em/1.4 var(--sans); text-decoration:none; cursor:pointer; margin-top:12px }
.button:hover { background:#8d1f18 }
.cards { display:grid; grid-template-columns:repeat(auto-fill,minmax(250px,1fr)); gap:16px; padding:0; list-style:none }
.card { background:var(--card); border:1px solid var(--line); border-radius:14px; padding:20px; display:grid; gap:4px; align-content:start; text-decoration:none; height:100% }
a.card:hover, button.card:hover { border-color:var(--edge) }
.card b { font-size:1.0625em } .card span { color:var(--ink-2); font-size:.875em }
.card.main { box-shadow:inset 4px 0 0 var(--red) }
.list { background:var(--card); border:1px solid var(--line); border-radius:14px; padding:4px 20px; list-style:none }
.list li { padding:14px 0; border-bottom:1px solid var(--line); display:flex; gap:16px; justify-content:space-between; flex-wrap:wrap }
.list li:last-child { border:0 }
.list time, .list .sub { font-size:.875em }
.choose { max-width:860px; margin:auto; padding:40px 24px 64px }
.choose .cards { margin-top:24px }
button.card { font:inherit; color:inherit; text-align:left; cursor:pointer; width:100% }
.avatar { width:44px; height:44px; border-radius:50%; background:var(--red-soft); color:var(--red) !important; display:grid; place-items:center; font-size:1.125em !important; font-weight:700; margin-bottom:6px }
footer { border-top:1px solid var(--line); color:var(--ink-2); font-size:.8125em; padding:20px 24px; text-align:center }
body.embeds { background:#faf7f2 }
body.embeds footer { display:none }
@media (max-width:640px) {
  .bar > div { padding:4px 12px 0; column-gap:12px }
  .bar nav { order:3; width:100%; overflow-x:auto; margin:0 -12px; padding:0 4px; scrollbar-width:none }
  .me .place { display:none }
  .me { gap:0 }
  .me .quiet { padding:8px 6px; font-size:.8125rem }
  html[data-large] .me .quiet { font-size:1rem }
  .bar nav a { padding:10px 7px }
  .page, .choose { padding:20px 16px 48px }
  .hero { padding:20px }
}
@media (prefers-reduced-motion:no-preference) { a, button { transition:border-color .15s, color .15s, background .15s } }
`;

/** The 关怀版 switch: kept on this device, told to the zone's elements by their attribute `large-type`. */
export const SCRIPT = `
const key = 'portal-large-type';
const root = document.documentElement;
const read = () => { try { return localStorage.getItem(key) === '1'; } catch { return false; } };
const write = (on) => { try { localStorage.setItem(key, on ? '1' : '0'); } catch { /* kept for this page only */ } };
function show(on) {
  root.toggleAttribute('data-large', on);
  document.getElementById('large-type')?.setAttribute('aria-pressed', String(on));
  for (const element of document.querySelectorAll('[data-zone]')) element.toggleAttribute('large-type', on);
}
show(read());
document.getElementById('large-type')?.addEventListener('click', () => { const on = !root.hasAttribute('data-large'); write(on); show(on); });
`;
