import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import './setup'

interface Ways { success: (r: object) => void; fail: (e: object) => void }
/** The phone answers one call in one way. */
const answers = (name: string, how: (o: Ways) => void) => Object.assign(uni, { [name]: how })
const fails = (name: string, errMsg: string) => answers(name, (o) => o.fail({ errMsg: `${name}:${errMsg}` }))

async function device() {
  const all = await import('@/services/device')
  vi.stubGlobal('wx', {}) // a WeChat from before the agreement, which asks nothing
  return all
}

const refusals = ['fail auth deny', 'fail authorize no response', 'fail:auth denied', 'fail system permission denied', 'fail privacy permission is not authorized']
const faults = ['fail', 'fail the api need to be declared in the requiredPrivateInfos field', 'fail:internal error']

test('nothing is said to be copied that was not: the text itself is shown instead', async () => {
  const { copy, guide, notice } = await device()
  for (const e of [...refusals, ...faults]) {
    fails('setClipboardData', e)
    expect(await copy('滨河公园东门')).toBe(false)
    expect(notice).toMatchObject({ words: expect.stringContaining('没有复制上'), text: '滨河公园东门' })
    expect(await guide({ name: '滨河公园东门' })).toBe('neither')
  }
  answers('setClipboardData', (o) => o.success({}))
  expect(await copy('x')).toBe(true)
  expect(notice.words).toBe('')
})

test('a map that does not open leaves the address copied, and says so only then', async () => {
  const { guide } = await device()
  const place = { name: '滨河公园东门', lat: 41.7, lng: 125.9 }
  answers('openLocation', (o) => o.success({}))
  expect(await guide(place)).toBe('shown')
  fails('openLocation', 'fail')
  answers('setClipboardData', (o) => o.success({}))
  expect(await guide(place)).toBe('copied')
  fails('setClipboardData', 'fail')
  expect(await guide(place)).toBe('neither')
})

test('whatever the phone refuses or cannot do is told, with what works instead', async () => {
  const d = await device()
  const calls: [string, () => Promise<unknown>, RegExp][] = [
    ['makePhoneCall', () => d.dial('0435-5226001'), /没有拨出去/], ['chooseLocation', d.choosePlace, /把地方写清楚/],
    ['scanCode', d.scan, /8 位数字/], ['getLocation', d.location, /照样能签到/], ['previewImage', () => d.showPictures(['/a'], 0), /再进来看/],
    ['chooseMedia', () => d.pickPictures('camera', 3), /图片可以不放/], ['chooseMedia', () => d.pickPictures('album', 3), /图片可以不放/],
  ]
  for (const [name, start, words] of calls) {
    for (const e of [...refusals, ...faults]) {
      fails(name, e)
      await start()
      expect(d.notice.words, `${name}: ${e}`).toMatch(words)
      expect(d.notice.words).not.toMatch(/[a-z]{3}/i)
    }
    answers(name, () => { throw new TypeError('not a function') })
    await start()
    expect(d.notice.words, name).toMatch(words)
    fails(name, 'fail cancel')
    await start()
    expect(d.notice.words, name).toBe('') // who thinks better of it is told nothing
  }
})

test('who does not agree to the privacy words is told what works without', async () => {
  const d = await import('@/services/device')
  vi.stubGlobal('wx', { requirePrivacyAuthorize: (o: Ways) => o.fail({ errMsg: 'fail' }) })
  await d.scan()
  expect(d.notice.words).toMatch(/8 位数字/)
})

test('what WeChat wants declared is declared', () => {
  const folder = path.resolve(__dirname, '../../src')
  const manifest = readFileSync(path.join(folder, 'manifest.json'), 'utf8')
  const declared = (JSON.parse(manifest) as { 'mp-weixin': { requiredPrivateInfos: string[] } })['mp-weixin'].requiredPrivateInfos
  const code = readdirSync(path.join(folder, 'platform')).map((f) => readFileSync(path.join(folder, 'platform', f), 'utf8')).join('')
  // https://developers.weixin.qq.com/miniprogram/dev/reference/configuration/app.html#requiredPrivateInfos
  const used = ['getLocation', 'chooseLocation', 'getFuzzyLocation', 'choosePoi', 'chooseAddress'].filter((n) => code.includes(`uni.${n}(`))
  expect(used.length).toBeGreaterThan(0)
  expect(declared.sort()).toEqual(used.sort())
})
