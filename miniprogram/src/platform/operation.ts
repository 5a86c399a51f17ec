// What a program in operation needs of WeChat: new versions, and a log that its operators read. A browser has neither.

/** Asks once a new version has arrived, and restarts with it when the person says so. What is half written is kept. */
export function takeUpdates(words: { title: string; content: string; confirmText: string; cancelText: string }): void {
  // #ifdef MP-WEIXIN
  // https://developers.weixin.qq.com/miniprogram/dev/api/base/update/wx.getUpdateManager.html
  const manager = uni.getUpdateManager()
  manager.onUpdateReady(() => uni.showModal({ ...words, success: (r) => r.confirm && manager.applyUpdate() }))
  // #endif
}

/**
 * Tells the operators of a fault in the program: its kind, the page, and where in the code. What it says stays here: it
 * could repeat what somebody wrote. They read it in WeChat's console, 开发管理 → 运维中心 → 实时日志.
 */
export function logFault(fault: unknown): void {
  // #ifdef MP-WEIXIN
  // https://developers.weixin.qq.com/miniprogram/dev/framework/realtimelog/
  const log = wx.getRealtimeLogManager?.()
  if (!log) return
  const page = getCurrentPages().at(-1)?.route ?? ''
  log.error(kindOf(fault), page, ...placesOf(fault))
  // #endif
}

type Thrown = { name?: string; stack?: string } | undefined

const kindOf = (fault: unknown): string => /^(?:\w*Error)?/.exec(typeof fault === 'string' ? fault.trim() : (fault as Thrown)?.name ?? '')?.[0] || 'fault'

/** Files and lines, without the words before them. */
function placesOf(fault: unknown): string[] {
  const text = typeof fault === 'string' ? fault : (fault as Thrown)?.stack ?? ''
  return [...text.matchAll(/([\w./-]+\.(?:js|vue|ts):\d+(?::\d+)?)/g)].map((m) => m[1]!).slice(0, 5)
}
