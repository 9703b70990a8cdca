import { describe, expect, it } from '@jest/globals';
import { partAddress } from './pasted-address.js';

const right = { recipient: '张三', mobile: '13800138000', region: '重庆市城口县', detail: '葛城街道1号' };

describe('a pasted address', () => {
  it.each([
    '张三 138-0013-8000 重庆市城口县葛城街道1号',
    '张三，+86 138 0013 8000，重庆市城口县葛城街道 1号',
    '重庆市城口县葛城街道1号 张三 13800138000',
    '收货人：张三\n手机号：１３８００１３８０００\n所在地区：重庆市城口县\n详细地址：葛城街道1号',
    '\u202a张三\u202c 13800138000 重庆市城口县葛城街道1号',
  ])('is parted: %j', (line) => {
    expect(partAddress(line)).toEqual(right);
  });

  it.each([
    ['李四 13912345678 广东省深圳市南山区科技园路 2 号', '广东省深圳市南山区', '科技园路2号'],
    ['李四 13912345678 广东省东莞市南城街道鸿福社区', '广东省东莞市', '南城街道鸿福社区'],
    ['李四 13912345678 湖北省恩施土家族苗族自治州利川市都亭街道', '湖北省恩施土家族苗族自治州利川市', '都亭街道'],
  ])('keeps what belongs together: %s', (line, region, detail) => {
    expect(partAddress(line)).toMatchObject({ region, detail });
  });

  it.each([
    '张三',
    '13800138000',
    '重庆市城口县葛城街道1号',
    '张三 13800138000 13900139000 重庆市城口县葛城街道1号',
    '张三 13800138000 葛城街道1号',
    '13800138000 重庆市城口县葛城街道1号 幸福小区',
    '张三 13800138000 重庆市',
  ])('is left alone where a part is missing or in doubt: %s', (line) => {
    expect(partAddress(line)).toBeUndefined();
  });
});
