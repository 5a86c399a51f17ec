// What everybody may see of the whole: figures, boards, points, messages.
import { now } from './clock'
import { get, show } from './http'
import { roles } from './me'
import { write } from './writes'
import type { Leaderboard, Message, Page, PointEntry, Stats } from './types'

export type Letters = Page<Message> & { unread: number }
export type Subject = 'member' | 'unit' | 'team' | 'community'
export type Metric = 'points' | 'minutes'

export const stats = (nodeId?: string) => get<Stats>('/stats', { nodeId })

/** Who holds no role may take nothing away, and does not ask. */
const rights = () => roles.any() || undefined

export const boards = {
  top: (q: { metric: Metric; subject: Subject; nodeId?: string; period: string; cursor?: string }) =>
    get<Leaderboard>('/leaderboards', { ...q, rights: rights() }),
  around: (q: { metric: Metric; subject: Subject; nodeId?: string; period: string }) =>
    get<Leaderboard>('/leaderboards', { ...q, around: 'me', rights: rights() }),
  /** The board as a spreadsheet, for staff. */
  file: ({ metric, subject, nodeId, period }: { metric: Metric; subject: Subject; nodeId?: string; period: string }) =>
    show(`/leaderboards/export?format=xlsx&metric=${metric}&subject=${subject}&period=${period}${nodeId ? `&nodeId=${nodeId}` : ''}`, 'xlsx'),
}

export const points = {
  mine: () => get<{ balance: number; thisYear: number; minutes: number; minutesThisYear: number }>('/me/points'),
  entries: (cursor?: string) => get<Page<PointEntry>>('/me/points/entries', { cursor }),
}

export const messages = {
  list: (cursor?: string) => get<Letters>('/inbox', { cursor }),
  unread: async () => (await get<Letters>('/inbox', { limit: 1 })).unread,
  read: (upTo: string) =>
    write<{ unread: number }>({ slot: 'read', label: '已读', method: 'POST', path: '/inbox/read', body: { upTo } }),
}

/** The period of a board that holds a moment, on the county's clock: 2026-11, 2026Q4, 2026. */
export function periodOf(span: 'month' | 'quarter' | 'year', present = now()): string {
  const at = new Date(present + 8 * 3600000)
  const year = at.getUTCFullYear()
  const month = at.getUTCMonth() + 1
  if (span === 'year') return String(year)
  if (span === 'quarter') return `${year}Q${Math.ceil(month / 3)}`
  return `${year}-${String(month).padStart(2, '0')}`
}
