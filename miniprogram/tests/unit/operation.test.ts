import { expect, test, vi } from 'vitest'
import './setup'

const words = { title: '有新版本', content: '换上只要几秒。', confirmText: '换上', cancelText: '以后' }

test.each([[true, 1], [false, 0]])('a new version is taken over only by who says so: %s', async (confirm, times) => {
  const { takeUpdates } = await import('@/platform')
  const applyUpdate = vi.fn()
  let ready = (): void => undefined
  Object.assign(uni, {
    getUpdateManager: () => ({ applyUpdate, onUpdateReady: (is: () => void) => (ready = is) }),
    showModal: vi.fn((asked: { success: (r: { confirm: boolean }) => void }) => asked.success({ confirm })),
  })
  takeUpdates(words)
  expect(uni.showModal).not.toHaveBeenCalled()
  ready()
  expect(uni.showModal).toHaveBeenCalledWith(expect.objectContaining(words))
  expect(applyUpdate).toHaveBeenCalledTimes(times)
})

test('the operators read kind, page and place of a fault, and nothing that somebody wrote', async () => {
  const { logFault } = await import('@/platform')
  const error = vi.fn()
  vi.stubGlobal('wx', { getRealtimeLogManager: () => ({ error }) })
  vi.stubGlobal('getCurrentPages', () => [{ route: 'pages/wish/post' }])
  const fault = new TypeError('cannot read 刘桂兰 13904350001')
  fault.stack = `TypeError: cannot read 刘桂兰 13904350001\n at send (pages/wish/post.js:3:14)\n at common/vendor.js:1:99`
  logFault(fault)
  logFault('ReferenceError: 刘桂兰 is not defined\n at services/form.js:7:2')
  logFault({ message: '刘桂兰' })
  expect(error.mock.calls).toEqual([
    ['TypeError', 'pages/wish/post', 'pages/wish/post.js:3:14', 'common/vendor.js:1:99'],
    ['ReferenceError', 'pages/wish/post', 'services/form.js:7:2'], ['fault', 'pages/wish/post'],
  ])
})

test('a WeChat without that log, and a browser, do without', async () => {
  const { logFault } = await import('@/platform')
  vi.stubGlobal('wx', {})
  expect(() => logFault(new Error('x'))).not.toThrow()
})
