// The duty list and admissions on three phones: a secretary finds whose a thing is, a department asks for an admission, and
// the county decides.
import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { button, phone, pictures, visit } from '../people'

const picture = pictures('duty', false)

/** Turns wheels of a date one on, as a finger would: 0 the years, 1 the months. */
async function turn(page: Page, label: string, ...columns: number[]): Promise<void> {
  await button(page, label).click()
  for (const n of columns) {
    await page.locator('.uni-picker-toggle uni-picker-view-column').nth(n).hover()
    await page.mouse.wheel(0, 60)
  }
  await page.locator('.uni-picker-toggle .uni-picker-action-confirm').click()
}

for (const elder of [false, true]) {
  test(`what people say finds who leads it${elder ? ', in large letters' : ''}`, async () => {
    const { page, faults } = await phone('secretary', { elder })
    await visit(page, 'duties')
    await page.getByLabel('什么事').fill('占道经营')
    await button(page, '查一查').click()
    await page.getByText('县住房和城乡建设局牵头，街道配合', { exact: false }).waitFor()
    expect(await page.getByText('占道经营的劝导和上报').count()).toBe(1)
    await picture(page, `list-${elder ? 'elder' : 'usual'}`)
    expect(faults).toEqual([])
  })
}

test('an admission is asked for in a place that is found by its name, and decided by the county', async () => {
  const [responder, county] = await Promise.all([phone('responder'), phone('county')])
  const { page } = responder!
  await visit(page, 'admissions')
  await button(page, '申请准入').click()
  await button(page, '请县里定').click()
  await page.getByRole('main').getByText('请选要请哪里帮忙。').waitFor()
  expect(await page.getByRole('radio').count()).toBe(0) // nothing is listed before one types
  await page.getByLabel('找一个社区或街道').fill('茂山')
  await page.getByRole('radio', { name: /^茂山社区/ }).click()
  await button(page, '换一个地方').waitFor()
  await page.getByLabel('要请社区做什么').fill('雪后清理主街人行道')
  await page.getByLabel('为什么要请社区帮忙').fill('除雪车进不去小街')
  await turn(page, '从哪一天', 0)
  await turn(page, '到哪一天', 0, 1)
  await picture(page, 'permit')
  await button(page, '请县里定').click()
  await page.getByText('等县里定', { exact: true }).first().waitFor()

  await visit(county!.page, 'admissions')
  await county!.page.getByRole('link').filter({ hasText: '雪后清理主街人行道' }).click()
  await button(county!.page, '准了').click()
  await county!.page.getByText(/^准了，到/).first().waitFor()
  await visit(page, 'admissions')
  await page.getByRole('link').filter({ hasText: '雪后清理主街人行道' }).getByText(/^准了，到/).waitFor()
  expect([...responder!.faults, ...county!.faults]).toEqual([])
})
