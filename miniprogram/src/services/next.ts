// The next matter that waits for staff, after one is decided.
import { approvals, pageOf } from './staff'
import type { Lead } from './messageLinks'

export interface Next { to: Lead; left: number }

/** The matter that has waited longest, and how many wait in all; undefined when nothing does. */
export async function nextMatter(): Promise<Next | undefined> {
  const { items, counts } = await approvals.list()
  const first = [...items].sort((a, b) => a.since.localeCompare(b.since)).map(pageOf).find((to) => to)
  return first && { to: first, left: counts.reduce((sum, c) => sum + c.count, 0) }
}
