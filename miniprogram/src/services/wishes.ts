import { call, get } from './http'
import { toldApart } from './namesakes'
import { write } from './writes'
import type { Category, Claim, ClaimWithWish, Colleague, Contact, ContactRead, KeptContact, KnownContact, Page, Wish, WishDetail } from './types'

export interface Draft {
  nodeId: string
  category: string
  title: string
  description: string
  contact: Contact
  effort?: Wish['effort']
  suits?: Wish['suits']
  estate?: string
  onBehalf?: { consent: 'oral' | 'paper'; note: string }
  photoIds: string[]
}

export interface Filter {
  nodeId?: string
  status?: string
  category?: string
  q?: string
  mine?: boolean
  cursor?: string
  limit?: number
}

export const wishes = {
  categories: () => get<Page<Category>>('/categories'),
  list: (filter: Filter) => get<Page<Wish>>('/wishes', { ...filter }),
  get: (id: string) => get<WishDetail>(`/wishes/${id}`),
  contact: (id: string, reason?: string) => get<KnownContact>(`/wishes/${id}/contact`, { reason }),
  reads: (id: string, cursor?: string) => get<Page<ContactRead>>(`/wishes/${id}/contact-reads`, { cursor }),
  post: (draft: Draft) =>
    write<Wish>({ slot: 'wish', label: '您的心愿', method: 'POST', path: '/wishes', body: draft, unkept: true }),
  edit: (id: string, { category, title, description, contact, photoIds, effort, suits, estate }: Draft) =>
    write<Wish>({
      slot: `edit/${id}`, label: '您的修改', method: 'PATCH', path: `/wishes/${id}`,
      body: { category, title, description, contact, photoIds, effort, suits, estate }, unkept: true,
    }),
  /** Gives a wish that was posted on behalf to its resident. */
  attach: (id: string, userId: string) =>
    write<Wish>({ slot: `owner/${id}`, label: '心愿的交还', method: 'POST', path: `/wishes/${id}/owner`, body: { userId } }),
  withdraw: (id: string) =>
    write<Wish>({ slot: `withdraw/${id}`, label: '您的撤回', method: 'POST', path: `/wishes/${id}/withdrawal` }),
  review: (id: string, decision: 'publish' | 'reject', reason?: string) =>
    write<Wish>({
      slot: `review/${id}`, label: '您的决定', method: 'POST', path: `/wishes/${id}/review`, body: { decision, reason },
    }),
}

/** My contact as the server keeps it, sealed. It is never kept on the phone: neither here nor among unsent writes. */
export const contacts = {
  mine: () => get<KeptContact>('/me/contact'),
  keep: (contact: Contact) => call<{ consentedAt: string }>('POST', '/me/contact', contact),
  forget: () => call<void>('DELETE', '/me/contact'),
}

/** Writes down that I have spoken to whose contact it is: the number is right. */
export const spoken = (about: 'wish' | 'need', id: string, how: 'visit' | 'phone') =>
  write<void>({ slot: `spoken/${about}/${id}`, label: '电话的核实', method: 'POST', path: '/phone-checks', body: { about, id, how } })

export const claims = {
  mine: (cursor?: string) => get<Page<ClaimWithWish> & Left>('/claims', { mine: true, cursor }),
  /** My claims that are not delivered yet, three at most: they are what keeps me from the next. */
  undelivered: () => get<Page<ClaimWithWish> & Left>('/claims', { mine: true, undelivered: true, limit: 20 }),
  /** How many wishes I have fulfilled, counted to a hundred. */
  fulfilled: async () => {
    const { items, nextCursor } = await get<Page<ClaimWithWish>>('/claims', { mine: true, status: 'confirmed', limit: 100 })
    return nextCursor ? `${items.length}+` : String(items.length)
  },
  get: (id: string) => get<ClaimWithWish>(`/claims/${id}`),
  claim: (wish: string, participantIds?: string[]) =>
    write<Claim>({
      slot: `claim/${wish}`, label: '您的认领', method: 'POST', path: `/wishes/${wish}/claims`, body: { participantIds },
    }),
  colleagues: async () => {
    const page = await get<Page<Colleague>>('/colleagues')
    return { ...page, items: toldApart(page.items.map((c) => ({ ...c, belongs: c.nodeName }))) }
  },
  accept: (id: string) =>
    write<Claim>({ slot: `accept/${id}`, label: '您的加入', method: 'POST', path: `/claims/${id}/acceptance` }),
  review: (id: string, decision: 'approve' | 'decline', reason?: string) =>
    write<Claim>({
      slot: `claim-review/${id}`, label: '您的决定', method: 'POST', path: `/claims/${id}/review`,
      body: { decision, reason },
    }),
  /** Takes a confirmation back, and the points with it. */
  undo: (id: string, reason: string) =>
    write<Claim>({ slot: `undo/${id}`, label: '您的更正', method: 'POST', path: `/claims/${id}/undo`, body: { reason } }),
  release: (id: string, reason: string) =>
    write<Claim>({
      slot: `release/${id}`, label: '您的退回', method: 'POST', path: `/claims/${id}/release`, body: { reason },
    }),
  deliver: (id: string, note: string, photoIds: string[]) =>
    write<Claim>({
      slot: `deliver/${id}`, label: '您的登记', method: 'POST', path: `/claims/${id}/delivery`,
      body: { note, photoIds },
    }),
  confirm: (id: string, answer: Answer) =>
    write<Claim>({
      slot: `confirm/${id}`, label: '您的答复', method: 'POST', path: `/claims/${id}/confirmation`, body: answer,
    }),
  thank: (id: string, body: { rating?: number; comment?: string }) =>
    write<Claim>({ slot: `thanks/${id}`, label: '您的谢谢', method: 'POST', path: `/claims/${id}/thanks`, body }),
  /** Nobody answered the call: it goes on waiting. */
  missCall: (id: string) =>
    write<Claim>({ slot: `missed/${id}`, label: '这次回访', method: 'POST', path: `/claims/${id}/missed-calls` }),
}

/** How many more wishes I may claim. */
interface Left { mayClaim?: number }

export interface Answer {
  accepted: boolean
  nobodyCame?: boolean
  rating?: number
  comment?: string
  onBehalf?: { how: 'visit' | 'phone'; note: string }
}
