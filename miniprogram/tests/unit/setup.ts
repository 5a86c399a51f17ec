// A phone for the units: its storage, and a network that each test writes.
import { beforeEach, vi } from 'vitest'

export interface Sent {
  url: string
  method: string
  data?: string
  header: Record<string, string>
}
export type Network = (sent: Sent) => { statusCode: number; data: unknown; header?: Record<string, string> } | 'away'

export const phone = { storage: new Map<string, unknown>(), sent: [] as Sent[], network: (() => 'away') as Network }

const uni = {
  getStorageSync: (key: string) => phone.storage.get(key) ?? '',
  setStorageSync: (key: string, value: unknown) => phone.storage.set(key, JSON.parse(JSON.stringify(value))),
  removeStorageSync: (key: string) => phone.storage.delete(key),
  getAppBaseInfo: () => ({ fontSizeSetting: 16 }),
  onNetworkStatusChange: () => undefined,
  request: (r: Sent & { success: (a: object) => void; fail: (e: object) => void }) => {
    phone.sent.push(r)
    const answer = phone.network(r)
    if (answer === 'away') r.fail({ errMsg: 'request:fail' })
    else r.success({ header: {}, ...answer })
  },
}
vi.stubGlobal('uni', uni)

beforeEach(() => {
  phone.storage.clear()
  phone.sent = []
  vi.resetModules()
})
