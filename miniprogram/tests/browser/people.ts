// People with a browser each.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core'
import { expect, inject, onTestFinished } from 'vitest'
import { pathOf, type Place } from '../../src/services/go'

export interface View {
  width?: number
  height?: number
  elder?: boolean // undefined: as the program finds it
}

// The shell draws the same pages as Chromium does, with half the work.
const shell = '/usr/bin/chromium-headless-shell'
const executablePath = process.env.CHROMIUM ?? (existsSync(shell) ? shell : '/usr/bin/chromium')

let launched: Promise<Browser> | undefined
/** The one browser of all tests. It ends with them. */
export const browser = (): Promise<Browser> => (launched ??= chromium.launch({ executablePath, args: ['--no-sandbox'] }))

/** How long a page may take to show something: a limit for what hangs, which a busy machine keeps. */
const patience = 120_000

const newContext = async () => {
  const context = await (await browser()).newContext({ viewport: null, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  context.setDefaultTimeout(patience)
  return context
}
let sharing: Promise<BrowserContext> | undefined
const idle: Page[] = [] // windows of the shared context: opening one takes half as long again as loading the program
const held = new Set<string>() // by whom a phone of the shared context is in use

export interface Phone {
  page: Page
  faults: string[] // whatever goes wrong in the page
  again(): Promise<Page> // opens the program once more on the same phone, as after closing it
  close(): Promise<void> // otherwise it is closed when its test is over
}

/**
 * A new phone in the hands of one of the demo's people: a window of the one browser, which costs least. What a phone
 * keeps has its person's name, so that different people do not meet in one context.
 */
export async function phone(persona: string, view: View = {}): Promise<Phone> {
  if (held.has(persona)) return ownPhone(persona, view)
  held.add(persona)
  const context = await (sharing ??= newContext())
  return hand(() => windowOf(context, idle.pop()), persona, view, async (pages) => {
    held.delete(persona)
    await Promise.all(pages.map(putAway))
  })
}

/** The same in a context of its own: for who loses the network, or loads everything for the first time. */
export async function ownPhone(persona: string, view: View = {}): Promise<Phone & { context: BrowserContext }> {
  const context = await newContext()
  return { context, ...(await hand(() => windowOf(context), persona, view, () => context.close())) }
}

let phones = 0
const homes = new WeakMap<Page, string>()

/** The address of the program on the phone of that page. */
export const home = (page: Page): string => homes.get(page)!

async function hand(open: () => Promise<Page>, persona: string, view: View, end: (pages: Page[]) => Promise<void>): Promise<Phone> {
  const { width = 390, height = 844 } = view
  const large = 'elder' in view ? view.elder : false
  const to: Handed = { n: ++phones, who: persona, large: large ?? null }
  const faults: string[] = []
  const pages: Page[] = []
  const again = async () => {
    const page = await open()
    pages.push(page)
    homes.set(page, `${inject('base')}?phone=${encodeURIComponent(JSON.stringify({ ...to, fresh: pages.length === 1 }))}`)
    const size = page.viewportSize()
    if (size?.width !== width || size.height !== height) await page.setViewportSize({ width, height })
    page.on('pageerror', (e) => faults.push(String(e)))
    page.on('console', (m) => m.type() === 'error' && !/ERR_INTERNET|status of 4/.test(m.text()) && faults.push(m.text()))
    return page
  }
  const page = await again()
  let ended: Promise<void> | undefined
  const close = () => (ended ??= searched(pages).then((leaks) => end(pages).then(() => expect(leaks, 'kept on the phone').toEqual([]))))
  onTestFinished(close)
  return { page, faults, again, close }
}

/** What the phone keeps that tells how to reach somebody: no number and no house of those whom the tests write down. */
async function searched(pages: Page[]): Promise<string[]> {
  const open = pages.filter((p) => !p.isClosed() && p.url().startsWith(inject('base')))
  const kept = await Promise.all(open.map((p) => p.evaluate(() => [localStorage, sessionStorage].flatMap((s) => Object.entries(s)))))
  return [...new Set(kept.flat().flatMap(([key, text]) => (reaches.exec(text) ?? []).map(() => `${key}: ${text.slice(0, 60)} … ${around(text)}`)))]
}
const around = (text: string) => text.slice(Math.max(0, text.search(reaches) - 60), text.search(reaches) + 40)
const reaches = /(?<![\d.])1[3-9]\d{9}(?!\d)|茂山新村 ?\d+ ?栋 ?\d+ ?单元|振兴路12号/

interface Handed { n: number; who: string; large: boolean | null; fresh?: boolean }

/** A window whose program belongs to the person whom its address names. On a new phone nothing is kept. */
async function windowOf(context: BrowserContext, before?: Page): Promise<Page> {
  if (before) return before
  const page = await context.newPage()
  await page.addInitScript(() => {
    const said = new URLSearchParams(location.search).get('phone')
    if (!said) return
    const { n, who, large, fresh } = JSON.parse(said) as Handed
    if (sessionStorage.getItem('phone') !== String(n)) {
      sessionStorage.clear()
      sessionStorage.setItem('phone', String(n))
      sessionStorage.setItem('persona', who)
      const kept = Object.keys(localStorage).filter((key) => key.startsWith(`xinyuan/${who}/`))
      if (fresh) kept.forEach((key) => localStorage.removeItem(key))
    }
    if (large !== null) localStorage.setItem(`xinyuan/${who}/elder`, JSON.stringify({ type: 'boolean', data: large }))
  })
  await page.addInitScript(countAsking)
  return page
}

/** Ends the program in the window and keeps that for another phone. */
async function putAway(page: Page): Promise<void> {
  if (page.isClosed()) return
  page.removeAllListeners()
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await page.goto(inject('base') + 'readyz')
  idle.push(page)
}

const artefacts = path.resolve(__dirname, '../../artefacts')
const wanted = process.env.XINYUAN_TEST_PICTURES === 'yes'

/** What keeps pictures of pages as they are now, under names that begin so: where they are asked for, by make pictures. */
export const pictures = (of: string, whole = true) => async (page: Page, name: string): Promise<void> => {
  if (wanted) await page.screenshot({ path: path.join(artefacts, `${of}-${name}.png`), fullPage: whole })
}

/** Opens a page by its name and what follows it, and waits until it shows what it has asked for. */
export async function visit(page: Page, place: string): Promise<void> {
  const name = place.split('?')[0]!
  await page.goto(home(page) + '#' + pathOf(name as Place) + place.slice(name.length))
  await settled(page)
}

/** Waits until nothing is asked any more and what was answered is drawn. */
export async function settled(page: Page): Promise<void> {
  await page.locator('.xy:visible').first().waitFor()
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const w = window as unknown as { asking: number }
    for (let calm = 0; calm < 3; calm = w.asking ? 0 : calm + 1) await frame()
    await Promise.all([...document.images].map((i) => i.decode().catch(() => undefined)))
  })
}

/** Counts what a page has asked and not been answered yet. */
function countAsking(): void {
  const w = window as unknown as { asking: number }
  w.asking = 0
  const { send } = XMLHttpRequest.prototype
  XMLHttpRequest.prototype.send = function (body) {
    w.asking++
    this.addEventListener('loadend', () => w.asking--)
    send.call(this, body)
  }
}

/** Opens what waits of one kind: all kinds together fill a page, the oldest first, and a new matter is not on it. */
export async function approvals(page: Page, kind: RegExp): Promise<void> {
  await visit(page, 'approvals')
  await page.getByRole('radio', { name: kind }).click()
  await settled(page)
}

export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

/** Signs up; who has another place at that time, as the demo's people may, taps once more. */
export async function signUp(page: Page, label: string, done: Locator): Promise<void> {
  await button(page, label).click()
  const again = button(page, /^知道了，还是/)
  await done.or(again).first().waitFor()
  if (!(await done.isVisible())) await again.click()
  await done.waitFor()
}

const tokens = new Map<string, string>()

async function tokenOf(persona: string): Promise<string> {
  if (!tokens.has(persona)) {
    const json = { 'Content-Type': 'application/json' }
    const login = await fetch(inject('base') + 'api/v1/sessions', { method: 'POST', headers: json, body: `{"code":"demo-${persona}"}` })
    tokens.set(persona, ((await login.json()) as { token: string }).token)
  }
  return tokens.get(persona)!
}

/** What the API tells one of the demo's people, or with a body: what it answers to what they do. */
export const ask = <T>(persona: string, place: string, body?: object): Promise<T> => send(persona, body ? 'POST' : 'GET', place, body)

/** The same in another way than asking and adding. */
export async function send<T>(persona: string, method: string, place: string, body?: object): Promise<T> {
  const headers = { Authorization: 'Bearer ' + (await tokenOf(persona)), 'Content-Type': 'application/json' }
  const answer = await fetch(inject('base') + 'api/v1/' + place, { method, headers, body: body && JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${persona} ${place}: ${answer.status} ${await answer.text()}`)
  return (answer.status === 204 ? undefined : await answer.json()) as T
}

/** A picture that one of the demo's people adds, before it is part of anything. */
export async function upload(persona: string, picture: Buffer): Promise<string> {
  const body = new FormData()
  body.append('file', new Blob([new Uint8Array(picture)], { type: 'image/png' }), 'IMG_0001.png')
  const headers = { Authorization: 'Bearer ' + (await tokenOf(persona)) }
  const answer = await fetch(inject('base') + 'api/v1/media', { method: 'POST', headers, body })
  if (!answer.ok) throw new Error(`${persona} media: ${answer.status} ${await answer.text()}`)
  return ((await answer.json()) as { id: string }).id
}

interface Claims { items: { claim: { status: string } }[] }
const busy = ['requested', 'approved', 'delivered']
let last = 1

/** One of the demo's members with nothing in hand, another one each time. */
export async function idleMember(): Promise<string> {
  for (;;) {
    const persona = 'member-' + ++last
    const { items } = await ask<Claims>(persona, 'claims?mine=true&limit=100')
    if (!items.some((c) => busy.includes(c.claim.status))) return persona
  }
}

interface Wishes { items: { status: string }[] }

/** The one of the demo's residents who waits for less. */
export async function idleResident(): Promise<string> {
  const waits = async (persona: string) =>
    (await ask<Wishes>(persona, 'wishes?mine=true&limit=100')).items.filter((w) => /submitted|open|taken/.test(w.status)).length
  return (await waits('resident')) <= (await waits('resident-2')) ? 'resident' : 'resident-2'
}
