// Everything that differs between WeChat and a browser, and nothing else.

import * as phone from './device'
import { persona } from './persona'

export { phone }
export type { Outcome, Source } from './device'
export { become, persona, reload } from './persona'
export { logFault, takeUpdates } from './operation'
export { storage, storedPages } from './storage'

/** An HTTP answer of any status. */
export interface Answer {
  status: number
  body: unknown
  retryAfter: number // seconds; 0 when the server says nothing
  now: string // the server's time, RFC 3339
}

export interface Call {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  url: string
  body?: unknown
  headers: Record<string, string>
}

/** The network is gone, or the server did not answer in time. Nobody knows whether the call arrived. */
export class Unreachable extends Error {
  /** The detail is what the phone or a proxy says, for `sentenceOf` to judge and never to be shown. */
  constructor(readonly detail = '') {
    super('unreachable')
  }
}

const base = import.meta.env.VITE_API_BASE ?? ''

/** Sends one request. Any HTTP status is an answer. Error: Unreachable. */
export function send(call: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    uni.request({
      url: base + call.url,
      // WeChat has no PATCH: https://developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html
      method: (call.method === 'PATCH' ? 'POST' : call.method) as UniApp.RequestOptions['method'],
      data: call.body === undefined ? undefined : JSON.stringify(call.body),
      header: {
        'Content-Type': 'application/json',
        ...(call.method === 'PATCH' ? { 'X-HTTP-Method-Override': 'PATCH' } : {}),
        ...call.headers,
      },
      timeout: 15000,
      success: (r) => {
        const header = (r.header ?? {}) as Record<string, string>
        const retryAfter = Number(header['Retry-After'] ?? header['retry-after'] ?? 0) || 0
        const now = header['Xinyuan-Now'] ?? header['xinyuan-now'] ?? ''
        resolve({ status: r.statusCode, body: r.data, retryAfter, now })
      },
      fail: (e) => reject(new Unreachable(e.errMsg)),
    })
  })
}

/** Sends a file as the only part of a form, called file. Any HTTP status is an answer. Error: Unreachable. */
export function sendFile(url: string, path: string, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    uni.uploadFile({
      url: base + url, filePath: path, name: 'file', header: headers, timeout: 180000,
      success: (r) => {
        let body: unknown
        try {
          body = JSON.parse(r.data)
        } catch {
          body = undefined // a proxy in between
        }
        resolve({ status: r.statusCode, body, retryAfter: 0, now: '' })
      },
      fail: (e) => reject(new Unreachable(e.errMsg)),
    })
  })
}

/** Where a picture of the server's is fetched. */
export const address = (url: string): string => base + url

/**
 * Fetches a file and shows it: on a phone in WeChat's reader, in a browser in a new tab. Gives the status; what is
 * refused is not shown. Error: Unreachable.
 */
export function showFile(url: string, kind: 'pdf' | 'xlsx' | 'zip', headers: Record<string, string>, name = '服务卡'): Promise<number> {
  // #ifdef H5
  return new Promise((resolve, reject) => {
    uni.request({
      url: base + url, header: headers, responseType: 'arraybuffer', timeout: 30000,
      success: (r) => {
        if (r.statusCode === 200) {
          const type = { pdf: 'application/pdf', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', zip: 'application/zip' }[kind]
          const link = document.createElement('a')
          link.href = URL.createObjectURL(new Blob([r.data as ArrayBuffer], { type }))
          if (kind === 'pdf') link.target = '_blank'
          else link.download = `${name}.${kind}`
          link.click()
        }
        resolve(r.statusCode)
      },
      fail: (e) => reject(new Unreachable(e.errMsg)),
    })
  })
  // #endif
  // #ifndef H5
  return new Promise((resolve, reject) => {
    const failed = (e: { errMsg?: string }) => reject(new Unreachable(e.errMsg))
    uni.downloadFile({
      url: base + url, header: headers, timeout: 30000,
      success: (r) => {
        if (r.statusCode !== 200) return resolve(r.statusCode)
        if (kind === 'zip') { // no reader of WeChat's opens it: it is sent to a chat, such as the file transfer to oneself
          if (!wx.shareFileMessage) return reject(new Unreachable('shareFile'))
          return wx.shareFileMessage({ filePath: r.tempFilePath, fileName: '我的资料.zip', success: () => resolve(200), fail: () => reject(new Unreachable('shareFile')) })
        }
        uni.openDocument({
          filePath: r.tempFilePath, fileType: kind, showMenu: true, success: () => resolve(200), fail: () => reject(new Unreachable('openDocument')),
        })
      },
      fail: failed,
    })
  })
  // #endif
}

/** Whether WeChat's scanner opens this program: it does not open a web page's. */
export function miniCodes(): boolean {
  // #ifdef MP-WEIXIN
  return true
  // #endif
  // #ifndef MP-WEIXIN
  return false
  // #endif
}

/** A code for POST /sessions: WeChat's, or in the demo the one of the person chosen in the bar. */
export function loginCode(): Promise<string> {
  // #ifdef H5
  return Promise.resolve('demo-' + persona())
  // #endif
  // #ifndef H5
  return new Promise((resolve, reject) => {
    uni.login({ provider: 'weixin', success: (r) => resolve(r.code), fail: () => reject(new Unreachable('login')) })
  })
  // #endif
}

/** What WeChat's button for the phone number gives in the demo, for the person chosen in the bar. */
export function demoPhoneCode(): string {
  // #ifdef H5
  return 'demo-phone-' + persona()
  // #endif
  // #ifndef H5
  return ''
  // #endif
}

/** Thirty-two random characters for an Idempotency-Key. Math.random is enough: keys are scoped to a person. */
export function newKey(): string {
  let key = ''
  while (key.length < 32) key += Math.random().toString(36).slice(2)
  return key.slice(0, 32)
}

/** Calls back whenever the network is back. */
export function onOnline(back: () => void): void {
  uni.onNetworkStatusChange((r) => {
    if (r.isConnected) back()
  })
  // #ifdef H5
  window.addEventListener('online', back)
  // #endif
}

/** Whether the person has set WeChat's letters larger than usual (16 is the standard, 17 the first step is still usual). */
export function prefersLargeLetters(): boolean {
  // #ifdef MP-WEIXIN
  return (uni.getAppBaseInfo() as { fontSizeSetting?: number }).fontSizeSetting! >= 19
  // #endif
  // #ifndef MP-WEIXIN
  return false
  // #endif
}

/** Pixels: what the phone's own bar takes at the top, and what WeChat's capsule takes at the right. */
export function chrome(): { top: number; right: number } {
  // #ifdef MP-WEIXIN
  const capsule = uni.getMenuButtonBoundingClientRect()
  const { statusBarHeight = 0, windowWidth } = uni.getWindowInfo()
  return { top: statusBarHeight, right: windowWidth - capsule.left + 8 }
  // #endif
  // #ifndef MP-WEIXIN
  return { top: 0, right: 108 } // as much as on a phone, so that titles fit there too
  // #endif
}

/** The whole address of something on our server, to take elsewhere. */
export function whole(place: string): string {
  // #ifdef H5
  return (base || window.location.origin) + place
  // #endif
  // #ifndef H5
  return base + place
  // #endif
}

/** Shows the beginning of the page: the next step of a form begins above. */
export function toTop(): void {
  uni.pageScrollTo({ scrollTop: 0, duration: 0, fail: () => undefined })
}

/** Pixels from the top of the page to a part of a component; as far down as can be where it is not to be found. */
export function topOf(component: unknown, part: string): Promise<number> {
  return new Promise((resolve) => {
    try {
      const query = uni.createSelectorQuery()
      query.in(component).select(part).boundingClientRect()
      query.selectViewport().scrollOffset(() => undefined)
      query.exec((all: [UniApp.NodeInfo | null, UniApp.NodeInfo]) =>
        resolve(all[0] ? (all[0].top ?? 0) + (all[1].scrollTop ?? 0) : Infinity))
    } catch {
      resolve(Infinity)
    }
  })
}

/** Scrolls so that what stands at `top` is seen below the bar at the top, with some of what is above it. */
export function scrollTo(top: number): void {
  if (Number.isFinite(top)) uni.pageScrollTo({ scrollTop: Math.max(0, top - 160), duration: 0, fail: () => undefined })
}

/** Gives the field inside uni-app's own element its name for those who listen: in a browser it is buried in it. */
export function nameFields(root: unknown, name: string): void {
  // #ifdef H5
  const holder = (root as { $el?: Element })?.$el ?? (root as Element | null)
  holder?.querySelectorAll?.('input, textarea').forEach((field) => field.setAttribute('aria-label', name))
  // #endif
}

type Shown = (answer: (agreed: boolean) => void) => void

/** Has the agreement shown when WeChat needs it: before album, camera, phone number or place are used for the first time. */
export function onNeedPrivacy(show: Shown): void {
  // #ifdef MP-WEIXIN
  // https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html
  wx.onNeedPrivacyAuthorization?.((resolve) =>
    show((agreed) => resolve(agreed ? { event: 'agree', buttonId: 'agree-privacy' } : { event: 'disagree' })))
  // #endif
}

/** Has WeChat ask whether what is private on the phone may be used, unless it was agreed to; undefined: it never asks. */
export function requirePrivacy(): Promise<boolean> | undefined {
  // #ifdef MP-WEIXIN
  return new Promise((resolve) => {
    if (!wx.requirePrivacyAuthorize) return resolve(true) // a WeChat from before the agreement
    wx.requirePrivacyAuthorize({ success: () => resolve(true), fail: () => resolve(false) })
  })
  // #endif
  // #ifndef MP-WEIXIN
  return undefined
  // #endif
}

/** Keeps the screen bright while a code is shown. */
export function keepAwake(on: boolean): void {
  // #ifdef MP-WEIXIN
  uni.setKeepScreenOn({ keepScreenOn: on })
  // #endif
  // #ifdef H5
  void on // a browser's own setting
  // #endif
}

/** Calls back when somebody comes to an address that is no page while the program runs: in a browser anybody can type one. */
export function onUnknownPage(back: (path: string, query: Record<string, string>) => void): void {
  // #ifdef H5
  window.addEventListener('hashchange', () => {
    const { __uniRoutes: known } = window as unknown as { __uniRoutes: { path: string; alias?: string }[] }
    const [path = '', query] = window.location.hash.slice(1).split('?')
    if (!known.some((r) => r.path === (path || '/') || r.alias === (path || '/'))) back(path, Object.fromEntries(new URLSearchParams(query)))
  })
  // #endif
}

export { drawingSource, iconSource } from './drawn'

/** What the phone calls itself, so that its owner knows it among the others: its maker and model. */
export function deviceName(): string {
  // #ifdef MP-WEIXIN
  const known = uni as { getDeviceInfo?: () => { brand?: string; model?: string } } // not of an old WeChat
  const { brand, model } = known.getDeviceInfo?.() ?? {}
  return `${brand ?? ''} ${model ?? ''}`.trim().slice(0, 60)
  // #endif
  // #ifndef MP-WEIXIN
  return '浏览器'
  // #endif
}

/** Opens WeChat's own page of what this program was declared to use; undefined: there is none here. */
export function openContract(): Promise<boolean> | undefined {
  // #ifdef MP-WEIXIN
  return new Promise((resolve) => {
    if (!wx.openPrivacyContract) return resolve(false)
    wx.openPrivacyContract({ success: () => resolve(true), fail: () => resolve(false) })
  })
  // #endif
  // #ifndef MP-WEIXIN
  return undefined
  // #endif
}
