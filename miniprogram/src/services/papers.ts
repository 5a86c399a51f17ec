// What people take away on paper: the service card, certificates, a unit's card.
import { now } from './clock'
import { get, show } from './http'
import { write } from './writes'
import type { Certificate, CertificateField, Page, ServiceCard, ServicePerson, UnitDeeds } from './types'

export interface Wanted {
  from: string
  until: string
  show: CertificateField[]
  name?: string // who has reported in needs none
}

export const papers = {
  card: () => get<ServiceCard>('/me/card'),
  mine: (cursor?: string, limit?: number) => get<Page<Certificate>>('/me/certificates', { cursor, limit }),
  issue: (body: Wanted) =>
    write<Certificate>({ slot: 'certificate', label: '您的证明', method: 'POST', path: '/me/certificates', body }),
  /** For somebody else, by staff. */
  issueFor: (userId: string, wanted: Wanted) =>
    write<Certificate>({
      slot: `certificate/for/${userId}`, label: '代开的证明', method: 'POST', path: '/certificates', body: { userId, ...wanted },
    }),
  /** What was issued where I work. */
  issued: (cursor?: string) => get<Page<Certificate>>('/certificates', { cursor }),
  /** Who of a community has served. */
  people: (nodeId: string, words: string, cursor?: string) => get<Page<ServicePerson>>('/volunteers', { nodeId, words, cursor }),
  revoke: (id: string, reason: string) =>
    write<Certificate>({
      slot: `certificate/${id}`, label: '证明的作废', method: 'POST', path: `/certificates/${id}/revocation`, body: { reason },
    }),
  open: (id: string) => show(`/certificates/${id}/pdf`, 'pdf'),
  /** What a unit's members did in a period, to read before it is taken away. */
  deeds: (node: string, period: string) => get<UnitDeeds>(`/units/${node}/deeds`, { period }),
  unit: (node: string, period: string, kind: 'pdf' | 'xlsx') =>
    show(`/units/${node}/cards?period=${period}&format=${kind}`, kind),
}

export interface Span {
  name: string
  from: string
  until: string
}

/** The county's day, as dates are written: 2026-03-11. */
export const today = (present = now()): string => new Date(present + 8 * 3600000).toISOString().slice(0, 10)

/** The spans that people ask certificates for: each year with service, and all of it together. */
export function spans(years: number[], present = now()): Span[] {
  const until = today(present)
  const all = [...years].sort((a, b) => b - a)
  const each = all.map((y) => ({
    name: `${y} 年`, from: `${y}-01-01`, until: String(y) === until.slice(0, 4) ? until : `${y}-12-31`,
  }))
  return each.length > 1 ? [{ name: '全部', from: `${all.at(-1)!}-01-01`, until }, ...each] : each
}

/** The years from one day to another. */
export const yearsOf = (first: string, last: string): number[] =>
  Array.from({ length: Number(last.slice(0, 4)) - Number(first.slice(0, 4)) + 1 }, (_, i) => Number(first.slice(0, 4)) + i)

/** A day as the page says it: 2026 年 3 月 11 日. */
export const dayWords = (day: string): string => day.split('-').map(Number).join(' 年 ').replace(/ 年 (\d+)$/, ' 月 $1 日')

/** From a day to another, in two parts that are broken only between them: 到 stays with its day. */
export const spanDays = (from: string, until: string): string[] => [dayWords(from), `到 ${dayWords(until)}`]

/** The last months that are over, the latest first. */
export function months(count: number, present = now()): { name: string; code: string }[] {
  const at = new Date(present + 8 * 3600000)
  const last = at.getUTCFullYear() * 12 + at.getUTCMonth() - 1
  return Array.from({ length: count }, (_, i) => last - i).map((n) => ({
    name: `${Math.floor(n / 12)} 年 ${(n % 12) + 1} 月`, code: `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`,
  }))
}

/** The last quarters, this one first, as the server names them. */
export function quarters(count: number, present = now()): { name: string; period: string }[] {
  const at = new Date(present + 8 * 3600000)
  const first = at.getUTCFullYear() * 4 + Math.floor(at.getUTCMonth() / 3)
  return Array.from({ length: count }, (_, i) => first - i).map((n) => ({
    name: `${Math.floor(n / 4)} 年第 ${(n % 4) + 1} 季度`, period: `${Math.floor(n / 4)}Q${(n % 4) + 1}`,
  }))
}
