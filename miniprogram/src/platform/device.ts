// What only the phone itself can do: copy, dial, show a map, scan, find out where it is, choose pictures. Every one of
// them can be refused, be missing or go wrong, and the answer says which.
import { toGCJ02 } from './gcj02'

/** Why the phone did not do it: the person thought better of it, does not allow it, or it cannot be done here. */
export type Why = 'cancelled' | 'refused' | 'failed'
export type Outcome<T = void> = { done: true; value: T } | { done: false; why: Why }

interface Ways<T> {
  success: (value: T) => void
  fail: (e?: { errMsg?: string; message?: string }) => void
}

/** What a failed call says, in one of three ways. */
function whyOf(e?: { errMsg?: string; message?: string }): Why {
  const text = e?.errMsg ?? e?.message ?? ''
  if (/cancel/i.test(text)) return 'cancelled'
  return /auth|denied|deny|permission|privacy|not ?allowed/i.test(text) ? 'refused' : 'failed'
}

/** Starts one of the phone's own things. It always answers: a phone that does not know the call throws. */
function attempt<T>(start: (ways: Ways<T>) => void): Promise<Outcome<T>> {
  return new Promise((resolve) => {
    const fail: Ways<T>['fail'] = (e) => resolve({ done: false, why: whyOf(e) })
    try {
      start({ success: (value) => resolve({ done: true, value }), fail })
    } catch {
      resolve({ done: false, why: 'failed' })
    }
  })
}

export type Source = 'album' | 'camera'

/** Lets the person choose pictures. Sizes are in bytes. */
export function pickPictures(from: Source, most: number): Promise<Outcome<{ path: string; size: number }[]>> {
  return attempt(({ success, fail }) => {
    // #ifdef MP-WEIXIN
    // https://developers.weixin.qq.com/miniprogram/dev/api/media/video/wx.chooseMedia.html
    uni.chooseMedia({
      count: most, mediaType: ['image'], sourceType: [from], sizeType: ['compressed'], fail,
      success: (r) => success(r.tempFiles.map((f) => ({ path: f.tempFilePath, size: f.size }))),
    })
    // #endif
    // #ifndef MP-WEIXIN
    uni.chooseImage({
      count: most, sourceType: [from], sizeType: ['compressed'], fail,
      success: (r) => success((r.tempFiles as { path: string; size: number }[]).map(({ path, size }) => ({ path, size }))),
    })
    // #endif
  })
}

/** Shows pictures large, one after the other, by their whole addresses. */
export const showLarge = (urls: string[], current: number): Promise<Outcome<unknown>> =>
  attempt((ways) => uni.previewImage({ urls, current: urls[current], ...ways }))

export const dial = (phoneNumber: string): Promise<Outcome<unknown>> => attempt((ways) => uni.makePhoneCall({ phoneNumber, ...ways }))

export const copy = (data: string): Promise<Outcome<unknown>> =>
  attempt((ways) => uni.setClipboardData({ data, showToast: false, ...ways }))

/** Whether the phone has a map, to choose a place on and to show the way. */
export function maps(): boolean {
  // #ifdef MP-WEIXIN
  return true
  // #endif
  // #ifndef MP-WEIXIN
  return false
  // #endif
}

/** Whether this county's package may ask where the phone is, and let people choose a place on a map. */
export const places = (): boolean => import.meta.env.VITE_LOCATION !== 'no'

/** Shows the way to a place on the phone's map. */
export const showWay = (place: { name: string; lat: number; lng: number }): Promise<Outcome<unknown>> =>
  attempt((ways) => {
    // #ifdef MP-WEIXIN
    uni.openLocation({ latitude: place.lat, longitude: place.lng, name: place.name, ...ways })
    // #endif
    // #ifndef MP-WEIXIN
    ways.fail({ errMsg: '' }) // the browser's own would bring maps of foreign hosts along
    // #endif
  })

/** A place chosen on the phone's map. */
export const choosePlace = (): Promise<Outcome<{ name: string; lat: number; lng: number }>> =>
  attempt(({ success, fail }) => {
    // #ifdef MP-WEIXIN
    if (import.meta.env.VITE_LOCATION === 'no') return fail()
    uni.chooseLocation({ success: (r) => success({ name: r.name, lat: r.latitude, lng: r.longitude }), fail })
    // #endif
    // #ifndef MP-WEIXIN
    fail({ errMsg: '' })
    // #endif
  })

/** Whether a code can be scanned here: a browser has no camera for it. */
export const scans = maps

/** The text of a QR code before the camera. */
export const scan = (): Promise<Outcome<string>> =>
  attempt(({ success, fail }) =>
    uni.scanCode({ onlyFromCamera: true, scanType: ['qrCode'], success: (r) => success(r.result), fail }))

/** Where the phone is, in GCJ-02 as maps in China have it; accuracy in meters. */
export function location(): Promise<Outcome<{ lat: number; lng: number; accuracy: number }>> {
  return attempt(({ success, fail }) => {
    // #ifdef MP-WEIXIN
    if (import.meta.env.VITE_LOCATION === 'no') return fail()
    uni.getLocation({
      type: 'gcj02', fail, success: (r) => success({ lat: r.latitude, lng: r.longitude, accuracy: r.accuracy }),
    })
    // #endif
    // #ifdef H5
    navigator.geolocation.getCurrentPosition(
      ({ coords: c }) => success({ ...toGCJ02(c.latitude, c.longitude), accuracy: c.accuracy }),
      (e) => fail({ errMsg: e.code === e.PERMISSION_DENIED ? 'denied' : '' }), { timeout: 10000 })
    // #endif
  })
}

/**
 * Asks in a tap, outside of which WeChat refuses, for one more message of each template on the phone, and gives those that
 * the person said yes to.
 */
export const askForMessages = (templates: string[]): Promise<Outcome<string[]>> =>
  attempt(({ success, fail }) => {
    // #ifdef MP-WEIXIN
    // https://developers.weixin.qq.com/miniprogram/dev/api/open-api/subscribe-message/wx.requestSubscribeMessage.html
    uni.requestSubscribeMessage({
      tmplIds: templates, fail,
      success: (r: unknown) => success(templates.filter((t) => (r as Record<string, string>)[t] === 'accept')),
    })
    // #endif
    // #ifndef MP-WEIXIN
    success(templates) // no WeChat asks in a browser: the demo's stands for who always says yes
    // #endif
  })
