// Every page in both views and two sizes: a picture of each, nothing wider than the phone, no serious fault of axe-core,
// and in the elder view letters and targets as large as they must be.
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { ask, open, phone, visit } from './people'

const artefacts = path.resolve(__dirname, '../../artefacts')
const axe = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8')
let browser: Browser
const ids: Record<string, string> = {}

interface Claims { items: { claim: { id: string; wishId: string } }[] }
interface Wishes { items: { id: string }[] }
beforeAll(async () => {
  mkdirSync(artefacts, { recursive: true })
  browser = await open()
  ids.wish = (await ask<Wishes>('member', 'wishes')).items[0]!.id
  ids.mine = (await ask<Wishes>('resident', 'wishes?mine=true')).items[0]!.id
  ids.delivered = (await ask<Claims>('secretary', 'claims?status=delivered')).items[0]!.claim.id
})
afterAll(() => browser.close())

const places: [persona: string, place: () => string][] = [
  ['resident', () => 'home'], ['member', () => 'home'], ['secretary', () => 'home'], ['resident', () => 'hall'],
  ['resident', () => 'inbox'], ['resident', () => 'mine'], ['secretary', () => 'mine'],
  ['member', () => 'wish?id=' + ids.wish], ['resident', () => 'wish?id=' + ids.mine], ['resident', () => 'post'],
  ['grid', () => 'post?behalf=1'], ['member', () => 'promise?id=' + ids.wish],
  ['secretary', () => 'confirm?asked=1&id=' + ids.delivered], ['secretary', () => 'deliver?id=' + ids.delivered],
  ['secretary', () => 'reason?what=claim&id=1'], ['resident', () => 'wishes'], ['member', () => 'claims'],
  ['resident', () => 'reads?id=' + ids.mine], ['member', () => 'points'], ['member', () => 'boards'],
  ['secretary', () => 'approvals'], ['member', () => 'report'], ['resident', () => 'report'],
  ['secretary', () => 'deputy'], ['resident', () => 'places'], ['resident', () => 'about'],
  ['resident', () => 'privacy'], ['resident', () => 'design'],
]

/** What is too small or too wide on the page shown; outside the demo's own bar. */
const measure = (page: Page, elder: boolean) =>
  page.evaluate((large) => {
    const found: string[] = []
    if (document.documentElement.scrollWidth > innerWidth) found.push('wider than the phone')
    const seen = (e: Element) => e.getClientRects().length > 0 && !e.closest('.demo')
    for (const e of document.querySelectorAll('.xy *')) {
      if (!seen(e)) continue
      const box = e.getBoundingClientRect()
      if (box.right > innerWidth + 1) found.push('sticks out: ' + e.className + ' ' + e.textContent?.slice(0, 20))
      if (!large) continue
      const words = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent?.trim())
      const size = parseFloat(getComputedStyle(e).fontSize)
      if (words && size < 18) found.push(`letters of ${size}: ${e.textContent?.slice(0, 20)}`)
      const taps = ['button', 'link', 'radio', 'checkbox', 'tab', 'switch'].includes(e.getAttribute('role') ?? '')
      if (taps && (box.height < 59.5 || box.width < 59.5)) {
        found.push(`a target of ${Math.round(box.width)}×${Math.round(box.height)}: ${e.textContent?.slice(0, 20)}`)
      }
    }
    return found
  }, elder)

const serious = async (page: Page) => {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(o: object): Promise<{ violations: Violation[] }> } }
    interface Violation { id: string; impact: string; nodes: { html: string }[] }
    const { violations } = await axe.run({ exclude: ['.demo'] })
    return violations
      .filter((v) => v.impact === 'serious' || v.impact === 'critical')
      .map((v) => `${v.id}: ${v.nodes.length}× ${v.nodes[0]!.html.slice(0, 160)}`)
  })
}

for (const elder of [false, true]) {
  for (const [width, height] of [[390, 844], [360, 640]] as const) {
    test(`${elder ? 'elder' : 'normal'} view at ${width}×${height}`, async () => {
      const faults: string[] = []
      for (const [persona, place] of places) {
        const p = await phone(browser, persona, { width, height, elder })
        await visit(p.page, place())
        const name = `${persona}-${place().split('?')[0]}`
        const found = [...(await measure(p.page, elder)), ...(width === 390 ? await serious(p.page) : []), ...p.faults]
        faults.push(...new Set(found.map((f) => `${name}: ${f}`)))
        await p.page.screenshot({ path: path.join(artefacts, `${name}-${elder ? 'elder' : 'normal'}-${width}.png`) })
        await p.context.close()
      }
      expect(faults).toEqual([])
    })
  }
}
