// A WeChat without WeChat: the built mini-program in miniprogram-simulate, its calls sent to the real server.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { JSDOM } from 'jsdom'

const require = createRequire(__filename)
export const root = path.resolve(__dirname, '../../dist/build/mp-weixin')
const county = JSON.parse(readFileSync(path.resolve(root, '../../../package/county.example.json'), 'utf8')) as { base: string }
const app = JSON.parse(readFileSync(path.join(root, 'app.json'), 'utf8')) as {
  pages: string[]
  subPackages?: { root: string; pages: string[] }[]
}
export const pages = [...app.pages, ...(app.subPackages ?? []).flatMap((s) => s.pages.map((p) => path.join(s.root, p)))]

interface Asked { url: string; method: string; data?: string; header: Record<string, string> }
interface Answers { success(a: object): void; fail(e: object): void }
type World = Record<string, unknown>
interface Shown { instance: Record<string, ((query?: object) => void) | string>; attach(to: Element): void; detach(): void }
interface Simulator { load(page: string, options: object): string; render(id: string): Shown }
interface Exparser { Event: { dispatchEvent(at: unknown, event: unknown): void; create(name: string, detail: object, how: object): unknown } }

/** A phone with the built mini-program, in the hands of one of the demo's people. `faults` are its runtime errors. */
export function wechat(base: string, persona: string) {
  const world = globalThis as unknown as World
  const { window } = new JSDOM('<!doctype html><body></body>', { url: 'http://localhost/', pretendToBeVisual: true })
  for (const name of ['document', 'Node', 'Element', 'Event', 'CustomEvent', 'HTMLElement', 'MutationObserver', 'TouchEvent']) {
    world[name] = (window as unknown as World)[name]
  }
  world.window = window
  const simulator = require('miniprogram-simulate') as Simulator
  const exparser = require('miniprogram-exparser') as Exparser
  const faults: string[] = []
  const ways: string[] = [] // where the program went
  let asking = 0
  let launched: { onLaunch?(o: object): void } = {}
  world.App = (o: object) => (launched = o)
  world.Page = () => undefined
  world.getApp = () => launched
  world.getCurrentPages = () => []
  const wx = world.wx as World
  // The usual view, whatever the server knows of the person: another test may have switched it.
  const storage = new Map<string, unknown>([['xinyuan//elder', false]])
  const go = (o: { url: string }) => void ways.push(o.url)
  async function request({ url, method, data, header, success, fail }: Asked & Answers): Promise<void> {
    asking++
    try {
      // The package is a county's, and asks its server: here the demo stands for it.
      const r = await fetch(base + url.replace(county.base, '').replace(/^\//, ''), { method, headers: header, body: data })
      success({ statusCode: r.status, data: await r.json().catch(() => ''), header: Object.fromEntries(r.headers) })
    } catch (e) {
      fail({ errMsg: String(e) })
    }
    asking--
  }
  Object.assign(wx, {
    request, navigateTo: go, redirectTo: go, reLaunch: go, onAppShow: () => undefined, onAppHide: () => undefined,
    login: (o: Answers) => o.success({ code: 'demo-' + persona }), onNetworkStatusChange: () => undefined,
    getStorageSync: (key: string) => storage.get(key) ?? '', setStorageSync: (k: string, v: unknown) => storage.set(k, v),
    removeStorageSync: (key: string) => storage.delete(key), getLaunchOptionsSync: () => ({}),
    getAppBaseInfo: () => ({ language: 'zh_CN', fontSizeSetting: 16 }), getWindowInfo: () => ({ windowWidth: 390, statusBarHeight: 47 }),
    getMenuButtonBoundingClientRect: () => ({ left: 296, top: 51, height: 32, width: 87 }),
  })
  console.error = console.warn = (...said: unknown[]) => void faults.push(said.join(' ').slice(0, 300))
  for (const file of Object.keys(require.cache)) if (file.startsWith(root)) delete require.cache[file]
  require(path.join(root, 'app.js'))
  launched.onLaunch?.({})

  const tick = () => new Promise((resolve) => setTimeout(resolve, 5))
  /** Waits until nothing is asked any more, and what was answered is drawn. */
  async function quiet(): Promise<void> {
    for (let calm = 0; calm < 4; calm = asking ? 0 : calm + 1) await tick()
  }
  async function visit(page: string, query: Record<string, string> = {}) {
    const shown = simulator.render(simulator.load(path.join(root, page), {
      rootPath: root, compilerOptions: { maxBuffer: 16 << 20 }, // of 1 MB, which it has else, the pages are more
    }))
    const place = window.document.body.appendChild(window.document.createElement('div'))
    shown.attach(place)
    const call = (hook: string, with_?: object) => (shown.instance[hook] as undefined | ((q?: object) => void))?.call(shown.instance, with_)
    shown.instance.route = page
    call('onLoad', query)
    call('onShow')
    call('onReady')
    await quiet()
    const text = () => place.textContent!.replace(/\s+/g, ' ').trim()
    const find = (selector: string, words: string) =>
      [...place.querySelectorAll(selector)].find((e) => e.textContent!.includes(words))
    const field = (label: string) => find('[class*=field]', label)?.querySelector('input, textarea, wx-input, wx-textarea') ?? undefined
    async function tell(at: Element | undefined, event: string, detail: object = {}): Promise<void> {
      const node = at && (at as unknown as { __wxElement?: unknown }).__wxElement
      if (!node) throw new Error(`nothing to ${event} on ${page}: ${text()}`)
      exparser.Event.dispatchEvent(node, exparser.Event.create(event, detail, { bubbles: true, capturePhase: true, composed: true }))
      await quiet()
    }
    return {
      text, tap: (selector: string, words: string) => tell(find(selector, words), 'tap'),
      /** Types into the field of that name. */
      type: (label: string, value: string) => tell(field(label), 'input', { value }),
      /** What WeChat says of the name in the field. */
      judge: (label: string, pass: boolean) => tell(field(label), 'nicknamereview', { pass, timeout: false }),
      /** What WeChat's own button with these words tells the page. */
      answer: (words: string, event: string, detail: object) => tell(find('button, wx-button', words), event, detail),
      html: () => place.innerHTML,
      close: () => { shown.detach(); place.remove() },
    }
  }
  return { visit, faults, ways, quiet, storage }
}
