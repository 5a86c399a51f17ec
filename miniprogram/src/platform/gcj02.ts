// Browsers tell places in WGS 84, maps and phones in China in GCJ-02, which is shifted by some hundred meters. We
// speak GCJ-02 everywhere, so what a browser says is converted here.
const axis = 6378245
const eccentricity = 0.006693421622965943

/** The place in GCJ-02; abroad both are the same. */
export function toGCJ02(lat: number, lng: number): { lat: number; lng: number } {
  if (lng < 72.004 || lng > 137.8347 || lat < 0.8293 || lat > 55.8271) return { lat, lng }
  const x = lng - 105, y = lat - 35
  const wave = (amount: number, of: number, length: number): number => amount * Math.sin((of / length) * Math.PI)
  const common = ((wave(20, x, 1 / 6) + wave(20, x, 0.5)) * 2) / 3
  const root = Math.sqrt(Math.abs(x))
  const north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common
    + ((wave(20, y, 1) + wave(40, y, 3) + wave(160, y, 12) + wave(320, y, 30)) * 2) / 3
  const east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common
    + ((wave(20, x, 1) + wave(40, x, 3) + wave(150, x, 12) + wave(300, x, 30)) * 2) / 3
  const angle = (lat / 180) * Math.PI
  const bend = 1 - eccentricity * Math.sin(angle) ** 2
  const meridian = (axis * (1 - eccentricity)) / (bend * Math.sqrt(bend))
  return {
    lat: lat + (north * 180) / (meridian * Math.PI),
    lng: lng + (east * 180) / ((axis / Math.sqrt(bend)) * Math.cos(angle) * Math.PI),
  }
}
