import type { CountyData } from '../product-data.js';
import { chengkou } from './chengkou.js';
import { fengdu } from './fengdu.js';
import { fengjie } from './fengjie.js';
import { fuling } from './fuling.js';
import { kaizhou } from './kaizhou.js';
import { nanchuan } from './nanchuan.js';
import { pengshui } from './pengshui.js';
import { qianjiang } from './qianjiang.js';
import { shizhu } from './shizhu.js';
import { tongnan } from './tongnan.js';
import { wanzhou } from './wanzhou.js';
import { wulong } from './wulong.js';
import { wushan } from './wushan.js';
import { wuxi } from './wuxi.js';
import { xiushan } from './xiushan.js';
import { youyang } from './youyang.js';
import { yunyang } from './yunyang.js';
import { zhongxian } from './zhongxian.js';

/** What each county sells, in the order in which the counties are listed. */
export const COUNTY_DATA: readonly CountyData[] = [
  chengkou,
  wuxi,
  youyang,
  pengshui,
  fengjie,
  yunyang,
  shizhu,
  xiushan,
  wushan,
  wanzhou,
  qianjiang,
  kaizhou,
  wulong,
  fengdu,
  fuling,
  nanchuan,
  tongnan,
  zhongxian,
];
