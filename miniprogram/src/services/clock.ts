// The server's time: a phone's own clock may be wrong, and in the demo days pass at once.
import { storage } from '@/platform'

let ahead = storage.get<number>('ahead') ?? 0 // milliseconds

/** Milliseconds since 1970, by the server's clock as last read. */
export const now = (): number => Date.now() + ahead

/** Takes over the time that the server says, RFC 3339. */
export function syncClock(date: string): void {
  const at = Date.parse(date)
  if (Number.isNaN(at) || Math.abs(at - now()) < 2000) return
  ahead = at - Date.now()
  storage.set('ahead', ahead)
}
