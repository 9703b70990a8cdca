/**
 * Where each county stands on the tile map: column and row on a coarse grid that keeps who is north, east, up and down the
 * river of whom. Keyed by GB/T 2260; a county that is not here (another city's) simply follows in a row below.
 */
export const countyPlaces: Readonly<Record<string, readonly [column: number, row: number]>> = {
  '500229': [4, 1],
  '500154': [3, 2],
  '500238': [5, 2],
  '500101': [3, 3],
  '500235': [4, 3],
  '500236': [5, 3],
  '500237': [6, 3],
  '500152': [1, 4],
  '500233': [3, 4],
  '500240': [4, 4],
  '500102': [2, 5],
  '500230': [3, 5],
  '500114': [5, 5],
  '500119': [1, 6],
  '500156': [2, 6],
  '500243': [4, 6],
  '500242': [5, 6],
  '500241': [6, 6],
};
