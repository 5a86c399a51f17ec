import { describe, expect, it } from 'vitest'
import { toGCJ02 } from '@/platform/gcj02'

// Places that other implementations publish in both systems.
describe('GCJ-02', () => {
  it.each([
    [31.1774276, 121.5272106, 31.17530398364597, 121.531541859215],
    [22.543847, 113.912316, 22.540796131694766, 113.9171764808363],
    [39.911954, 116.377817, 39.91334545536069, 116.38404722455657],
    [37.5665, 139.6917, 37.5665, 139.6917],
  ])('knows %d, %d', (lat, lng, wantLat, wantLng) => {
    const got = toGCJ02(lat, lng)
    expect(got.lat).toBeCloseTo(wantLat, 9)
    expect(got.lng).toBeCloseTo(wantLng, 9)
  })
})
