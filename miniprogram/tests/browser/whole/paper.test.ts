// Certificates: asked for with days of one's own, checked by who is not logged in, issued at the counter, revoked. The
// papers of needs, of what is sent to bodies and of visits, and the table of a month.
import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { ask, browser, button, phone, pictures, visit } from '../people'

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

interface Orders { items: { id: string; needId?: string }[] }
interface Visits { items: { id: string; status: string }[] }

/** Taps what takes something along, and returns how the file begins and the name that it is kept under. */
async function taken(page: Page, label: string, as: 'popup' | 'download'): Promise<[begins: string, name: string]> {
  const [answer, name] = await Promise.all([
    page.waitForResponse((r) => /\/(pdf|export)(\?|$)/.test(r.url())),
    as === 'popup' ? page.waitForEvent('popup').then(() => '') : page.waitForEvent('download').then((d) => d.suggestedFilename()),
    button(page, label).click(),
  ])
  return [(await answer.body()).subarray(0, 4).toString('latin1'), name]
}

test('a secretary takes along the papers of a need, a whistle and a visit, and the table of a month', async () => {
  const { page, faults } = await phone('secretary')
  const sent = (await ask<Orders>('secretary', 'assignments?mine=sent')).items.find((a) => a.needId)!
  const evening = (await ask<Visits>('area-leader', 'visits?scope=led')).items.find((v) => v.status === 'held' || v.status === 'closed')!
  await visit(page, 'need?id=' + sent.needId!)
  expect(await taken(page, '打印登记表', 'popup')).toEqual(['%PDF', ''])
  await visit(page, 'order?id=' + sent.id)
  expect(await taken(page, '打印吹哨单', 'popup')).toEqual(['%PDF', ''])
  await visit(page, 'visit?id=' + evening.id)
  expect(await taken(page, '打印民情记录', 'popup')).toEqual(['%PDF', ''])

  await visit(page, 'month')
  const month = page.getByRole('radio').nth(1)
  const [year, number] = (await month.innerText()).match(/\d+/g)!
  await month.click()
  const [begins, name] = await taken(page, '下载公示表', 'download')
  expect(begins.slice(0, 2)).toBe('PK')
  expect(name).toBe(`诉求办理情况 ${year}-${number!.padStart(2, '0')}.xlsx`)
  expect(faults).toEqual([])
})
