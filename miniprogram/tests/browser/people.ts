// People with a browser each.
import { chromium, type Browser, type Page } from 'playwright-core'
import { inject } from 'vitest'

export interface View {
  width?: number
  height?: number
  elder?: boolean
}

export const open = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] })

/** A phone in the hands of one of the demo's people. Whatever goes wrong in a page is kept in `faults`. */
export async function phone(browser: Browser, persona: string, view: View = {}) {
  const { width = 390, height = 844, elder = false } = view
  const context = await browser.newContext({ viewport: { width, height }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  await context.addInitScript(([who, large]) => {
    if (!sessionStorage.getItem('persona')) sessionStorage.setItem('persona', who as string)
    localStorage.setItem(`xinyuan/${who}/elder`, JSON.stringify({ type: 'boolean', data: large }))
  }, [persona, elder] as const)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (e) => faults.push(String(e)))
  page.on('console', (m) => m.type() === 'error' && !/ERR_INTERNET|status of 4/.test(m.text()) && faults.push(m.text()))
  return { context, page, faults }
}

export async function visit(page: Page, place: string): Promise<void> {
  await page.goto(inject('base') + '#/pages/' + place)
  await page.waitForLoadState('networkidle')
}

export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

/** What the API tells one of the demo's people. */
export async function ask<T>(persona: string, place: string): Promise<T> {
  const base = inject('base') + 'api/v1/'
  const json = { 'Content-Type': 'application/json' }
  const login = await fetch(base + 'sessions', { method: 'POST', headers: json, body: `{"code":"demo-${persona}"}` })
  const { token } = (await login.json()) as { token: string }
  return (await (await fetch(base + place, { headers: { Authorization: 'Bearer ' + token } })).json()) as T
}
