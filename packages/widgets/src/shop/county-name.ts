/** 城口县 → 城口, 酉阳土家族苗族自治县 → 酉阳: as people say it where room is short. 忠县 stays: nobody says 忠. */
export const countyShort = (name: string): string =>
  name.length > 2 ? name.replace(/(各族|土家族苗族|苗族土家族|土家族)?(自治)?[县区]$/, '') : name;
