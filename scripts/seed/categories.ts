export interface CategoryFacts {
  readonly key: CategoryKey;
  readonly name: string;
  /** A name of the icon set. */
  readonly icon: string;
  /** The sky of its pictures, from top to horizon: paper-like, so that the produce is what one sees. */
  readonly sky: readonly [string, string];
}

export type CategoryKey = 'fruit' | 'vegetable' | 'grain' | 'meat' | 'tea' | 'honey' | 'sauce' | 'snack' | 'craft';

export const CATEGORIES: readonly CategoryFacts[] = [
  { key: 'fruit', name: '时令鲜果', icon: 'tangerine', sky: ['#fde6d2', '#fff4e8'] },
  { key: 'vegetable', name: '蔬菜菌菇', icon: 'brown-mushroom', sky: ['#e3ecd9', '#f4f8ec'] },
  { key: 'grain', name: '粮油米面', icon: 'sheaf-of-rice', sky: ['#f3e6cb', '#fbf5e6'] },
  { key: 'meat', name: '肉禽蛋品', icon: 'bacon', sky: ['#f6e0da', '#fcf1ec'] },
  { key: 'tea', name: '茶叶饮品', icon: 'teapot', sky: ['#dcebe0', '#f0f7ef'] },
  { key: 'honey', name: '蜂蜜山珍', icon: 'honey-pot', sky: ['#f6e7c4', '#fdf6e4'] },
  { key: 'sauce', name: '调味酱菜', icon: 'hot-pepper', sky: ['#f8ddd5', '#fdefe8'] },
  { key: 'snack', name: '糕点零食', icon: 'cookie', sky: ['#f1e4d8', '#faf3ea'] },
  { key: 'craft', name: '手工艺品', icon: 'thread', sky: ['#e3e2ef', '#f4f3f9'] },
];
