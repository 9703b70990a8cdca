import type { Landscape } from './picture/landscape.js';

export interface CountyFacts {
  /** GB/T 2260. */
  readonly code: string;
  readonly name: string;
  readonly fullName: string;
  /** On charts, and the hills of its pictures. */
  readonly color: string;
  /** The shape of its land, for pictures. */
  readonly landscape: Landscape;
}

/** The 18 counties in the order in which screens list them. Configuration of this city, not code of the zone. */
export const COUNTIES: readonly CountyFacts[] = [
  { code: '500229', name: '城口', fullName: '城口县', color: '#5b7a4c', landscape: 'peaks' },
  { code: '500238', name: '巫溪', fullName: '巫溪县', color: '#3f7d78', landscape: 'peaks' },
  { code: '500242', name: '酉阳', fullName: '酉阳土家族苗族自治县', color: '#7a6a3a', landscape: 'terraces' },
  { code: '500243', name: '彭水', fullName: '彭水苗族土家族自治县', color: '#4a6fa0', landscape: 'gorge' },
  { code: '500236', name: '奉节', fullName: '奉节县', color: '#c0722c', landscape: 'gorge' },
  { code: '500235', name: '云阳', fullName: '云阳县', color: '#9a5d43', landscape: 'river' },
  { code: '500240', name: '石柱', fullName: '石柱土家族自治县', color: '#a8443c', landscape: 'forest' },
  { code: '500241', name: '秀山', fullName: '秀山土家族苗族自治县', color: '#4f8562', landscape: 'terraces' },
  { code: '500237', name: '巫山', fullName: '巫山县', color: '#6b8f3d', landscape: 'gorge' },
  { code: '500101', name: '万州', fullName: '万州区', color: '#b8552f', landscape: 'river' },
  { code: '500114', name: '黔江', fullName: '黔江区', color: '#5f7f8f', landscape: 'karst' },
  { code: '500154', name: '开州', fullName: '开州区', color: '#c08a2e', landscape: 'river' },
  { code: '500156', name: '武隆', fullName: '武隆区', color: '#3e7a5a', landscape: 'karst' },
  { code: '500230', name: '丰都', fullName: '丰都县', color: '#8a4f5c', landscape: 'river' },
  { code: '500102', name: '涪陵', fullName: '涪陵区', color: '#6f7f3a', landscape: 'terraces' },
  { code: '500119', name: '南川', fullName: '南川区', color: '#46785f', landscape: 'forest' },
  { code: '500152', name: '潼南', fullName: '潼南区', color: '#b39a2a', landscape: 'plain' },
  { code: '500233', name: '忠县', fullName: '忠县', color: '#a2663a', landscape: 'plain' },
];
