// A paged list read to its end, for what is picked from or counted: a first page alone would pass for everything.
import { Said } from './errors'
import type { Page } from './types'

const mostPages = 50

/** Everything of a list, page by page. Errors: those of read; Said when the list does not end within fifty pages. */
export async function all<T>(read: (cursor?: string) => Promise<Page<T>>): Promise<T[]> {
  const found: T[] = []
  let cursor: string | undefined
  for (let n = 0; n < mostPages; n++) {
    const page = await read(cursor)
    found.push(...page.items)
    cursor = page.nextCursor
    if (!cursor) return found
  }
  throw new Said('这里太多，一次看不完。请打电话给社区。')
}
