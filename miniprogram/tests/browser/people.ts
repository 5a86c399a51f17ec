// People with a browser each.
import { existsSync } from 'node:fs'
import { chromium, type Browser, type Locator, type Page } from 'playwright-core'
import { inject } from 'vitest'
import { pathOf, type Place } from '../../src/services/go'

export interface View {
  width?: number
  height?: number
  elder?: boolean // undefined: as the program finds it
}

// The shell draws the same pages as Chromium does, with half the work.
const shell = '/usr/bin/chromium-headless-shell'
const executablePath = process.env.CHROMIUM ?? (existsSync(shell) ? shell : '/usr/bin/chromium')

export const open = (): Promise<Browser> => chromium.launch({ executablePath, args: ['--no-sandbox'] })

/** A phone in the hands of one of the demo's people. Whatever goes wrong in a page is kept in `faults`. */
export async function phone(browser: Browser, persona: string, view: View = {}) {
  const { width = 390, height = 844 } = view
  const elder = 'elder' in view ? view.elder : false
  const context = await browser.newContext({ viewport: { width, height }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  await context.addInitScript(([who, large]) => {
    if (!sessionStorage.getItem('persona')) sessionStorage.setItem('persona', who as string)
    if (large !== null) localStorage.setItem(`xinyuan/${who}/elder`, JSON.stringify({ type: 'boolean', data: large }))
  }, [persona, elder ?? null] as const)
  await context.addInitScript(countAsking)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (e) => faults.push(String(e)))
  page.on('console', (m) => m.type() === 'error' && !/ERR_INTERNET|status of 4/.test(m.text()) && faults.push(m.text()))
  return { context, page, faults }
}

/** Opens a page by its name and what follows it, and waits until it shows what it has asked for. */
export async function visit(page: Page, place: string): Promise<void> {
  const name = place.split('?')[0]!
  await page.goto(inject('base') + '#' + pathOf(name as Place) + place.slice(name.length))
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
