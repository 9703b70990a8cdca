// What newer browsers can do by themselves. The floor is Chromium 87 and iOS 14 (package.json): a phone of 2020 buys, too.

/** A new list in order; the given one stays as it is. */
export const sorted = <Item>(list: readonly Item[], compare?: (one: Item, other: Item) => number): Item[] =>
  [...list].sort(compare);

/** The last item; undefined where there is none. */
export const lastOf = <Item>(list: readonly Item[]): Item | undefined => list[list.length - 1];

/** The place of the last item that the test holds for; -1 where there is none. */
export const lastIndexWhere = <Item>(list: readonly Item[], test: (item: Item) => boolean): number => {
  let at = list.length - 1;
  while (at >= 0 && !test(list[at] as Item)) at -= 1;
  return at;
};
