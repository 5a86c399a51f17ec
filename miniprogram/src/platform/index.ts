// Everything that differs between WeChat and a browser, and nothing else.

import { toGCJ02 } from './gcj02'
import { persona } from './persona'

export { become, persona, reload } from './persona'
export { kept, keptPages } from './storage'

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

export type Source = 'album' | 'camera'

/** Lets the person choose pictures; none when they think better of it. Sizes are in bytes. */
export function pickPictures(from: Source, most: number): Promise<{ path: string; size: number }[]> {
  return new Promise((resolve) => {
    const fail = () => resolve([])
    // #ifdef MP-WEIXIN
    // https://developers.weixin.qq.com/miniprogram/dev/api/media/video/wx.chooseMedia.html
    uni.chooseMedia({
      count: most, mediaType: ['image'], sourceType: [from], sizeType: ['compressed'], fail,
      success: (r) => resolve(r.tempFiles.map((f) => ({ path: f.tempFilePath, size: f.size }))),
    })
    // #endif
    // #ifndef MP-WEIXIN
    uni.chooseImage({
      count: most, sourceType: [from], sizeType: ['compressed'], fail,
      success: (r) => resolve((r.tempFiles as { path: string; size: number }[]).map(({ path, size }) => ({ path, size }))),
    })
    // #endif
  })
}

/** Where a picture of the server's is fetched. */
export const address = (url: string): string => base + url

/** Shows pictures large, one after the other. */
export function showPictures(urls: string[], current: number): void {
  const all = urls.map(address)
  uni.previewImage({ urls: all, current: all[current] })
}

/**
 * Fetches a file and shows it: on a phone in WeChat's reader, in a browser in a new tab. Gives the status; what is
 * refused is not shown. Error: Unreachable.
 */
export function showFile(url: string, kind: 'pdf' | 'xlsx', headers: Record<string, string>): Promise<number> {
  // #ifdef H5
  return new Promise((resolve, reject) => {
    uni.request({
      url: base + url, header: headers, responseType: 'arraybuffer', timeout: 30000,
      success: (r) => {
        if (r.statusCode === 200) {
          const type = kind === 'pdf' ? 'application/pdf' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
          const link = document.createElement('a')
          link.href = URL.createObjectURL(new Blob([r.data as ArrayBuffer], { type }))
          if (kind === 'pdf') link.target = '_blank'
          else link.download = '服务卡.xlsx'
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
        uni.openDocument({
          filePath: r.tempFilePath, fileType: kind, showMenu: true, success: () => resolve(200), fail: () => reject(new Unreachable('openDocument')),
        })
      },
      fail: failed,
    })
  })
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

export function dial(phone: string): void {
  uni.makePhoneCall({ phoneNumber: phone, fail: () => undefined })
}

/** Shows the way to a place on the phone's map; without a point on the map its address is copied, to paste there. */
export function guide(place: { name: string; lat?: number; lng?: number }): 'shown' | 'copied' {
  // #ifdef MP-WEIXIN
  if (place.lat !== undefined && place.lng !== undefined) {
    uni.openLocation({ latitude: place.lat, longitude: place.lng, name: place.name, fail: () => copy(place.name) })
    return 'shown'
  }
  // #endif
  copy(place.name)
  return 'copied'
}

/** Whether the phone has a map to choose a place on. */
export function maps(): boolean {
  // #ifdef MP-WEIXIN
  return true
  // #endif
  // #ifndef MP-WEIXIN
  return false
  // #endif
}

/** A place chosen on the phone's map; undefined when the person has put it away. */
export function choosePlace(): Promise<{ name: string; lat: number; lng: number } | undefined> {
  return new Promise((resolve) => {
    // #ifdef MP-WEIXIN
    uni.chooseLocation({ success: (r) => resolve({ name: r.name, lat: r.latitude, lng: r.longitude }), fail: () => resolve(undefined) })
    // #endif
    // #ifndef MP-WEIXIN
    resolve(undefined)
    // #endif
  })
}

/** Whether a code can be scanned here: a browser has no camera for it. */
export function scans(): boolean {
  // #ifdef MP-WEIXIN
  return true
  // #endif
  // #ifndef MP-WEIXIN
  return false
  // #endif
}

/** The text of a QR code before the camera; undefined when the person has put it away. */
export function scan(): Promise<string | undefined> {
  return new Promise((resolve) => {
    uni.scanCode({ onlyFromCamera: true, scanType: ['qrCode'], success: (r) => resolve(r.result), fail: () => resolve(undefined) })
  })
}

/** Where the phone is, in GCJ-02 as maps in China have it, if the person lets it be known; accuracy in meters. */
export function location(): Promise<{ lat: number; lng: number; accuracy: number } | undefined> {
  return new Promise((resolve) => {
    // #ifdef MP-WEIXIN
    uni.getLocation({
      type: 'gcj02', fail: () => resolve(undefined),
      success: (r) => resolve({ lat: r.latitude, lng: r.longitude, accuracy: r.accuracy }),
    })
    // #endif
    // #ifdef H5
    if (!navigator.geolocation) return resolve(undefined)
    navigator.geolocation.getCurrentPosition(
      ({ coords: c }) => resolve({ ...toGCJ02(c.latitude, c.longitude), accuracy: c.accuracy }), () => resolve(undefined), { timeout: 10000 })
    // #endif
  })
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

export function copy(text: string): void {
  uni.setClipboardData({ data: text, showToast: false })
}

/** Shows the beginning of the page: the next step of a form begins above. */
export function toTop(): void {
  uni.pageScrollTo({ scrollTop: 0, duration: 0, fail: () => undefined })
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
export function onUnknownPage(back: () => void): void {
  // #ifdef H5
  window.addEventListener('hashchange', () => {
    const { __uniRoutes: known } = window as unknown as { __uniRoutes: { path: string; alias?: string }[] }
    const path = window.location.hash.slice(1).split('?')[0] || '/'
    if (!known.some((r) => r.path === path || r.alias === path)) back()
  })
  // #endif
}
