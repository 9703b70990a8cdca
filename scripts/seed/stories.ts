export interface StoryData {
  readonly id: string;
  readonly title: string;
  readonly quote: string;
  readonly body: string;
  readonly place: string;
  readonly countyCode: string;
  readonly productId: string;
  readonly icon: string;
  readonly beside?: string;
}

/** 第一书记说产品: who told it is left out on purpose, a story recommends nothing (rule 14). */
export const STORIES: readonly StoryData[] = [
  {
    id: 'story-honey',
    title: '一年只取一次的蜜',
    quote: '蜂箱放在海拔一千四的老林边，一年只取一次蜜',
    body: '驻村头一年，我跟着老蜂农上山，走了两个小时才看到蜂箱。合作社三十二户一起养，谁家取蜜，别家都去帮忙。我们把取蜜的日子写在瓶底，哪一天、哪一户、哪一片林子，都查得到。',
    place: '城口县 · 东安镇 某村',
    countyCode: '500229',
    productId: 'p-50022901',
    icon: 'honeybee',
  },
  {
    id: 'story-potato',
    title: '沙地里的洋芋',
    quote: '雨停了就得下地，晚一天，薯皮就老了',
    body: '这里的地高，种别的收不回本钱，种洋芋正好。刚来那年洋芋烂在窖里，缺的不是收成，是路。现在冷链车能开到村口，挖出来当天装箱，第二天就下山。',
    place: '巫溪县 · 尖山镇 某村',
    countyCode: '500238',
    productId: 'p-50023801',
    icon: 'potato',
    beside: 'delivery-truck',
  },
  {
    id: 'story-orange',
    title: '等一等再摘',
    quote: '果子过了冬至再下树，多等的那几天，都在味道里',
    body: '以前大家抢着早卖，青的也摘。村里开了七次会，定下同一天开园，谁先摘谁自己卖。第三年，外面来的车开始排队等我们开园了。',
    place: '奉节县 · 白帝镇 某村',
    countyCode: '500236',
    productId: 'p-50023601',
    icon: 'tangerine',
  },
  {
    id: 'story-tea',
    title: '夜里的茶灯',
    quote: '白天采，夜里炒，清明前那十天，灯不熄',
    body: '村里会炒茶的师傅只剩四个，都过了六十。我们办了夜校，灯下教，白天用。去年有三个年轻人从外面回来，现在第五口锅是他们的。',
    place: '秀山县 · 钟灵镇 某村',
    countyCode: '500241',
    productId: 'p-50024101',
    icon: 'teapot',
  },
  {
    id: 'story-brocade',
    title: '奶奶的织机',
    quote: '机子是奶奶的，花样也是，线是我们新染的',
    body: '十四台老织机从各家的阁楼搬到了村委会旁边。织得慢，一天一片杯垫，可是人可以守着家、看着孩子。卖出去的每一片，背后都缝着织的人的名字。',
    place: '酉阳县 · 龙潭镇 某村',
    countyCode: '500242',
    productId: 'p-50024211',
    icon: 'thread',
  },
  {
    id: 'story-pickle',
    title: '江风里的菜架',
    quote: '菜架搭在江边，晾几天要看风，不看日历',
    body: '立春前后，江边十里都是晾菜的架子。合作社统一了盐量和坛子，每一坛贴着腌的人家。年轻人做了直播，老人在镜头后面还在翻菜。',
    place: '涪陵区 · 珍溪镇 某村',
    countyCode: '500102',
    productId: 'p-50010201',
    icon: 'leafy-green',
    beside: 'amphora',
  },
  {
    id: 'story-quilt',
    title: '十二层丝',
    quote: '十二层丝套在一起，四个人，各拉一个角',
    body: '桑树种下去要三年才能养蚕，前三年村里人心里都没底。现在一年四季茧，茧站就设在学校旧址。拉丝绵的车间里有一面窗，谁都可以来看。',
    place: '黔江区 · 石会镇 某村',
    countyCode: '500114',
    productId: 'p-50011402',
    icon: 'thread',
    beside: 'herb',
  },
  {
    id: 'story-bamboo',
    title: '秋天冒头的笋',
    quote: '别处的笋在春天，我们的笋等到秋天',
    body: '进山采笋的时间、只采哪一片、留几根做种，写在村规里。守了六年，笋一年比一年多。背笋的路修成了石阶，老人也能走。',
    place: '南川区 · 头渡镇 某村',
    countyCode: '500119',
    productId: 'p-50011901',
    icon: 'tanabata-tree',
  },
];
