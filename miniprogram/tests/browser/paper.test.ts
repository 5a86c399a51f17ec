// Certificates: asked for with days of one's own, checked by who is not logged in, issued at the counter, revoked.
import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { ask, browser, button, phone, pictures, visit } from './people'

const picture = pictures('paper')

interface Certificates { items: { id: string; serial: string; verifyUrl?: string; from: string; until: string; nameSource: string }[] }

/** What somebody sees who has only the code, on a phone and on a large screen. */
async function checked(url: string, name: string): Promise<string> {
  let said = ''
  for (const [width, height] of [[390, 844], [1440, 900]] as const) {
    const page = await (await browser()).newPage({ viewport: { width, height }, locale: 'zh-CN' })
    await page.goto(url)
    await picture(page, `verify-${name}-${width}`)
    said = await page.locator('body').innerText()
    await page.close()
  }
  return said
}

/** Turns the wheel of the months one on, as a finger would. */
async function nextMonth(page: Page, label: string): Promise<void> {
  await button(page, label).click()
  const wheel = page.locator('.uni-picker-toggle uni-picker-view-column').nth(1)
  await wheel.hover()
  await page.mouse.wheel(0, 60)
  await page.locator('.uni-picker-toggle .uni-picker-action-confirm').click()
}

test('a certificate of days of one\'s own, until it is revoked', async () => {
  const { page, faults, close } = await phone('member-2')
  await visit(page, 'certificate')
  await page.getByRole('radio', { name: '自己选日子' }).click()
  const { years } = await ask<{ years: { year: number }[] }>('member-2', 'me/card')
  const from = `${years.at(-1)!.year}-02-01`
  await nextMonth(page, '从哪一天')
  await page.getByRole('checkbox', { name: '姓名' }).click()
  await picture(page, 'form')
  await button(page, '开这份证明').click()
  await page.getByText('有效', { exact: true }).first().waitFor()
  await picture(page, 'mine')
  const made = (await ask<Certificates>('member-2', 'me/certificates')).items[0]!
  expect(made.from).toBe(from)
  expect(made.nameSource).toBe('roster')
  const good = await checked(made.verifyUrl!, 'good')
  expect(good).toContain('这份证明是真的')
  expect(good).toContain('姓名经单位名册核对')

  await visit(page, 'certificate') // another page of the same days: the server names the one that there is
  await page.getByRole('radio', { name: '自己选日子' }).click()
  await nextMonth(page, '从哪一天')
  await page.getByText(made.serial).waitFor()
  await page.getByRole('checkbox', { name: '姓名' }).click()
  await button(page, '还是再开一份').click()
  await page.getByText('里面的记录没有变', { exact: false }).waitFor()
  await picture(page, 'again')
  await button(page, '打开已有的这份').waitFor()

  const desk = await phone('secretary')
  await visit(desk.page, 'mine')
  await desk.page.getByRole('link', { name: '开出的服务证明' }).click()
  const row = desk.page.getByRole('group', { name: made.serial })
  await row.waitFor()
  await picture(desk.page, 'issued')
  await row.getByRole('button', { name: '作废' }).click()
  await desk.page.getByText('证明开错了', { exact: false }).click()
  await picture(desk.page, 'reason')
  await button(desk.page, '作废这份证明').click()
  await row.getByText('已作废', { exact: true }).waitFor()
  const ended = await checked(made.verifyUrl!, 'revoked')
  expect(ended).toContain('已经作废')
  expect(ended).not.toContain('小时')
  await visit(page, 'inbox')
  await page.getByText(`您的服务证明 ${made.serial} 作废了`, { exact: false }).waitFor()
  expect([...faults, ...desk.faults]).toEqual([])
  await close()
  await desk.close()
})

test('the secretary issues one at the counter for somebody without a report-in', async () => {
  const { page, faults, close } = await phone('secretary')
  await visit(page, 'issued')
  await button(page, '给居民开一份').click()
  await page.getByRole('link').first().waitFor()
  await picture(page, 'counter')
  const { homeNodeId } = await ask<{ homeNodeId: string }>('resident', 'me')
  const { items } = await ask<{ items: { displayName: string; reportedIn: boolean; writtenDown: boolean }[] }>(
    'secretary', `volunteers?limit=100&nodeId=${homeNodeId}`)
  const elder = items.find((p) => p.writtenDown) ?? items.find((p) => !p.reportedIn)!
  await page.getByRole('searchbox', { name: '找人' }).fill(elder.displayName)
  await page.getByRole('link').filter({ hasText: elder.displayName }).first().click()
  await page.getByText(`给${elder.displayName}开证明`).waitFor()
  await button(page, '开这份证明').click()
  await page.getByText('请填写与身份证一致的姓名。').waitFor()
  await page.getByRole('textbox', { name: '姓名' }).fill('刘桂兰')
  await picture(page, 'behalf')
  await button(page, '开这份证明').click()
  await page.getByText('由社区代开').first().waitFor()
  await picture(page, 'issued-behalf')
  const popup = page.waitForEvent('popup')
  await button(page, '打开来打印').first().click()
  await popup
  expect(faults).toEqual([])
  await close()
})
