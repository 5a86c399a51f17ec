// Forms lead to what is wrong, count as the server does, and take back what is mended.
import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { button, phone, visit } from './people'


const views = [{ width: 390, height: 844 }, { width: 360, height: 640, elder: true }]
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
const seen = (page: Page, text: string) =>
  page.getByText(text).first().evaluate((e) => {
    const { top, bottom } = e.getBoundingClientRect()
    const bar = [...document.querySelectorAll('.foot')].map((f) => f.getBoundingClientRect().top).filter((y) => y > 0)
    return top >= 0 && bottom <= Math.min(innerHeight, ...bar)
  })

test.each(views)('the first wrong field of a step is shown and has the keyboard, at $width pixels', async (view) => {
  const { page, close, faults } = await phone('member-170', view) // who has posted nothing yet, and so is asked all three steps
  await visit(page, 'post')
  await button(page, '下一步').click()
  await page.getByText('请改一下“哪样帮助”。').waitFor()
  expect(await seen(page, '请先选一样。')).toBe(true)
  await page.getByRole('radio').first().click()
  await page.getByText('请改一下“哪样帮助”。').waitFor({ state: 'detached' })
  await page.getByRole('textbox', { name: '再说几句' }).fill('😀'.repeat(503))
  await page.getByText('多了 3 个字，请删短一些。').waitFor()
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
  await button(page, '下一步').click()
  await page.getByText(view.elder ? '先看“一句话说清”。' : '有 2 处要改，先看“一句话说清”。', { exact: true }).waitFor()
  await expect.poll(() => focused(page)).toBe('一句话说清')
  expect(await seen(page, '用一句话说说您想要什么')).toBe(true)
  await page.getByRole('textbox', { name: '一句话说清' }).fill('想要一把椅子')
  await page.getByText('请改一下“再说几句”。').waitFor()
  await page.getByRole('textbox', { name: '再说几句' }).fill('😀'.repeat(495))
  await page.getByText('还能写 5 个字').waitFor()
  expect(await page.getByText('请改一下').count()).toBe(0)
  await button(page, '下一步').click()
  await page.getByText('第 2 步，共 3 步').waitFor()
  await close()
  expect(faults).toEqual([])
})
