// Offers: what units and communities open to people, and who uses it when (资源与预约).
import { get, show } from './http'
import { person } from './me'
import type { paths } from './schema'
import { write } from './writes'
import type {
  Booking, BookingDetail, BookingScope, DeskWeek, Offer, OfferAudience, OfferDaySlots, OfferDetail, OfferKind, OfferScope, Page,
} from './types'

export interface Wanted {
  audience: OfferAudience
  people: number
  purpose?: string
  startsAt: string
  endsAt: string
  weeks?: number
  guest?: string // the name of who called, which only the host writes down
}

/** Why something is not open after all, and where people may come in its place. */
export interface Apology {
  reason?: string
  instead?: string
}

export type NewOffer = paths['/offers']['post']['requestBody']['content']['application/json']

export type NewHours = paths['/offers/{offerId}/hours']['post']['requestBody']['content']['application/json']

export const offers = {
  create: (o: NewOffer) => write<Offer>({ slot: 'offer', label: '开放的地方', method: 'POST', path: '/offers', body: { ...o } }),
  list: (scope: OfferScope, by: { kind?: OfferKind; nodeId?: string; hostId?: string }, cursor?: string) => get<Page<Offer>>('/offers', { scope, ...by, cursor }),
  get: (id: string) => get<OfferDetail>(`/offers/${id}`),
  slots: async (id: string, from?: string) => (await get<{ items: OfferDaySlots[] }>(`/offers/${id}/slots`, { from })).items,
  open: (id: string) => write<Offer>({ slot: `offer/open/${id}`, label: '开放', method: 'POST', path: `/offers/${id}/opening` }),
  suspend: (id: string) => write<Offer>({ slot: `offer/pause/${id}`, label: '暂停', method: 'POST', path: `/offers/${id}/suspension` }),
  close: (id: string, why: Apology) =>
    write<Offer>({ slot: `offer/close/${id}`, label: '不再开放', method: 'POST', path: `/offers/${id}/closing`, body: { ...why } }),
  closeDay: (id: string, day: string, why: Apology) =>
    write<Offer>({ slot: `offer/day/${id}`, label: '临时不开', method: 'POST', path: `/offers/${id}/days`, body: { day, kind: 'closed', ...why } }),
  setHours: (id: string, week: NewHours) =>
    write<Offer>({ slot: `offer/hours/${id}`, label: '新的开放时间', method: 'POST', path: `/offers/${id}/hours`, body: { ...week } }),
  /** What was booked of it in a month, 2026-11 for example. */
  takeMonth: (id: string, month: string, kind: 'pdf' | 'xlsx') => show(`/offers/${id}/month?month=${month}&format=${kind}`, kind, '预约表'),
  book: async (id: string, w: Wanted) =>
    (await write<{ items: Booking[] }>({ slot: `offer/book/${id}`, label: '您的预约', method: 'POST', path: `/offers/${id}/bookings`, body: { ...w } })).items,
  /** Eight digits at the door. */
  arrive: (id: string, code: string) =>
    write<Booking>({ slot: `offer/arrive/${id}`, label: '登记到场', method: 'POST', path: `/offers/${id}/arrivals`, body: { code } }),
}

export const bookings = {
  list: (scope: BookingScope, by: { offerId?: string; day?: string } = {}, cursor?: string) =>
    get<Page<Booking>>('/bookings', { scope, ...by, cursor, limit: 50 }),
  get: (id: string) => get<BookingDetail>(`/bookings/${id}`),
  receipt: (id: string) => show(`/bookings/${id}/pdf`, 'pdf', '预约回执'),
  decide: (id: string, decision: 'confirm' | 'decline', reason?: string) =>
    write<Booking>({ slot: `booking/decide/${id}`, label: '您的答复', method: 'POST', path: `/bookings/${id}/decision`, body: { decision, reason } }),
  cancel: (id: string) => write<Booking>({ slot: `booking/cancel/${id}`, label: '取消预约', method: 'POST', path: `/bookings/${id}/cancellation` }),
  callOff: (id: string, why: Required<Apology>) =>
    write<Booking>({ slot: `booking/off/${id}`, label: '临时不开', method: 'POST', path: `/bookings/${id}/calling-off`, body: { ...why } }),
  arrive: (id: string) => write<Booking>({ slot: `booking/arrive/${id}`, label: '登记到场', method: 'POST', path: `/bookings/${id}/arrival` }),
}

/** Desks out of hours, a week of them at a place and below it. */
export const desks = {
  week: (nodeId: string, day: string) => get<DeskWeek>('/desks', { nodeId, day }),
  take: (nodeId: string, day: string, kind: 'pdf' | 'xlsx') => show(`/desks/export?nodeId=${nodeId}&day=${day}&format=${kind}`, kind, '错时延时值守表'),
}

const hosting = ['unit_liaison', 'responder', 'secretary', 'street', 'county']

/** Whether I answer for something that is opened, as far as my roles tell. */
export const hosts = (): boolean => hostPlaces().length > 0

/** The places for which I may open something, as my roles name them. */
export const hostPlaces = (): { id: string; name: string }[] =>
  (person.me?.roles ?? []).filter((r) => hosting.includes(r.role)).map((r) => ({ id: r.nodeId, name: r.nodeName }))
