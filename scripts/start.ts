// `npm start`: the zone in a demo portal, seeded, on an embedded MongoDB. Ends with all it started on Ctrl-C.
import { join } from 'node:path';
import { rmSync, writeFileSync } from 'node:fs';
import { projectRoot } from './project-root.mjs';
import { type Demo, startDemo } from './run/demo.js';

const PARENT_CHECK_MS = 500;
const root = projectRoot();
const folder = join(root, '.aixin', 'data');
const startedMs = performance.now();
const say = (line: string): void => void process.stdout.write(`${line}\n`);

let demo: Demo | null = null;
let stopping = false;

async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  say('正在停止 …');
  await demo?.stop();
  rmSync(join(root, '.aixin', 'start.pid'), { force: true });
  process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
const parent = process.ppid;
setInterval(() => process.ppid !== parent && void stop(0), PARENT_CHECK_MS).unref();

try {
  demo = await startDemo({ root, folder, ports: { portal: 4000, zone: 4100, provider: 4200, database: 4300 }, say });
  writeFileSync(join(root, '.aixin', 'start.pid'), String(process.pid));
  writeFileSync(
    join(folder, 'demo.json'),
    JSON.stringify({ mongoUrl: demo.mongoUrl, portalUrl: demo.portalUrl, zoneUrl: demo.zoneUrl }),
  );
  say(banner(demo));
  for (const child of demo.children) {
    void child.gone.then((code) => {
      if (stopping) return;
      say(`${child.name} 意外退出（${String(code)}），日志在 .aixin/data/logs/${child.name}.log`);
      void stop(1);
    });
  }
} catch (error) {
  process.stderr.write(`没有启动成功：${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
  await stop(1);
}

function banner({ portalUrl, providerUrl }: Demo): string {
  return `
  消费帮扶献爱心 已就绪（${((performance.now() - startedMs) / 1000).toFixed(1)} 秒）

    ${portalUrl}        演示门户，点“登录”选一个身份
    ${portalUrl}/zone   专区
    ${providerUrl}        模拟支付机构

  身份：
    member / member2            党员：逛专区、下单、付款、看自己的爱心
    secretary                   支部书记：${portalUrl}/branch
    fund-maker / fund-checker   基金管理员（经办、复核）：${portalUrl}/fund
    supplier                    供应商
    operator                    平台运营
    sponsor                     配捐方：${portalUrl}/fund
    auditor                     审计：${portalUrl}/fund

  脚本取令牌：curl -s ${portalUrl}/dev/token -H 'content-type: application/json' -d '{"persona":"member"}'
  核对不变量：npm run verify      清空数据：npm run reset      停止：Ctrl-C
`;
}
