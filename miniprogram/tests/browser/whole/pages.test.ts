// Every page in both views and in both sizes: nothing too small, too faint, cut off or jumping, no serious fault of
// axe-core, which looks at all pages of a person together, too.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { measure, watchJumps } from '../measure'
import { button, phone, pictures, settled, visit } from '../people'
import { known, leader, places, type Place } from '../places'

const axe = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8')
let all: Place[]
const picture = pictures('page', false)

beforeAll(async () => {
  all = await places()
})

interface Rule { id: string; enabled: boolean; impact?: string; any: Check[]; all: Check[]; none: Check[] }
type Check = string | { id: string }
interface Violation { id: string; impact: string; nodes: { html: string }[] }
interface Axe {
  run(context: object, options: object): Promise<{ violations: Violation[] }>
  _audit: { rules: Rule[]; checks: Record<string, { impact: string }> }
}

/**
 * The serious faults of the page shown, or of the document with all that are open under it, which takes as long as all of
 * them. Rules none of whose checks is serious could find none, and are not asked.
 */
const serious = async (page: Page, { whole = false } = {}) => {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
  return page.evaluate(async (whole) => {
    const { axe } = window as unknown as { axe: Axe }
    const grave = (impact = '') => impact === 'serious' || impact === 'critical'
    const { rules, checks } = axe._audit
    const impacts = (r: Rule) =>
      r.impact ? [r.impact] : [...r.any, ...r.all, ...r.none].map((c) => checks[typeof c === 'string' ? c : c.id]?.impact)
    const idle = rules.filter((r) => r.enabled && !impacts(r).some(grave)).map((r) => [r.id, { enabled: false }])
    const under = whole ? [] : [...document.querySelectorAll('uni-page')].filter((e) => !e.getClientRects().length)
    const places = under.map((e) => {
      const place = document.createComment('')
      e.replaceWith(place)
      return place
    })
    const { violations } = await axe.run({ exclude: ['.demo'] }, {
      resultTypes: ['violations'], selectors: false, rules: Object.fromEntries(idle),
    }).finally(() => places.forEach((place, i) => place.replaceWith(under[i]!)))
    return violations
      .filter((v) => grave(v.impact))
      .map((v) => `${v.id}: ${v.nodes.length}× ${v.nodes[0]!.html.slice(0, 160)}`)
  }, whole)
}

/** Goes on to a page that is not open in the program; those before stay under it, out of sight. */
async function turnTo(page: Page, name: string, query: string): Promise<void> {
  await page.evaluate((hash) => {
    ;(window as unknown as { jumped: number }).jumped = 0
    location.hash = hash
  }, `/${known().get(name)}?${query}`)
  await page.locator(`uni-page[data-page="${known().get(name)}"]:visible`).waitFor()
  await settled(page)
}

/** Leaves the page on top for the one that it was opened from: the program builds a page once as long as it is there. */
async function turnBack(page: Page, name: string): Promise<void> {
  await page.goBack()
  await page.locator(`uni-page[data-page="${known().get(name)}"]`).waitFor({ state: 'detached' })
}

/** The places with those of one page side by side, and the pages first that are looked at once. */
function sideBySide(list: Place[]): Place[] {
  const times = (place: Place) => list.filter((p) => p.page === place.page).length
  return [...list].sort((a, b) => times(a) - times(b) || a.page.localeCompare(b.page))
}

interface Size { width: number; height: number }
const usual: Size = { width: 390, height: 844 }
const small: Size = { width: 360, height: 640 }

/** Makes the screen of the phone another one, and waits until the page is drawn on it. */
async function become(page: Page, { width, height }: Size): Promise<void> {
  await page.setViewportSize({ width, height })
  await page.evaluate(async () => {
    for (let n = 0; n < 2; n++) await new Promise((resolve) => requestAnimationFrame(resolve))
    ;(window as unknown as { jumped: number }).jumped = 0
  })
}

/** Looks at the places of one person, one after the other, on one phone of that size. */
async function look(persona: string, elder: boolean, size: Size): Promise<string[]> {
  const found: string[] = []
  const p = await phone(persona, { ...size, elder })
  const { page } = p
  await watchJumps(page, false)
  const opened: string[] = []
  const asksAxe = size === usual
  for (const { page: name, query } of sideBySide(all.filter((place) => place.persona === persona))) {
    const asked = new URLSearchParams(query).toString()
    if (opened.at(-1) === name) await turnBack(page, name)
    if (opened.length) await turnTo(page, name, asked)
    else await visit(page, `${name}?${asked}`)
    opened.push(name)
    const faults = [...(await measure(page, elder)), ...(asksAxe ? await serious(page) : [])]
    found.push(...new Set(faults.map((f) => `${persona}-${name} at ${size.width}: ${f}`)))
    await picture(page, `${persona}-${name}-${elder ? 'elder' : 'normal'}-${size.width}`)
  }
  if (asksAxe) found.push(...(await serious(page, { whole: true })).map((f) => `${persona}, all together: ${f}`))
  await p.close()
  return found.concat(p.faults)
}

test('a serious fault is found', async () => {
  const { page, close } = await phone('resident')
  await visit(page, 'places')
  expect(await serious(page)).toEqual([])
  await page.evaluate(() => {
    const card = document.querySelector('.xy .card')!
    card.innerHTML += '<img src="data:,"><button></button><p style="color: #ccc; background: #fff">太淡的字</p><div role="checkbox">没有名字</div>'
    document.title = ''
  })
  const found = (await serious(page)).join('\n')
  for (const what of ['image-alt', 'button-name', 'color-contrast', 'aria-required-attr', 'document-title']) expect(found).toContain(what)
  await close()
})

test('what is planted is found', async () => {
  const { page, close } = await phone('resident', { elder: true })
  await watchJumps(page)
  await visit(page, 'places')
  expect(await measure(page, true)).toEqual([])
  await page.addStyleTag({ content: `
    .sub { width: 100px; color: #999; font-size: 17px; line-height: 1.2; height: 20px; overflow: hidden; }
    .nav .back { width: 40px; } .item { margin-left: 80px; width: 100vw; flex: none; } .rows { margin-top: 300px; }
    .torn { width: 76px; font-size: 18px; line-height: 24px; text-wrap: wrap; word-break: break-all; } .bar { padding: 200px 0; }` })
  await page.evaluate(() => {
    const seal = document.body.appendChild(document.createElement('view'))
    seal.className = 'stamp'
    document.querySelector('.xy .item')!.append(seal)
    const card = document.querySelector('.xy .card')!
    for (const words of ['想要一把椅', '0435-0521001']) {
      const torn = card.appendChild(document.createElement('view'))
      torn.className = 'torn'
      torn.textContent = words
      torn.style.display = 'block'
    }
    document.querySelector('.xy')!.appendChild(document.createElement('view')).className = 'bar'
    seal.style.cssText = 'position: absolute; left: 0; right: 0; top: 0; bottom: 0'
  })
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  const found = (await measure(page, true)).join('\n')
  for (const what of ['wider', 'sticks out', 'letters of 17', 'a contrast of 2', 'lines 1.20 apart', 'cut off', 'a target of 40', 'jumped', 'a seal over', 'over the edge of its card', 'a last line of one letter', 'a number on two lines', 'an empty bar', 'a bar over']) {
    expect(found).toContain(what)
  }
  await close()
})

test.each([true, false])('a jump soon after the screen has become another one counts where nobody taps: %s', async (taps) => {
  const { page, close } = await phone('resident', usual)
  await watchJumps(page, taps)
  await visit(page, 'places')
  await become(page, small)
  await page.addStyleTag({ content: '.rows { margin-top: 300px; }' })
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  expect((await measure(page, false)).join('\n').includes('jumped')).toBe(!taps)
  await close()
})

test('a time over midnight stays in its card, in the largest letters on the narrowest phone', async () => {
  const { persona, query } = all.find((p) => p.page === 'activity')!
  const { page, close } = await phone(persona, { width: 360, height: 640, elder: true })
  const late = 15.25 * 3_600_000 // 23:15 in China
  await page.route(/\/activities\/\d+$/, async (route) => {
    const answer = await route.fetch()
    const activity = await answer.json() as { startsAt: string }
    const from = Math.floor(Date.parse(activity.startsAt) / 86_400_000) * 86_400_000 + late
    const [startsAt, endsAt] = [from, from + 2 * 3_600_000].map((at) => new Date(at).toISOString())
    await route.fulfill({ response: answer, json: { ...activity, startsAt, endsAt } })
  })
  await watchJumps(page)
  await visit(page, 'activity?' + new URLSearchParams(query).toString())
  await page.getByText('凌晨 1 点 15').waitFor()
  expect(await measure(page, true)).toEqual([])
  await close()
})

// The member has the one place, the resident has another at that time, resident-2 waits, the leader has none on the day.
test.each([
  [leader, '我也报名', '知道了，还是报名'], ['resident', '排进候补', '知道了，还是候补'], ['resident-2', '不等了', '接着等'], ['member', '来不了，取消报名', '还是去'],
])('what is said after the first tap of %s leaves the bar a third of the smallest screen, and is seen', async (persona, first, then) => {
  const { query } = all.find((p) => p.page === 'activity' && p.persona === 'member')!
  for (const elder of [true, false]) {
    const { page, close } = await phone(persona, { width: 360, height: 640, elder })
    await watchJumps(page)
    await visit(page, 'activity?' + new URLSearchParams(query).toString())
    await button(page, first).click()
    await button(page, then).waitFor()
    await settled(page)
    expect(await measure(page, elder)).toEqual([])
    const note = (await page.locator('.note.fix:visible').boundingBox())!
    const bar = (await page.locator('.xy .bar').boundingBox())!
    const nav = (await page.locator('.xy .nav').boundingBox())!
    expect(note.y, 'below the title').toBeGreaterThanOrEqual(nav.y + nav.height)
    expect(note.y + note.height, 'whole on the screen').toBeLessThanOrEqual(then.startsWith('知道了') ? bar.y : 640)
    await close()
  }
})

for (const elder of [false, true]) {
  for (const size of [usual, small]) {
    test(`${elder ? 'elder' : 'normal'} view at ${size.width}×${size.height}`, async () => {
      const people = [...new Set(all.map((p) => p.persona))]
      const found = await Promise.all(people.map((persona) => look(persona, elder, size)))
      expect(found.flat()).toEqual([])
    }, 1_200_000) // ends what hangs: it takes a minute here, and more than five beside other work
  }
}
