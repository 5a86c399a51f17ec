// Brands (品牌): lasting services of communities, which units build together.
import { get } from './http'
import { write } from './writes'
import type { Brand, BrandDetail, BrandScope, BrandStatus, Page } from './types'

export interface BrandDraft {
  nodeId: string
  unitId: string // that leads
  byUnit?: boolean // it is proposed for the unit
  name: string
  text: string
  forWhom: string
}

export const brands = {
  create: (draft: BrandDraft) => write<Brand>({ slot: 'brand', label: '您提的品牌', method: 'POST', path: '/brands', body: { ...draft } }),
  list: (scope: BrandScope, by: { status?: BrandStatus; nodeId?: string; unitId?: string } = {}, cursor?: string) =>
    get<Page<Brand>>('/brands', { scope, ...by, cursor }),
  get: (id: string) => get<BrandDetail>(`/brands/${id}`),
  accept: (id: string) => write<Brand>({ slot: `brand/accept/${id}`, label: '答应办品牌', method: 'POST', path: `/brands/${id}/acceptance` }),
  join: (id: string, unitId: string) =>
    write<Brand>({ slot: `brand/join/${id}`, label: '一起办品牌', method: 'POST', path: `/brands/${id}/units`, body: { unitId } }),
  leave: (id: string, unitId: string, reason: string) =>
    write<Brand>({ slot: `brand/leave/${id}`, label: '不再一起办', method: 'POST', path: `/brands/${id}/leaving`, body: { unitId, reason } }),
  open: (id: string) => write<Brand>({ slot: `brand/ballot/${id}`, label: '请居民投票', method: 'POST', path: `/brands/${id}/ballots` }),
  renew: (id: string) => write<Brand>({ slot: `brand/renew/${id}`, label: '再续一年', method: 'POST', path: `/brands/${id}/renewals` }),
  stop: (id: string, reason: string) =>
    write<Brand>({ slot: `brand/stop/${id}`, label: '不办了', method: 'POST', path: `/brands/${id}/stop`, body: { reason } }),
}
