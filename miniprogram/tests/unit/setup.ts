// A phone for the units: its storage, and a network that each test writes.
import { afterAll, afterEach, beforeEach, vi } from 'vitest'

export interface Sent {
  url: string
  method: string
  data?: string
  header: Record<string, string>
}
export type Network = (sent: Sent) => { statusCode: number; data: unknown; header?: Record<string, string> } | 'away'

export const phone = {
  storage: new Map<string, unknown>(),
  sent: [] as Sent[],
  network: (() => 'away') as Network,
  room: Infinity, // how many values its storage takes
  hold: undefined as ((go: () => void) => void) | undefined, // who keeps an answer back
  chosen: [] as { path: string; size: number }[], // what the person picks from the album
}

const uni = {
  getStorageSync: (key: string) => phone.storage.get(key) ?? '',
  setStorageSync: (key: string, value: unknown) => {
    if (!phone.storage.has(key) && phone.storage.size >= phone.room) throw new Error('setStorageSync:fail exceed storage max size')
    phone.storage.set(key, JSON.parse(JSON.stringify(value)))
  },
  getStorageInfoSync: () => ({ keys: [...phone.storage.keys()] }),
  removeStorageSync: (key: string) => phone.storage.delete(key),
  getAppBaseInfo: () => ({ fontSizeSetting: 16 }),
  onNetworkStatusChange: () => undefined,
  request: (r: Sent & { success: (a: object) => void; fail: (e: object) => void }) => {
    phone.sent.push(r)
    const answer = phone.network(r)
    const go = () => (answer === 'away' ? r.fail({ errMsg: 'request:fail' }) : r.success({ header: {}, ...answer }))
    if (phone.hold) phone.hold(go)
    else go()
  },
  // outside of a build all platforms' code runs, one after the other
  chooseMedia: (o: { success: (r: object) => void }) =>
    o.success({ tempFiles: phone.chosen.map(({ path, size }) => ({ tempFilePath: path, size })) }),
  chooseImage: () => undefined,
  uploadFile: (r: Omit<Sent, 'data' | 'method'> & { filePath: string; success: (a: object) => void; fail: (e: object) => void }) => {
    const sent = { url: r.url, header: r.header, method: 'POST', data: r.filePath }
    phone.sent.push(sent)
    const answer = phone.network(sent)
    if (answer === 'away') r.fail({ errMsg: 'uploadFile:fail' })
    else r.success({ statusCode: answer.statusCode, data: JSON.stringify(answer.data) })
  },
}
vi.stubGlobal('uni', uni)
vi.stubGlobal('getCurrentPages', () => [])

// Where no document is: code for a page in a browser runs all the same, outside of a build.
if (typeof document === 'undefined') {
  const tab = new Map<string, string>()
  vi.stubGlobal('sessionStorage', { getItem: (key: string) => tab.get(key) ?? null, setItem: (key: string, value: string) => tab.set(key, value) })
  vi.stubGlobal('window', { addEventListener: () => undefined, location: { origin: 'http://localhost:3000', hash: '' } })
}

beforeEach(() => {
  phone.storage.clear()
  phone.sent = []
  phone.room = Infinity
  phone.hold = undefined
  vi.resetModules()
})

// What a test leaves waiting ends with it: a write that tries again later would meet another test's network.
const { setTimeout: real } = globalThis
const waiting = new Set<ReturnType<typeof setTimeout>>()
globalThis.setTimeout = ((...start: Parameters<typeof real>) => {
  const timer = real(...start)
  waiting.add(timer)
  return timer
}) as typeof real
afterEach(() => {
  waiting.forEach((timer) => clearTimeout(timer))
  waiting.clear()
})
afterAll(() => {
  globalThis.setTimeout = real
})
