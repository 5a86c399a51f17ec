// What is wrong with a page as it stands, measured: domain.md's elder view, look.md's sizes, and whatever is cut off.
import type { Page } from 'playwright-core'

/**
 * Counts how far the page's content has jumped; call before the page is opened. What follows a tap within half a second is
 * no jump, nor what follows another size of the screen, unless nobody taps here.
 */
export async function watchJumps(page: Page, taps = true): Promise<void> {
  await page.addInitScript((taps) => {
    interface Shift extends PerformanceEntry { value: number; hadRecentInput: boolean }
    const w = window as unknown as { jumped?: number; taps: boolean }
    w.taps = taps
    if (w.jumped !== undefined) return // a window is used again
    w.jumped = 0
    new PerformanceObserver((list) => {
      for (const e of list.getEntries() as Shift[]) if (!e.hadRecentInput || !w.taps) w.jumped! += e.value
    }).observe({ type: 'layout-shift', buffered: true })
  }, taps)
}

/** What is too small, too faint, too wide, cut off or in the way on the page shown; the demo's own bar is left out. */
export const measure = (page: Page, elder: boolean): Promise<string[]> =>
  page.evaluate((elder) => {
    const found: string[] = []
    const tap = elder ? 60 : 44
    const roles = ['button', 'link', 'radio', 'checkbox', 'tab', 'switch']
    const name = (e: Element) => `${e.className} “${(e.textContent ?? '').trim().slice(0, 20)}”`
    const seen = (e: Element) => e.getClientRects().length > 0 && !e.closest('.demo, uni-resize-sensor')

    type Colour = [number, number, number, number]
    const colour = (text: string): Colour => {
      const [r = 0, g = 0, b = 0, a = 1] = (text.match(/[\d.]+/g) ?? []).map(Number)
      return [r, g, b, a]
    }
    const over = (top: Colour, under: Colour): Colour => {
      const mix = (i: 0 | 1 | 2) => top[i] * top[3] + under[i] * (1 - top[3])
      return [mix(0), mix(1), mix(2), 1]
    }
    const ground = (e: Element | null): Colour => {
      if (!e) return [255, 255, 255, 1]
      const own = colour(getComputedStyle(e).backgroundColor)
      return own[3] === 1 ? own : over(own, ground(e.parentElement))
    }
    const light = (c: Colour) => {
      const [r, g, b] = c.slice(0, 3).map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4))
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
    }
    const contrast = (e: Element) => {
      let opacity = 1
      for (let p: Element | null = e; p; p = p.parentElement) opacity *= Number(getComputedStyle(p).opacity)
      const back = ground(e)
      const ink = colour(getComputedStyle(e).color)
      const [a, b] = [light(over([ink[0], ink[1], ink[2], ink[3] * opacity], back)), light(back)].sort((x, y) => y - x)
      return (a! + 0.05) / (b! + 0.05)
    }
    const lines = (e: Element) => {
      const range = document.createRange()
      range.selectNodeContents(e)
      return new Set([...range.getClientRects()].map((r) => Math.round(r.top / 4))).size
    }

    /** Whether a line ends where none should: before the last letter of all, or within a number. */
    function torn(e: Element): string {
      for (const n of e.childNodes) {
        const whole = n.nodeType === 3 ? (n.textContent ?? '').trimEnd() : ''
        const top = (i: number) => {
          const range = document.createRange()
          range.setStart(n, i)
          range.setEnd(n, i + 1)
          return range.getBoundingClientRect().top
        }
        const parts = (a: number, b: number) => top(b) - top(a) > 6
        const letters = [...whole.matchAll(/[\p{L}\p{N}]/gu)].map((m) => m.index)
        const [last, before] = [letters.at(-1), letters.at(-2)]
        if (letters.length > 4 && parts(before!, last!)) return 'a last line of one letter'
        for (const m of whole.matchAll(/\d(?=[-\d])/g)) if (parts(m.index, m.index + 1)) return 'a number on two lines'
      }
      return ''
    }
    function text(e: Element): void {
      const style = getComputedStyle(e)
      const size = parseFloat(style.fontSize)
      if (size < (elder ? 18 : 12)) found.push(`letters of ${size}: ${name(e)}`)
      const large = !elder && (size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 600))
      const ratio = contrast(e)
      if (ratio < (large ? 3 : 4.5)) found.push(`a contrast of ${ratio.toFixed(2)}: ${name(e)}`)
      const spacing = parseFloat(style.lineHeight) / size
      if (elder && spacing < 1.3 && lines(e) > 1) found.push(`lines ${spacing.toFixed(2)} apart: ${name(e)}`)
      if (lines(e) > 1 && !e.closest('.two-lines') && torn(e)) found.push(`${torn(e)}: ${name(e)}`)
    }
    function cut(e: Element): void {
      const style = getComputedStyle(e)
      const hides = (how: string) => how === 'hidden' || how === 'clip'
      const wide = hides(style.overflowX) && e.scrollWidth > e.clientWidth + 1
      const high = hides(style.overflowY) && e.scrollHeight > e.clientHeight + 1 && style.webkitLineClamp !== '2'
      if ((wide || high) && e.textContent?.trim()) found.push(`cut off: ${name(e)}`)
    }

    /** How far something that stands in a card reaches into the margin at its right. */
    function beyond(e: Element, box: DOMRect): number {
      const card = e.closest('.card')
      if (!card || card === e || e.closest('.stamp') || getComputedStyle(e).position === 'absolute') return 0 // a seal is pressed as it comes
      return box.right - card.getBoundingClientRect().right + parseFloat(getComputedStyle(card).paddingRight)
    }

    if (document.documentElement.scrollWidth > innerWidth) found.push('wider than the phone')
    for (const e of document.querySelectorAll('.xy *')) {
      if (!seen(e)) continue
      const box = e.getBoundingClientRect()
      if (box.right > innerWidth + 1 || box.left < -1) found.push('sticks out: ' + name(e))
      const over = beyond(e, box)
      if (over > 1) found.push(`${Math.round(over)} over the edge of its card: ${name(e)}`)
      if ([...e.childNodes].some((n) => n.nodeType === 3 && n.textContent?.trim())) text(e)
      cut(e)
      const target = roles.includes(e.getAttribute('role') ?? '') || e.matches('.input')
      if (target && (box.height < tap - 0.5 || box.width < tap - 0.5)) {
        found.push(`a target of ${Math.round(box.width)}×${Math.round(box.height)}: ${name(e)}`)
      }
    }
    for (const bar of document.querySelectorAll('.xy .bar')) {
      if (!seen(bar)) continue
      const { height } = bar.getBoundingClientRect()
      if (![...bar.children].some(seen)) found.push('an empty bar')
      if (height > innerHeight / 3) found.push(`a bar over ${Math.round((height / innerHeight) * 100)}% of the screen`)
    }
    // A seal is pressed beside what is written, never over it.
    for (const seal of document.querySelectorAll('.stamp')) {
      if (!seen(seal)) continue
      const box = seal.getBoundingClientRect()
      for (const e of seal.parentElement!.querySelectorAll('*')) {
        if (e === seal || seal.contains(e) || !seen(e)) continue
        for (const n of e.childNodes) {
          if (n.nodeType !== 3 || !n.textContent?.trim()) continue
          const range = document.createRange()
          range.selectNodeContents(n)
          const under = [...range.getClientRects()].some((r) => r.left < box.right - 1 && r.right > box.left + 1 && r.top < box.bottom - 1 && r.bottom > box.top + 1)
          if (under) found.push('a seal over ' + name(e))
        }
      }
    }
    for (const e of document.querySelectorAll('[role=dialog], uni-toast, uni-modal, uni-actionsheet, .uni-picker-container')) {
      if (elder && seen(e) && getComputedStyle(e).visibility !== 'hidden') found.push('a pop-up: ' + name(e))
    }
    const { jumped } = window as unknown as { jumped: number }
    if (jumped > 0.1) found.push(`the content jumped by ${jumped.toFixed(2)}`)
    return found
  }, elder)
