// Which pages are kept to be seen without a network: few, for a while, and none that names other people.
import { storedPages } from '@/platform'
import { now } from './clock'

export interface Memory<T> {
  at: number // when it was read, milliseconds
  data: T
}

export const mostPages = 20
const longest = 7 * 86400000
const largest = 60_000 // letters
// What is public or one's own. Rolls, complaints, contacts, names and what waits for staff are not here, and what is new
// is not kept before it stands here.
const keepable = [
  'home', 'hall', 'may-claim', 'stats', 'wish', 'wishes', 'claim', 'claims', 'promise', 'categories', 'places', 'activities', 'activity',
  'checkin', 'teams', 'team', 'card', 'record', 'records', 'hours', 'points', 'entries', 'boards',
]
const keeps = (key: string) => keepable.includes(key.split('/')[0]!)

/** What a page last showed, unless that is too long ago. */
export function recall<T>(key: string): Memory<T> | undefined {
  const memory = keeps(key) ? storedPages.get<Memory<T>>(key) : undefined
  if (!memory || now() - memory.at < longest) return memory
  storedPages.drop(key)
  return undefined
}

/** Keeps what a page shows, if it is of those that are kept; the oldest goes for it. */
export function remember<T>(key: string, memory: Memory<T>): void {
  if (!keeps(key)) return
  if (JSON.stringify(memory).length > largest || !storedPages.set(key, memory)) return storedPages.drop(key)
  const all = storedPages.keys()
  if (all.length > mostPages) byAge(all).slice(0, all.length - mostPages).forEach(storedPages.drop)
}

export const forget = (key: string): void => storedPages.drop(key)

const byAge = (keys: string[]) => {
  const at = new Map(keys.map((key) => [key, storedPages.get<Memory<unknown>>(key)?.at ?? 0]))
  return keys.sort((a, b) => at.get(a)! - at.get(b)!)
}

/** Throws away what is not kept, or no longer. Call once, at the start. */
export function sweep(): void {
  for (const key of storedPages.keys()) if (!recall(key)) storedPages.drop(key)
}
