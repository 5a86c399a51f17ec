// A county's package: what its file must say, and what the built package must be.
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { spawnSync } from 'node:child_process'
import { afterAll, expect, test } from 'vitest'
import { finish, problems } from '../../package/finish.mjs'
import { wrongs } from '../../package/settings.mjs'

const root = path.resolve(__dirname, '../..')
const right = JSON.parse(readFileSync(path.join(root, 'package/county.example.json'), 'utf8'))
const built = path.join(root, 'dist/build/mp-weixin') // make builds it with the example
const raw = built + '.raw' // what it was before it was finished

test('a right file has nothing wrong', () => {
  expect(wrongs(right)).toEqual([])
  expect(wrongs({ ...right, base: 'https://xinyuan.example.cn:8443', phone: '12345', location: false })).toEqual([])
})

test.each([
  [{ appid: undefined }, '缺 appid'], [{ appid: 'wx0000' }, 'appid 不对'], [{ appid: 'touristappid' }, 'appid 不对'],
  [{ base: undefined }, '缺 base'], [{ base: '' }, '缺 base'], [{ base: 'http://xinyuan.example.cn' }, 'base 要以 https:// 开头'],
  [{ base: 'https://10.0.0.5' }, 'base 不能是 IP 地址'], [{ base: 'https://[::1]' }, 'base 不能是 IP 地址'],
  [{ base: 'https://localhost' }, 'base 要写备案的域名'], [{ base: 'https://xinyuan.example.cn/' }, 'base 末尾不要斜线'],
  [{ base: 'https://xinyuan.example.cn/api' }, 'base 只写到域名'], [{ base: 'xinyuan.example.cn' }, 'base 不对'],
  [{ filing: undefined }, '缺 filing'], [{ filing: '已备案' }, 'filing 不对'],
  [{ phone: undefined }, '缺 phone'], [{ phone: '打电话' }, 'phone 不对'], [{ phone: 12345 }, 'phone 不对'],
  [{ location: undefined }, '缺 location'], [{ location: '是' }, 'location 写 true'], [{ server: 'x' }, '没有 server 这个设置'],
])('%o is told: %s', (change, words) => {
  const told = wrongs(JSON.parse(JSON.stringify({ ...right, ...change })))
  expect(told).toHaveLength(1)
  expect(told[0]).toContain(words)
})

test('what is no group of settings is told', () => {
  for (const none of [null, [], 'x']) expect(wrongs(none)).toEqual(['文件里要是一组设置，照 county.example.json 写'])
})

test('the command ends with the sentences, and builds nothing', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'xinyuan-county-'))
  const run = (text: string) => {
    const file = path.join(folder, 'county.json')
    writeFileSync(file, text)
    return spawnSync('node', ['package/build.mjs', file, path.join(folder, 'out')], { cwd: root, encoding: 'utf8' })
  }
  const wrong = run(JSON.stringify({ ...right, base: 'http://10.0.0.5/' }))
  expect([wrong.status, wrong.stderr.trim()]).toEqual([1, 'base 要以 https:// 开头：微信不让小程序访问别的'])
  expect(run('{').stderr).toContain('不是 JSON')
  rmSync(folder, { recursive: true })
})

const copies: string[] = []
afterAll(() => copies.forEach((folder) => rmSync(folder, { recursive: true })))

/** A copy of the built package, to change. */
function copy(from = built): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'xinyuan-package-'))
  cpSync(from, folder, { recursive: true })
  copies.push(folder)
  return folder
}

/** Changes a JSON file of a copy. */
function changed(name: string, change: (value: Record<string, unknown>) => void): string {
  const folder = copy()
  const value = JSON.parse(readFileSync(path.join(folder, name), 'utf8'))
  change(value)
  writeFileSync(path.join(folder, name), JSON.stringify(value))
  return folder
}

test('a right package is one', () => {
  expect(problems(built, right)).toEqual([])
})

test('each way of being none is told', () => {
  expect(problems(built, { ...right, base: 'https://other.example.cn' })).toEqual(['包里没有服务器的地址 https://other.example.cn'])
  expect(problems(built, { ...right, filing: '吉ICP备9号' })).toEqual(['包里没有备案号'])
  expect(problems(built, { ...right, phone: '0435-1' })).toEqual(['包里没有服务电话'])
  const appid = changed('project.config.json', (project) => (project.appid = 'touristappid'))
  expect(problems(appid, right)).toEqual(['project.config.json 里不是自己的 AppID'])
  const design = changed('app.json', (app) => (app.pages as string[]).push('pages/me/design'))
  expect(problems(design, right)).toEqual(['包里有开发用的页面 design'])
  const undeclared = changed('app.json', (app) => delete app.requiredPrivateInfos)
  expect(problems(undeclared, right)).toEqual(
    ['getLocation', 'chooseLocation'].map((name) => `app.json 的 requiredPrivateInfos 没有声明 ${name}`))
})

test('code that asks for places is told where nothing is declared, and what finishing has left open', () => {
  const folder = copy()
  const without = { ...right, location: false }
  finish(folder, without) // it was finished with places before
  expect(problems(folder, without)).toEqual(['getLocation', 'chooseLocation'].map((name) => `代码还在调用 ${name}`))
  expect(problems(copy(raw), right)).toContain('代码里还留着 XINYUAN_LOCATION：用 make package 重新打包')
})

test('a package without a map of its pages is told so', () => {
  const folder = copy()
  rmSync(path.join(folder, JSON.parse(readFileSync(path.join(folder, 'app.json'), 'utf8')).sitemapLocation ?? 'sitemap.json'))
  expect(problems(folder, right)).toEqual(['没有 sitemap.json，或者里面没有规则：用 make package 重新打包'])
})

test('the package without places asks the phone for nothing of them', () => {
  const out = copy(raw)
  const without = { ...right, location: false }
  finish(out, without)
  expect(problems(out, without)).toEqual([])
  expect(problems(out, right)).toContain('代码没有调用 getLocation')
  const app = readFileSync(path.join(out, 'app.json'), 'utf8')
  expect(app.replace('sitemapLocation', '')).not.toMatch(/ocation/)
  const scripts = (folder: string) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js') && !name.startsWith('common/vendor'))
  const asks = scripts(out).filter((name) => /\.(get|choose|getFuzzy)Location\(|scope\.userLocation/.test(readFileSync(path.join(out, name), 'utf8')))
  expect(asks).toEqual([])
  // Apart from that, the two packages are one.
  const differs = scripts(built).filter((name) => readFileSync(path.join(out, name), 'utf8') !== readFileSync(path.join(built, name), 'utf8'))
  expect(differs).toEqual(['platform/device.js'])
  expect(scripts(out)).toEqual(scripts(built))
})

test('without places the phone that is asked says no', () => {
  const run = (location: boolean) => {
    const out = copy(raw)
    finish(out, { ...right, location })
    const asked: string[] = []
    const index = new Proxy({}, { get: (_, name) => () => void asked.push(String(name)) })
    const exports: { phone?: { places(): boolean; location(): unknown; choosePlace(): unknown } } = {}
    new Function('require', 'exports', readFileSync(path.join(out, 'platform/device.js'), 'utf8'))(() => ({ index }), exports)
    const phone = exports.phone!
    void phone.location()
    void phone.choosePlace()
    return [phone.places(), ...asked]
  }
  expect(run(true)).toEqual([true, 'getLocation', 'chooseLocation'])
  expect(run(false)).toEqual([false])
})

// https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/miniprogram-intro.html lists what must be declared.
const declared = /\.(choose(?:Media|Image|Video|Location|Address|Poi|MessageFile|Contact|InvoiceTitle|LicensePlate)|scanCode|get(?:Location|FuzzyLocation|UserProfile|UserInfo|WeRunData|ClipboardData|RecorderManager|BackgroundFetchData)|setClipboardData|save(?:Image|Video)ToPhotosAlbum|addPhone(?:Contact|Calendar|RepeatCalendar)|startLocationUpdate(?:Background)?|openBluetoothAdapter|createCameraContext|startRecord)\(/g

test('the privacy guide names what the package asks of the phone, and nothing else', () => {
  const guide = readFileSync(path.join(root, '../docs/launch.md'), 'utf8')
  const told = [...guide.matchAll(/^\| `(\w+)` \|/gm)].map((m) => m[1]!).filter((name) => !(name in right))
  const app = JSON.parse(readFileSync(path.join(built, 'app.json'), 'utf8')) as { pages: string[] }
  expect(app.pages.length).toBeGreaterThan(50)
  const used = readdirSync(built, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js') && !name.startsWith('common/vendor')) // uni-app names every call there is
    .flatMap((name) => [...readFileSync(path.join(built, name), 'utf8').matchAll(declared)].map((m) => m[1]!))
  expect([...new Set(used)].sort()).toEqual([...told].sort())
})
